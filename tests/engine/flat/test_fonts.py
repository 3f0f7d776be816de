"""Text and icons come from the program's own files, premultiplied, whatever the text is."""

import numpy as np
import pygame
import pytest

from engine.flat.fonts import KEPT, Fonts

FACE, SIZE = "Inter-Medium", 20
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def channels(surface: pygame.Surface) -> np.ndarray:
    """int [height, width, 4], red, green, blue, alpha."""
    flat = np.frombuffer(pygame.image.tobytes(surface, "RGBA"), np.uint8)
    return flat.reshape(*surface.get_size()[::-1], 4).astype(int)


def test_a_run_has_ink_in_its_colour_and_is_premultiplied(fonts: Fonts) -> None:
    pixels = channels(fonts.run("HI", FACE, SIZE, (200, 100, 50)))
    solid = pixels[pixels[..., 3] == 255]
    assert len(solid) and (np.abs(solid[:, :3] - (200, 100, 50)) <= 1).all()
    assert (pixels[..., :3] <= pixels[..., 3:] + 1).all()
    assert ((pixels[..., 3] > 0) & (pixels[..., 3] < 255)).any()  # edges are smooth


def test_the_advance_is_as_wide_as_the_run(fonts: Fonts) -> None:
    assert fonts.width("Epoch 12", FACE, SIZE) == fonts.run("Epoch 12", FACE, SIZE, RED).get_width()
    assert fonts.width("Epoch 123", FACE, SIZE) > fonts.width("Epoch 12", FACE, SIZE)


def test_a_gradient_runs_from_the_left_colour_to_the_right(fonts: Fonts) -> None:
    pixels = channels(fonts.run("HHHHHHHH", FACE, SIZE, RED, BLUE))
    third = pixels.shape[1] // 3
    left, right = pixels[:, :third].sum((0, 1)), pixels[:, -third:].sum((0, 1))
    assert left[0] > 2 * left[2]
    assert right[2] > 2 * right[0]


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\0b", "a\x7fb", "a\ud800b", "a\x1bb"])
def test_control_characters_become_spaces(fonts: Fonts, text: str) -> None:
    assert (channels(fonts.run(text, FACE, SIZE, RED)) == channels(fonts.run("a b", FACE, SIZE, RED))).all()


@pytest.mark.parametrize("text", ["a\nb", "字", "é–×", ""])
def test_the_width_is_that_of_what_is_shown(fonts: Fonts, text: str) -> None:
    assert fonts.width(text, FACE, SIZE) == fonts.run(text, FACE, SIZE, RED).get_width()


def test_a_turned_icon_is_another_one_at_each_angle_and_in_each_colour(fonts: Fonts) -> None:
    upright = fonts.icon("play", 24, RED, 0.0)
    for angle, colour in ((90.0, RED), (90.0, BLUE), (4.0, RED)):
        turned = fonts.icon("play", 24, colour, angle)
        assert turned.get_size() == upright.get_size() > fonts.icon("play", 24, colour).get_size()
        assert (channels(turned) != channels(upright)).any()
    assert (channels(fonts.icon("play", 24, RED, 0.0)) == channels(upright)).all()


def test_no_text_has_no_width_and_a_long_one_is_no_failure(fonts: Fonts) -> None:
    assert fonts.run("", FACE, SIZE, RED).get_width() == 0
    assert fonts.run("x" * 2000, FACE, SIZE, RED).get_width() == fonts.width("x" * 2000, FACE, SIZE)


PHRASES = ("Current epoch", "27 epochs recorded", "Choose settings, press Start.", "Best accuracy")
FACES = ("Inter-Medium", "Inter-SemiBold", "JetBrainsMono-Medium", "Outfit-SemiBold")


@pytest.mark.parametrize("size", [6, 7, 8, 9])
@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", [*PHRASES, "so far", "字 g", ""])
def test_a_small_run_is_as_wide_as_a_large_one_made_small(fonts: Fonts, text: str, face: str, size: int) -> None:
    width, large = fonts.width(text, face, size), fonts.width(text, face, 8 * size)
    assert width == fonts.run(text, face, size, RED).get_width()
    assert 0 <= width - large / 8 < 1
    if size == 9 and text in PHRASES:
        assert width == pytest.approx(9 / 36 * fonts.width(text, face, 36), rel=0.03)


