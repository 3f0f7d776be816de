"""The files that are not code lie beside the packages."""

from engine.resources import ASSETS, ROOT, SHADERS


def test_shaders_fonts_and_icons_are_where_the_code_looks_for_them() -> None:
    assert (SHADERS / "include" / "frame.glsl").is_file()
    assert any((ASSETS / "fonts").glob("*.ttf"))
    assert any((ASSETS / "icons").glob("*.svg"))
    assert (ROOT / "engine").is_dir()
