"""The words are true: what the manuals show can be done, and what can be done is in the manuals."""

import inspect
import re
from pathlib import Path

import pytest

from engine.pilot import verbs
from engine.script import play, read
from engine.window import Window
from scenes.arguments import VERBS
from scenes.pilot import VisualizerPilot, rehearsal
from simulation_server.backend import Backend

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
PAGES = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/scripts.md", "docs/checks.md"]


def table_row(text: str) -> str:
    return text.replace("|", "\\|")


@pytest.mark.parametrize("verb", list(verbs(VisualizerPilot.__new__(VisualizerPilot))))
def test_the_manual_has_every_verb_as_its_docstring_has_it(verb: str) -> None:
    if verb == "written":
        pytest.fail("only verbs may be public")
    usage, _, what = (inspect.getdoc(getattr(VisualizerPilot, verb)) or "").splitlines()[0].partition(": ")
    assert f"| `{table_row(usage)}` | {table_row(what)} |" in MANUAL


def test_the_readme_names_every_verb_of_the_command_line() -> None:
    assert all(f"… {verb}" in README for verb in VERBS if verb != "run")


def test_the_script_in_the_readme_plays(tmp_path: Path, window: Window) -> None:
    block = re.search(r"```\n(theme .*?)```", README, re.DOTALL)
    assert block
    script = tmp_path / "readme.script"
    script.write_text(block[1], encoding="utf-8")
    with Backend(seed=7) as backend:
        stage, pilot = rehearsal(
            url=backend.url, server=None, out=tmp_path, size=(640, 400), theme="dark", scale=1.0, window=window
        )
        try:
            play(script, pilot)
        finally:
            stage.close()
    assert [path.name for path in pilot.written] == ["training.png", "training.json"]


def test_the_pictures_in_the_readme_are_shots_of_the_demo() -> None:
    shots = {line.words[0] for line in read(ROOT / "assets" / "scripts" / "demo.script") if line.verb == "shot"}
    shown = re.findall(r"docs/pictures/([\w-]+)\.png", README)
    assert shown and set(shown) <= shots
    assert all((ROOT / "docs" / "pictures" / f"{name}.png").exists() for name in shown)


def test_the_film_in_the_readme_is_one_of_its_script() -> None:
    films = {line.words[0] for line in read(ROOT / "docs" / "film.script") if line.verb == "film"}
    shown = re.findall(r"docs/pictures/([\w-]+\.webp)", README)
    assert shown and set(shown) == films
    assert all((ROOT / "docs" / "pictures" / name).exists() for name in films)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    local = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert not [link for link in local if not ((ROOT / page).parent / link).exists()]