@pytest.mark.parametrize("size", [7, 8, 9])
@pytest.mark.parametrize("face", ["Inter-Medium", "Inter-SemiBold"])
@pytest.mark.parametrize("pair", ["Current epoch", "27 epochs", "so far", "Best accuracy", "Gradients vanish"])
def test_small_words_stand_apart(fonts: Fonts, pair: str, face: str, size: int) -> None:
    """The light that is missing between two words is that of a large run, to sixty percent at least."""
    assert gap(fonts, pair, face, size) >= 0.6 * gap(fonts, pair, face, 288) * size / 288


def gap(fonts: Fonts, pair: str, face: str, size: int) -> float:
    """Pixels between the words of `pair`: what the columns of the widest gap lack of the fullest column."""
    light = channels(fonts.run(pair, face, size, WHITE))[..., 3].sum(axis=0)
    light = np.trim_zeros(light / light.max())
    dark = "".join("x" if column < 0.25 else " " for column in light)
    widest = max(dark.split(), key=len, default="")
    begin = dark.index(widest)
    return float((1 - light[max(0, begin - 1) : begin + len(widest) + 1]).sum())


@pytest.mark.parametrize("size", [8, 9])
@pytest.mark.parametrize("face", ["Inter-Medium", "Inter-SemiBold"])
@pytest.mark.parametrize("text", PHRASES)
def test_the_letters_of_a_small_run_stand_where_those_of_a_large_one_do(
    fonts: Fonts, text: str, face: str, size: int
) -> None:
    light = channels(fonts.run(text, face, size, WHITE))[..., 3].sum(axis=0)
    large = channels(fonts.run(text, face, 32 * size, WHITE))[..., 3].sum(axis=0)
    large = np.resize(np.append(large, np.zeros(32 * len(light))), 32 * len(light))
    expected = large.reshape(-1, 32).sum(axis=1) / 32**2
    assert np.abs(light - expected).sum() < 0.4 * expected.sum()


@pytest.mark.parametrize("face", FACES)
def test_a_small_run_stands_on_the_line_of_its_face(fonts: Fonts, face: str) -> None:
    for size in (7, 8, 9):
        ink = channels(fonts.run("HE", face, size, WHITE))[..., 3].max(axis=1)
        ascent = fonts.face(face, size).get_ascent()
        assert ink[ascent - 1] > 128 and not (ink[ascent:] > 64).any()
        assert len(ink) == fonts.face(face, size).get_height()


@pytest.mark.parametrize("size", [10, 11, 13, 22])
def test_what_is_not_small_is_the_faces_own_picture(fonts: Fonts, size: int) -> None:
    own = fonts.face(FACE, size).render("Current epoch", True, RED).convert_alpha().premul_alpha()
    assert (channels(own) == channels(fonts.run("Current epoch", FACE, size, RED))).all()


def test_an_icon_is_square_in_one_colour_and_premultiplied(fonts: Fonts) -> None:
    pixels = channels(fonts.icon("play", 32, (200, 100, 50)))
    assert pixels.shape == (32, 32, 4)
    solid = pixels[pixels[..., 3] == 255]
    assert len(solid) and (np.abs(solid[:, :3] - (200, 100, 50)) <= 1).all()
    assert not pixels[pixels[..., 3] == 0].any()


def test_a_run_is_rendered_once_for_its_text_face_size_and_colours(fonts: Fonts) -> None:
    first = fonts.run("same", FACE, SIZE, RED)
    assert fonts.run("same", FACE, SIZE, RED) is first
    assert fonts.run("same", FACE, SIZE, BLUE) is not first
    assert fonts.run("same", FACE, SIZE, RED, BLUE) is not first
    assert fonts.icon("play", 16, RED) is fonts.icon("play", 16, RED)


def test_the_oldest_run_is_forgotten_first(fonts: Fonts) -> None:
    kept, lost = fonts.run("kept", FACE, 8, RED), fonts.run("lost", FACE, 8, RED)
    for number in range(KEPT - 1):
        fonts.run(str(number), FACE, 8, RED)
        fonts.run("kept", FACE, 8, RED)
    assert fonts.run("kept", FACE, 8, RED) is kept
    assert fonts.run("lost", FACE, 8, RED) is not lost
