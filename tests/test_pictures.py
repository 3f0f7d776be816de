"""The six states look as they did: by hash where the same driver draws, by tiles elsewhere. Never a retry.

A picture that is meant to change: look at it, then run with VIZ_ACCEPT=1, which writes what failed and fails.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.comparison import LIMITS, Pixels, alike, digest, fingerprint, load, tile_difference
from engine.graphics.renderer import Renderer
from engine.resources import ASSETS, SHADERS
from engine.script import play, read
from engine.window import Window
from scenes.pilot import rehearsal
from simulation_server.backend import Backend
from simulation_server.faults import Fault

GOLDEN = Path(__file__).parent / "golden"
SCRIPTS = ASSETS / "scripts"
STATES = SCRIPTS / "states.script"
ACCEPT = bool(os.environ.get("VIZ_ACCEPT"))


class Server:
    """The backend as scripts see it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def url(self) -> str:
        return self._backend.url

    def misbehave(self, mode: str) -> None:
        self._backend.fault = Fault.parse(mode)


def played(script: Path, out: Path, window: Window, **looks: Any) -> Path:
    """Play a script into `out` with a backend of its own."""
    chosen = {"size": (1280, 720), "theme": "dark", "scale": 1.0, **looks}
    with Backend(seed=7) as backend:
        server = Server(backend)
        stage, pilot = rehearsal(url=backend.url, server=server, out=out, window=window, **chosen)
        try:
            play(script, pilot)
        finally:
            stage.close()
    return out


def shots(script: Path) -> list[str]:
    return [line.words[0] for line in read(script) if line.verb == "shot"]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory, window: Window) -> Path:
    return played(STATES, tmp_path_factory.mktemp("states"), window)


@pytest.fixture(scope="module")
def here(window: Window) -> dict[str, str]:
    """This machine's fingerprint."""
    renderer = Renderer(window.load, SHADERS, (64, 64))
    print_ = fingerprint(renderer.driver, ASSETS)
    renderer.close()
    return print_


@pytest.mark.parametrize("shot", shots(STATES))
def test_a_state_looks_as_it_did(states: Path, here: dict[str, str], shot: str) -> None:
    golden = GOLDEN / "states" / f"{shot}.png"
    seen = load(states / f"{shot}.png")
    known = _known()
    if ACCEPT and _differs(states, shot, seen):
        _accept(states, shot, here)
        pytest.fail(f"{shot} was accepted: look at {golden.name}, then run again without VIZ_ACCEPT")
    assert golden.exists(), f"there is no golden {golden.name}; VIZ_ACCEPT=1 writes one"
    if known == here:
        assert digest(seen) == digest(load(golden)), _told(seen, load(golden))
    else:
        assert alike(seen, load(golden)), _told(seen, load(golden))


@pytest.mark.parametrize("shot", shots(STATES))
def test_a_state_is_described_as_it_was(states: Path, shot: str) -> None:
    seen = json.loads((states / f"{shot}.json").read_text(encoding="utf-8"))
    golden = json.loads((GOLDEN / "states" / f"{shot}.json").read_text(encoding="utf-8"))
    changed = {key: (golden.get(key), seen.get(key)) for key in golden | seen if golden.get(key) != seen.get(key)}
    assert not changed


def test_every_golden_belongs_to_a_shot() -> None:
    written = {path.stem for path in (GOLDEN / "states").glob("*.png")}
    assert written == set(shots(STATES))


@pytest.mark.parametrize("script", sorted(SCRIPTS.glob("*.script")), ids=lambda path: path.name)
def test_two_runs_of_a_script_write_the_same_bytes(
    script: Path, tmp_path: Path, window: Window, no_leaks: None
) -> None:
    small = {"size": (640, 400)}
    one, other = (played(script, tmp_path / name, window, **small) for name in ("one", "other"))
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir()) and len(names) >= 8
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_the_gates_tell_a_lost_dot_from_a_faint_change() -> None:
    picture = np.random.default_rng(1).integers(0, 200, (90, 130, 3)).astype(np.uint8)
    faint, dot = picture.copy(), picture.copy()
    faint[::7, ::5] += 1
    dot[40:48, 60:68] = 255
    assert digest(faint) != digest(picture) and alike(faint, picture)
    assert not alike(dot, picture)
    assert tile_difference(picture, picture, 16) == 0.0


def test_pictures_of_different_sizes_are_an_error_by_name() -> None:
    with pytest.raises(ValueError, match="130x90 and 131x90"):
        tile_difference(np.zeros((90, 130, 3), np.uint8), np.zeros((90, 131, 3), np.uint8), 16)


def test_what_is_no_picture_is_an_error_by_name(tmp_path: Path) -> None:
    (tmp_path / "cut.png").write_bytes(b"\x89PNG")
    with pytest.raises(ValueError, match=r"cut\.png"):
        load(tmp_path / "cut.png")


def _known() -> dict[str, str]:
    path = GOLDEN / "states" / "fingerprint.json"
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known


def _differs(states: Path, shot: str, seen: Pixels) -> bool:
    golden = GOLDEN / "states"
    names = (f"{shot}.png", f"{shot}.json")
    if not all((golden / name).exists() for name in names):
        return True
    told = (states / names[1]).read_bytes() != (golden / names[1]).read_bytes()
    return told or digest(load(golden / names[0])) != digest(seen)


def _accept(states: Path, shot: str, here: dict[str, str]) -> None:
    folder = GOLDEN / "states"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f"{shot}.png", f"{shot}.json"):
        shutil.copyfile(states / name, folder / name)
    (folder / "fingerprint.json").write_text(json.dumps(here, indent=1) + "\n", encoding="utf-8")


def _told(seen: Any, golden: Any) -> str:
    if seen.shape != golden.shape:
        return "the sizes differ"
    figures = ", ".join(
        f"{side} px {tile_difference(seen, golden, side):.2f} of {limit}" for side, limit in LIMITS.items()
    )
    return f"the picture has changed; tiles differ by: {figures}"
