"""A pipeline draws its rows with one call and keeps them on the GPU."""

from collections.abc import Iterator
from pathlib import Path

import moderngl
import numpy as np
import pytest

from engine.graphics.pipeline import Pipeline, set_uniforms
from engine.graphics.shaders import ShaderLibrary

VERTEX = """in vec2 at;
in vec3 ink;
out vec3 mixed;
void main() {
    mixed = ink;
    int k = gl_VertexID < 3 ? gl_VertexID : 6 - gl_VertexID;
    vec2 corner = gl_VertexID == 3 ? vec2(1.0) : vec2(float(k & 1), float(k >> 1));
    SHAPE
}
"""
FRAGMENT = """in vec3 mixed;
uniform float gain;
uniform vec4 unused;
out vec4 colour;
void main() {
    colour = vec4(mixed * gain, 1.0);
}
"""
SHAPES = {
    "quads": "gl_Position = vec4((at + corner * 2.0) / 4.0 - 1.0, 0.0, 1.0);",
    "points": "gl_PointSize = 1.0; gl_Position = vec4((at + 0.5) / 4.0 - 1.0, 0.0, 1.0);",
    "triangles": "gl_Position = vec4(at / 4.0 - 1.0, 0.0, 1.0);",
}


class Bench:
    """An 8 x 8 target and pipelines on it; a pixel is told from the bottom left, as OpenGL counts."""

    def __init__(self, context: moderngl.Context, folder: Path) -> None:
        self.context = context
        for name, shape in SHAPES.items():
            (folder / f"{name}.vert").write_text(VERTEX.replace("SHAPE", shape), encoding="utf-8")
            (folder / f"{name}.frag").write_text(FRAGMENT, encoding="utf-8")
        self.library = ShaderLibrary(context, folder)
        self.texture = context.texture((8, 8), 4)
        self.target = context.framebuffer(color_attachments=[self.texture])
        self.held: list[Pipeline] = []

    def pipeline(self, name: str) -> Pipeline:
        """A pipeline in the mode called as its shader."""
        self.held.append(Pipeline(self.context, self.library, name, layout="at:2 ink:3", mode=name))
        self.held[-1].set(gain=1.0)
        return self.held[-1]

    def pixels(self, pipeline: Pipeline) -> np.ndarray:
        """uint8 [8, 8, 3] after drawing on black."""
        self.target.use()
        self.target.clear()
        self.calls = pipeline.draw()
        return np.frombuffer(self.target.read(components=3), np.uint8).reshape(8, 8, 3)

    def close(self) -> None:
        """Give all back."""
        for each in self.held:
            each.release()
        self.library.release()
        self.target.release()
        self.texture.release()


@pytest.fixture
def bench(context: moderngl.Context, tmp_path: Path) -> Iterator[Bench]:
    """A small target to draw on."""
    made = Bench(context, tmp_path)
    yield made
    made.close()


def rows(*each: tuple[float, ...]) -> np.ndarray:
    """float32 rows."""
    return np.array(each, dtype=np.float32)


def test_each_row_of_quads_is_drawn_where_it_says_in_its_colour(bench: Bench) -> None:
    quads = bench.pipeline("quads")
    quads.write(rows((0, 0, 1, 0, 0), (5, 6, 0, 0, 1)))
    pixels = bench.pixels(quads)
    assert (pixels[0:2, 0:2] == (255, 0, 0)).all()
    assert (pixels[6:8, 5:7] == (0, 0, 255)).all()
    assert np.count_nonzero(pixels.any(axis=2)) == 8


def test_each_row_of_points_is_a_pixel(bench: Bench) -> None:
    points = bench.pipeline("points")
    points.write(rows((1, 2, 1, 0, 0), (7, 0, 0, 1, 0)))
    pixels = bench.pixels(points)
    assert pixels[2, 1].tolist() == [255, 0, 0] and pixels[0, 7].tolist() == [0, 255, 0]
    assert np.count_nonzero(pixels.any(axis=2)) == 2


def test_each_three_rows_of_triangles_are_one(bench: Bench) -> None:
    triangles = bench.pipeline("triangles")
    triangles.write(rows((0, 0, 1, 1, 1), (16, 0, 1, 1, 1), (0, 16, 1, 1, 1)))
    assert (bench.pixels(triangles) == 255).all()


