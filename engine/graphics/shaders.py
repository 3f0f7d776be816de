"""Reads and compiles shaders: `#include`, one cache, and errors in your file and line."""

import re
from pathlib import Path

import moderngl

HEADERS = {
    False: "#version 330 core\n",
    True: "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2DArray;\n",
}
_INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"\s*$')
_PLACE = re.compile(r"^(?:ERROR:\s*)?(\d+)[:(](\d+)(?:\(\d+\))?\)?\s*:?\s*(.*)$", re.MULTILINE)


class ShaderError(RuntimeError):
    """A shader is missing or does not compile; the message begins with file:line."""


class Source:
    """One stage's text with includes resolved, each file once, and the way back from numbers to file names."""

    def __init__(self, folder: Path, name: str) -> None:
        self.files: list[str] = []
        self._folder = folder
        self.text = "\n".join(self._lines(name, asked_by=name))

    def place(self, message: str) -> str:
        """A compiler's message with `number:line` rewritten to `file:line`."""

        def rewrite(match: re.Match[str]) -> str:
            number, line, rest = int(match[1]), match[2], match[3]
            return f"{self.files[number]}:{line}: {rest}" if number < len(self.files) else match[0]

        return _PLACE.sub(rewrite, message)

    def _lines(self, name: str, *, asked_by: str) -> list[str]:
        number = len(self.files)
        self.files.append(name)
        try:
            text = (self._folder / name).read_text(encoding="utf-8")
        except OSError:
            raise ShaderError(f"{asked_by}: the file {name} is missing from {self._folder.name}/") from None
        lines = [f"#line 1 {number}"]
        for count, line in enumerate(text.splitlines(), start=1):
            include = _INCLUDE.match(line)
            if not include:
                lines.append(line)
            elif include[1] not in self.files:
                lines += self._lines(include[1], asked_by=f"{name}:{count}")
                lines.append(f"#line {count + 1} {number}")
            else:
                lines.append("")
        return lines


class ShaderLibrary:
    """Programs by name, compiled once. Gives them back with `release`."""

    def __init__(self, context: moderngl.Context, folder: Path, *, es: bool = False) -> None:
        self._context = context
        self._folder = folder
        self._header = HEADERS[es]
        self._programs: dict[tuple[str, str], moderngl.Program] = {}

    def program(self, name: str, *, vertex: str | None = None) -> moderngl.Program:
        """`name.frag` with `name.vert`, or with the stage called `vertex`. Raises ShaderError."""
        key = (vertex or name, name)
        if key not in self._programs:
            self._programs[key] = self._compiled(f"{key[0]}.vert", f"{name}.frag")
        return self._programs[key]

    def release(self) -> None:
        """Give all programs back."""
        for program in self._programs.values():
            program.release()
        self._programs.clear()

    def _compiled(self, vertex: str, fragment: str) -> moderngl.Program:
        stages = Source(self._folder, vertex), Source(self._folder, fragment)
        try:
            program = self._context.program(
                vertex_shader=self._header + stages[0].text, fragment_shader=self._header + stages[1].text
            )
        except moderngl.Error as why:
            raise ShaderError(_told(str(why), *stages)) from None
        program.label = fragment
        frame = program.get("Frame", None)
        if isinstance(frame, moderngl.UniformBlock):
            frame.binding = 0
        return program


def _told(message: str, vertex: Source, fragment: Source) -> str:
    stage = fragment if "fragment_shader" in message else vertex
    lines = [line for line in stage.place(message).splitlines() if any(line.startswith(f) for f in stage.files)]
    return "\n".join(lines) or message.strip()
