"""The flat layer: what has not changed is not drawn again, and what is told of it is true."""

import numpy as np
import pygame
import pytest

from engine.flat.fonts import Fonts
from engine.flat.overlay import Bounds, Icon, Overlay, Text

WHITE, RED = (255, 255, 255), (255, 0, 0)
LEFT: Bounds = (0, 0, 200, 60)
RIGHT: Bounds = (700, 400, 200, 60)


def word(text: str = "Epoch", at: tuple[float, float] = (10, 40), *, align: str = "left", alpha: float = 1.0) -> Text:
    """A white word."""
    return Text(text, at, "Inter-Medium", 20, WHITE, align=align, alpha=alpha)


@pytest.fixture
def overlay(fonts: Fonts) -> Overlay:
    """An empty layer of 1000 x 500 pixels, already taken once."""
    made = Overlay(fonts, (1000, 500))
    made.take()
    made.rects()
    return made


def pixels(overlay: Overlay) -> np.ndarray:
    """uint8 [height, width, 4], blue, green, red, alpha."""
    width, height = overlay.surface.get_size()
    return np.frombuffer(overlay.surface.get_buffer().raw, np.uint8).reshape(height, width, 4)


def ink(overlay: Overlay) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all that can be seen."""
    ys, xs = np.nonzero(pixels(overlay)[..., 3])
    return int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1


def test_a_new_layer_is_uploaded_whole_and_empty(fonts: Fonts) -> None:
    overlay = Overlay(fonts, (30, 20))
    assert overlay.take() == [(0, 0, 30, 20)] and not pixels(overlay).any()
    assert overlay.take() == []


def test_the_same_items_again_are_not_drawn_again(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word()])
    assert overlay.take() != []
    overlay.rects()
    overlay.put("left", LEFT, [word()])
    assert overlay.take() == []
    assert not overlay.moved


def test_only_the_panel_that_changed_is_uploaded(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word()])
    overlay.put("right", RIGHT, [word(at=(710, 440))])
    overlay.take()
    overlay.put("right", RIGHT, [word("12 %", (710, 440))])
    overlay.put("left", LEFT, [word()])
    (part,) = overlay.take()
    assert pygame.Rect(RIGHT).contains(part)


def test_what_is_taken_together_rebuilds_the_layer(overlay: Overlay) -> None:
    copy = np.zeros_like(pixels(overlay))
    for text in ("Epoch 1", "Epoch 22", "", "Done"):
        overlay.put("left", LEFT, [word(text)])
        overlay.put("right", RIGHT, [word(text, (710, 440)), Icon("play", (850, 430), 24, RED)])
        for part in overlay.take():
            within = slice(part.top, part.bottom), slice(part.left, part.right)
            copy[within] = pixels(overlay)[within]
        assert (copy == pixels(overlay)).all()
    assert copy.any()


def test_of_a_panel_only_the_word_that_changed_is_uploaded(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word("Epoch"), word("1", (150, 40))])
    overlay.take()
    overlay.put("left", LEFT, [word("Epoch"), word("2", (150, 40))])
    (part,) = overlay.take()
    assert part.left >= 145 and part.width < 20


def test_however_words_come_and_go_and_touch_the_layer_is_as_if_drawn_at_once(overlay: Overlay, fonts: Fonts) -> None:
    words = [
        [word("Epoch"), word("1", (150, 40))],
        [word("Epoch"), word("2", (150, 40))],
        [word("Epoch"), word("2", (40, 40))],  # upon the other word
        [word("Epoch"), word("3", (42, 42))],
        [word("Epoch"), word("3", (150, 40), alpha=0.5)],
        [word("Epochs and more", alpha=0.5), word("3", (150, 40), alpha=0.5)],
        [word("E"), word("3", (150, 40), alpha=0.5), Icon("play", (100, 30), 24, RED)],
        [word("E"), word("", (150, 40)), Icon("play", (101, 30), 24, RED)],
        [word("E"), word("4", (1500, 40)), Icon("play", (101, 30), 24, RED)],
        [word("E"), word("5", (150, 40)), Icon("play", (101, 30), 24, RED)],
    ]
    for items in words:
        fresh = Overlay(fonts, (1000, 500))
        for each in (overlay, fresh):
            each.put("right", RIGHT, [word(at=(710, 440))])
            each.put("left", LEFT, items)
        assert (pixels(overlay) == pixels(fresh)).all()
        assert overlay.moved
        assert sorted(overlay.rects().tolist()) == sorted(fresh.rects().tolist())
        assert overlay.describe() == fresh.describe() and overlay.digest() == fresh.digest()


@pytest.mark.parametrize("front", [True, False])
def test_what_another_panel_has_wiped_away_is_there_again_after_a_change(overlay: Overlay, front: bool) -> None:
    def put(figure: str) -> np.ndarray:
        overlay.put("left", LEFT, [word("Epoch"), word(figure, (150, 40))])
        return pixels(overlay).copy()

    put("1")
    whole = put("2")
    overlay.put("over", (0, 0, 100, 60), [word("over", (12, 40))], front=front)
    overlay.remove("over")
    assert (put("1") != whole).any()
    assert (put("2") == whole).all()


def test_what_is_shown_no_more_leaves_no_ink(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word("a long word")])
    overlay.put("left", LEFT, [word("a")])
    assert ink(overlay)[2] < 30
    overlay.take()
    overlay.remove("left")
    assert not pixels(overlay).any()
    assert len(overlay.take()) == 1 and overlay.moved
    overlay.remove("left")
    assert overlay.take() == []


def test_items_are_clipped_to_the_panel(overlay: Overlay) -> None:
    overlay.put("left", (20, 30, 40, 10), [word("WWWWWWWWWW", (0, 45)), Icon("play", (20, 30), 32, RED)])
    left, top, right, bottom = ink(overlay)
    assert left >= 20 and top >= 30 and right <= 60 and bottom <= 40
    for each in overlay.rects():
        assert each[0] >= 20 and each[1] >= 30 and each[2] <= 60 and each[3] <= 40


def test_rects_lie_around_the_ink_and_only_there(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word(), word("outside", (2000, 40))])
    assert overlay.moved
    assert overlay.rects().tolist() == [list(map(float, ink(overlay)))]
    assert not overlay.moved


def test_an_empty_layer_has_no_rects(overlay: Overlay) -> None:
    assert overlay.rects().shape == (0, 4)


@pytest.mark.parametrize("align", ["left", "middle", "right"])
def test_a_word_is_aligned_at_its_place_and_stands_on_its_baseline(overlay: Overlay, align: str) -> None:
    overlay.put("all", (0, 0, 1000, 500), [word("HHH", (500, 100), align=align)])
    left, _, right, bottom = ink(overlay)
    place = {"left": left, "middle": (left + right) / 2, "right": right}[align]
    assert place == pytest.approx(500, abs=3)
    assert bottom == pytest.approx(100, abs=1)


def test_half_transparent_text_has_half_the_ink(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word("HHH")])
    full = pixels(overlay)[..., 3].max()
    overlay.put("left", LEFT, [word("HHH", alpha=0.5)])
    half = pixels(overlay)
    assert half[..., 3].max() == pytest.approx(full / 2, abs=2)
    assert (half[..., :3] <= half[..., 3:]).all()


def test_an_icon_stands_about_its_middle_and_turns(overlay: Overlay) -> None:
    overlay.put("icon", (0, 0, 1000, 500), [Icon("triangle-alert", (300, 200), 48, RED)])
    upright = pixels(overlay).copy()
    left, top, right, bottom = ink(overlay)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((300, 200), abs=4)
    overlay.put("icon", (0, 0, 1000, 500), [Icon("triangle-alert", (300, 200), 48, RED, angle=180.0)])
    turned = pixels(overlay)[176:224, 276:324, 3][::-1, ::-1].astype(int)
    upright = upright[176:224, 276:324, 3].astype(int)
    assert np.abs(turned - upright).mean() < np.abs(turned[::-1, ::-1] - upright).mean() / 3


def test_the_description_counts_the_ink_that_can_be_seen(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word(), word("  "), Icon("play", (150, 30), 16, RED)])
    overlay.put("right", RIGHT, [word("hidden", (0, 450))])
    shown, hidden = overlay.describe()
    left, top, width, height = shown["rect"]
    assert (shown["text"], shown["panel"]) == ("Epoch", "left")
    assert shown["pixels"] == (pixels(overlay)[top : top + height, left : left + width, 3] > 0).sum() > 50
    assert (hidden["text"], hidden["pixels"]) == ("hidden", 0)


def test_what_is_in_front_keeps_its_place_to_itself(overlay: Overlay) -> None:
    below, front = (word("below all", (10, 40)),), (word("front", (30, 40)),)
    overlay.put("front", (20, 0, 80, 60), front, front=True)
    alone = pixels(overlay)[0:60, 20:100].copy()
    overlay.put("below", LEFT, below)
    np.testing.assert_array_equal(pixels(overlay)[0:60, 20:100], alone)
    assert pixels(overlay)[0:60, 0:20].any()
    overlay.put("below", LEFT, (word("other", (25, 40)),))
    np.testing.assert_array_equal(pixels(overlay)[0:60, 20:100], alone)
    overlay.remove("below")
    np.testing.assert_array_equal(pixels(overlay)[0:60, 20:100], alone)
    overlay.put("below", LEFT, below)
    overlay.put("front", (20, 0, 80, 60), (word("later", (30, 40)),), front=True)
    overlay.put("front", (20, 0, 80, 60), front, front=True)
    np.testing.assert_array_equal(pixels(overlay)[0:60, 20:100], alone)


def test_a_resize_begins_empty(overlay: Overlay) -> None:
    overlay.put("left", LEFT, [word()])
    overlay.resize((101, 7))
    assert overlay.take() == [(0, 0, 101, 7)] and not pixels(overlay).any()
    assert overlay.describe() == [] and overlay.moved
    overlay.put("left", LEFT, [word(at=(0, 7))])
    assert ink(overlay)[3] <= 7


def test_the_digest_tells_what_the_layer_shows_and_nothing_else(overlay: Overlay) -> None:
    empty = overlay.digest()
    overlay.put("left", LEFT, [word()])
    shown = overlay.digest()
    overlay.put("left", LEFT, [word("Epoch.")])
    assert len({empty, shown, overlay.digest()}) == 3
    overlay.put("left", LEFT, [word()])
    assert overlay.digest() == shown
    overlay.remove("left")
    assert overlay.digest() == empty
    overlay.resize((1000, 501))
    assert overlay.digest() != empty