@pytest.mark.parametrize("count", [1, 16, 17, 500])
def test_any_number_of_rows_is_one_call(bench: Bench, count: int) -> None:
    quads = bench.pipeline("quads")
    quads.write(np.tile(rows((3, 3, 0, 1, 0)), (count, 1)))
    assert (bench.pixels(quads)[3:5, 3:5] == (0, 255, 0)).all()
    assert bench.calls == 1


def test_no_rows_draw_nothing_before_and_after_there_were_some(bench: Bench) -> None:
    quads = bench.pipeline("quads")
    assert not bench.pixels(quads).any() and bench.calls == 0
    quads.write(rows((0, 0, 1, 1, 1)))
    quads.write(np.zeros((0, 5), dtype=np.float32))
    assert not bench.pixels(quads).any() and bench.calls == 0


def test_fewer_rows_leave_none_of_the_old_ones(bench: Bench) -> None:
    quads = bench.pipeline("quads")
    quads.write(rows((0, 0, 1, 1, 1), (6, 6, 1, 1, 1)))
    quads.write(rows((3, 3, 1, 1, 1)))
    pixels = bench.pixels(quads)
    assert np.count_nonzero(pixels.any(axis=2)) == 4


def test_what_is_not_written_again_stays(bench: Bench) -> None:
    quads = bench.pipeline("quads")
    quads.write(rows((0, 0, 1, 0, 0)))
    assert (bench.pixels(quads) == bench.pixels(quads)).all()
    assert bench.pixels(quads).any()


def test_rows_of_any_type_and_order_in_memory_are_taken(bench: Bench) -> None:
    quads = bench.pipeline("quads")
    quads.write(np.asfortranarray(rows((0, 0, 1, 0, 0), (5, 6, 0, 0, 1)).astype(np.float64)))
    assert bench.pixels(quads)[7, 6].tolist() == [0, 0, 255]


def test_rows_of_the_wrong_width_are_refused_by_name(bench: Bench) -> None:
    with pytest.raises(AssertionError, match="quads: 4 columns, 5 expected"):
        bench.pipeline("quads").write(np.zeros((1, 4), dtype=np.float32))


def test_a_layout_that_the_shader_does_not_use_is_refused(bench: Bench) -> None:
    with pytest.raises(AssertionError, match=r"quads\.vert does not use all of at:2 weight:1"):
        Pipeline(bench.context, bench.library, "quads", layout="at:2 weight:1")


@pytest.mark.parametrize("gain", [0.5, np.float32(0.5).tobytes()], ids=["number", "bytes"])
def test_uniforms_are_set_and_those_that_are_not_there_passed_over(bench: Bench, gain: float | bytes) -> None:
    quads = bench.pipeline("quads")
    quads.write(rows((0, 0, 1, 1, 1)))
    quads.set(gain=gain, unused=(1.0, 1.0, 1.0, 1.0), unknown=3.0)
    assert bench.pixels(quads)[0, 0, 0] in (127, 128)


def test_a_uniform_that_is_set_again_is_another_one_for_every_pipeline_of_its_program(bench: Bench) -> None:
    first, second = bench.pipeline("quads"), bench.pipeline("quads")
    first.write(rows((0, 0, 1, 1, 1)))
    seen = []
    for pipeline, gain in ((first, 1.0), (second, 0.0), (first, 1.0), (first, 1.0), (second, 0.0)):
        pipeline.set(gain=gain)
        seen.append(int(bench.pixels(first)[0, 0, 0]))
    assert seen == [255, 0, 255, 255, 0]


def test_an_attribute_is_no_uniform(bench: Bench) -> None:
    set_uniforms(bench.pipeline("quads").program, {"at": 1.0})


def test_a_released_pipeline_draws_nothing_and_can_be_written_again(bench: Bench) -> None:
    quads: Pipeline = bench.pipeline("quads")
    quads.write(rows((0, 0, 1, 1, 1)))
    quads.release()
    quads.release()
    assert not bench.pixels(quads).any()
    quads.write(rows((0, 0, 1, 1, 1)))
    assert bench.pixels(quads).any()
