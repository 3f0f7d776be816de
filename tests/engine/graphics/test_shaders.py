"""Shaders: includes once each, and errors in your own file and line."""

from collections.abc import Iterator
from pathlib import Path

import moderngl
import pytest

from engine.graphics import context as gl
from engine.graphics.shaders import HEADERS, ShaderError, ShaderLibrary, Source
from engine.resources import SHADERS
from engine.window import Window

SCREEN = "void main() {\n    gl_Position = vec4(0.0);\n}\n"
WHITE = "out vec4 colour;\nvoid main() {\n    colour = vec4(1.0);\n}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a vertex stage."""
    (tmp_path / "plain.vert").write_text(SCREEN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def failing(window: Window) -> Iterator[moderngl.Context]:
    """A context not watched for leaks: moderngl forgets the empty program of a stage that does not compile."""
    made = gl.create(window.load)
    yield made
    made.release()


def written(folder: Path, name: str, text: str) -> None:
    """Put a file there."""
    (folder / name).write_text(text, encoding="utf-8")


def complaint(context: moderngl.Context, folder: Path, name: str) -> str:
    """What is said of a program that does not come about."""
    with pytest.raises(ShaderError) as caught:
        ShaderLibrary(context, folder).program(name)
    return str(caught.value)


def test_an_include_is_taken_once_and_line_numbers_go_on(folder: Path) -> None:
    written(folder, "a.glsl", "float a;\n")
    written(folder, "b.glsl", '#include "a.glsl"\nfloat b;\n')
    written(folder, "main.frag", '#include "a.glsl"\n#include "b.glsl"\nfloat c;\n')
    source = Source(folder, "main.frag")
    assert source.files == ["main.frag", "a.glsl", "b.glsl"]
    assert source.text.count("float a;") == 1
    lines = source.text.splitlines()
    assert lines[lines.index("float b;") - 2] == "#line 1 2"  # the include that b.glsl need not take again
    assert lines[lines.index("float c;") - 1] == "#line 3 0"


def test_files_that_include_each_other_come_to_an_end(folder: Path) -> None:
    written(folder, "a.glsl", '#include "b.glsl"\nfloat a;\n')
    written(folder, "b.glsl", '#include "a.glsl"\nfloat b;\n')
    assert Source(folder, "a.glsl").text.count("float") == 2


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("0:5(3): error: no", "main.frag:5: error: no"),
        ("ERROR: 1:7: 'x' : no", "a.glsl:7: 'x' : no"),
        ("0(4) : error C0000: no", "main.frag:4: error C0000: no"),
        ("9:1(1): error: no", "9:1(1): error: no"),
        ("linking failed", "linking failed"),
    ],
    ids=["Mesa", "Apple and Intel", "NVIDIA", "unknown file", "no place"],
)
def test_every_drivers_way_of_naming_a_place_becomes_file_and_line(folder: Path, message: str, told: str) -> None:
    written(folder, "a.glsl", "float a;\n")
    written(folder, "main.frag", '#include "a.glsl"\n')
    assert Source(folder, "main.frag").place(message) == told


def test_an_error_names_the_line_in_the_shader(failing: moderngl.Context, folder: Path) -> None:
    written(folder, "a.glsl", "float a() {\n    return 1.0;\n}\n")
    written(folder, "plain.frag", f'#include "a.glsl"\n{WHITE.replace("1.0", "nonsense")}')
    told = complaint(failing, folder, "plain")
    assert told.startswith("plain.frag:4:") and "nonsense" in told


def test_an_error_names_the_line_in_the_include(failing: moderngl.Context, folder: Path) -> None:
    written(folder, "a.glsl", "float a() {\n    return vec2(1.0);\n}\n")
    written(folder, "plain.frag", f'#include "a.glsl"\n{WHITE}')
    assert complaint(failing, folder, "plain").startswith("a.glsl:2:")


def test_an_error_in_the_vertex_stage_names_its_file(failing: moderngl.Context, folder: Path) -> None:
    written(folder, "bad.vert", SCREEN.replace("0.0", "nonsense"))
    written(folder, "bad.frag", WHITE)
    assert complaint(failing, folder, "bad").startswith("bad.vert:2:")


def test_a_missing_stage_is_named_with_its_folder(context: moderngl.Context, folder: Path) -> None:
    told = complaint(context, folder, "plain")
    assert told == f"plain.frag: the file plain.frag is missing from {folder.name}/"


def test_a_missing_include_is_named_with_the_line_that_asks_for_it(context: moderngl.Context, folder: Path) -> None:
    written(folder, "plain.frag", f'{WHITE}#include "lost.glsl"\n')
    told = complaint(context, folder, "plain")
    assert told == f"plain.frag:5: the file lost.glsl is missing from {folder.name}/"


def test_a_program_is_compiled_once_and_given_back(context: moderngl.Context, folder: Path) -> None:
    written(folder, "plain.frag", WHITE)
    written(folder, "other.frag", WHITE)
    library = ShaderLibrary(context, folder)
    program = library.program("plain")
    assert library.program("plain") is program
    assert program.label == "plain.frag"
    assert library.program("other", vertex="plain") is not program
    library.release()
    again = library.program("plain")
    assert again is not program
    library.release()


def test_the_header_names_the_language(folder: Path) -> None:
    assert HEADERS[False].startswith("#version 330 core")
    assert HEADERS[True].startswith("#version 300 es")


def test_every_shader_of_the_program_compiles(context: moderngl.Context) -> None:
    library = ShaderLibrary(context, SHADERS)
    fragments = sorted(path.stem for path in SHADERS.glob("*.frag"))
    for name in fragments:
        vertex = name if (SHADERS / f"{name}.vert").exists() else "rect" if name == "copy" else "screen"
        assert library.program(name, vertex=vertex).glo, name
    library.release()
    assert len(fragments) > 10
