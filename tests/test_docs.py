"""The words are true: what the manuals show can be done, and what can be done is in the manuals."""

import inspect
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.scripting.manual import chapters, language, table
from engine.scripting.script import play, read
from scenes.cli.arguments import VERBS as COMMANDS
from scenes.scripting.verbs import VERBS
from simulation_server.faults import MODES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = ROOT / "docs" / "scripts.md"
MANUAL = PAGE.read_text(encoding="utf-8")
BEGIN = (
    "<!-- From here to the end mark made of the docstrings, by VIZ_ACCEPT=1 python3 viz.py test tests/test_docs.py -->"
)
END = "<!-- end -->"
PAGES = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/scripts.md", "docs/checks.md", "docs/kiosk.md"]


def example_name(example: str) -> str:
    return example.split()[0]


def made(manual: str) -> str:
    """The manual with the part that is made of the docstrings as they are now."""
    known = language(VERBS)
    head, rest = manual.split(BEGIN)
    return f"{head}{BEGIN}\n\n{table(known)}\n\n{chapters(known)}\n\n{END}{rest.split(END)[1]}"


def test_the_manual_of_scripts_is_made_of_the_docstrings() -> None:
    text = made(MANUAL)
    if text != MANUAL and os.environ.get("VIZ_ACCEPT"):
        PAGE.write_text(text, encoding="utf-8")
        pytest.fail("docs/scripts.md was written: look at it, then run again without VIZ_ACCEPT")
    news = [line for line in text.splitlines() if line not in MANUAL.splitlines()]
    assert text == MANUAL, f"docs/scripts.md is not as the docstrings say; VIZ_ACCEPT=1 writes it. New lines: {news}"


@pytest.mark.parametrize("verb", list(language(VERBS)))
def test_a_verb_says_first_how_it_is_written_and_then_shows_it(verb: str) -> None:
    doc = inspect.getdoc(language(VERBS)[verb]) or ""
    assert re.match(rf"{verb} [^:]+: [^\n]+\.\n\n", doc)
    assert re.search(rf"^    {verb} ", doc, re.MULTILINE)


def test_the_manual_names_every_mode_of_the_backend() -> None:
    assert not [mode for mode in MODES if f"`{mode}`" not in MANUAL]


@pytest.mark.parametrize("example", re.findall(r"```script\n(.*?)```", MANUAL, re.DOTALL), ids=example_name)
def test_an_example_of_the_manual_plays(example: str, tmp_path: Path, rehearsed: Any) -> None:
    script = tmp_path / "example.script"
    script.write_text(example, encoding="utf-8")
    (tmp_path / "more.script").write_text("run 1s\n", encoding="utf-8")
    with rehearsed(tmp_path) as (_, pilot):
        play(script, VERBS, pilot.pilot)


def test_the_readme_names_every_verb_of_the_command_line() -> None:
    assert all(f"… {verb}" in README for verb in COMMANDS if verb != "run")


def test_the_script_in_the_readme_plays(tmp_path: Path, rehearsed: Any) -> None:
    block = re.search(r"```\n(theme .*?)```", README, re.DOTALL)
    assert block
    script = tmp_path / "readme.script"
    script.write_text(block[1], encoding="utf-8")
    with rehearsed(tmp_path, size=(640, 400)) as (_, pilot):
        play(script, VERBS, pilot.pilot)
    assert [path.name for path in pilot.written] == ["training.png", "training.json"]


def test_the_pictures_in_the_readme_are_shots_of_the_demo() -> None:
    shots = {line.words[0] for line in read(ROOT / "assets" / "scripts" / "demo.script") if line.verb == "shot"}
    shown = re.findall(r"docs/pictures/([\w-]+)\.png", README)
    assert shown and set(shown) <= shots
    assert all((ROOT / "docs" / "pictures" / f"{name}.png").exists() for name in shown)


def test_the_films_in_the_readme_are_those_of_their_scripts() -> None:
    scripts = [line for path in sorted((ROOT / "docs").glob("*.script")) for line in read(path)]
    films = {line.words[0] for line in scripts if line.verb == "film"}
    shown = re.findall(r"docs/pictures/([\w-]+\.webp)", README)
    assert shown and set(shown) == films
    assert all((ROOT / "docs" / "pictures" / name).exists() for name in films)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    local = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert not [link for link in local if not ((ROOT / page).parent / link).exists()]


def folders() -> dict[str, set[str]]:
    """What the file map of ARCHITECTURE.md says, by folder: all words of its entry."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = text[text.index("## Where things are") :].split("```")[1]
    entries: dict[str, set[str]] = {}
    name = ""
    for line in block.splitlines():
        head = line[:1].strip() and line.split()[0]
        name = head or name
        entries.setdefault(name, set()).update(re.findall(r"\w+", line.removeprefix(head or "")))
    return entries


@pytest.mark.parametrize("package", ["engine", "scenes", "simulation_server"])
def test_the_file_map_names_every_module_and_every_folder(package: str) -> None:
    told = folders()
    missing = []
    for path in sorted((ROOT / package).rglob("*.py")):
        folder = f"{path.parent.relative_to(ROOT).as_posix()}/"
        if path.stem != "__init__" and path.stem not in told.get(folder, set()):
            missing.append(f"{folder}{path.name}")
    assert not missing
    there = {f"{path.parent.relative_to(ROOT).as_posix()}/" for path in (ROOT / package).rglob("__init__.py")}
    assert {name for name in told if name.startswith(package)} == there


def test_the_wheel_holds_every_package() -> None:
    """The list in pyproject.toml is written by hand, since the wheel holds one private folder."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    code = [path.parent for name in ("engine", "scenes", "simulation_server") for path in (ROOT / name).rglob("*.py")]
    there = {".".join(("training_visualizer", *folder.relative_to(ROOT).parts)) for folder in code}
    there -= {"training_visualizer.scenes.bootstrap"}  # what viz.py alone needs
    assert there == {
        name for name in told if not name.startswith(("training_visualizer.assets", "training_visualizer.shaders"))
    }
