"""Plays the script of an exhibit whole before its window is opened, so that no line fails when nobody is there.

In a process of its own: SDL draws either on a screen or off it, and a process can choose only once.
"""

import os
import subprocess
import sys
from pathlib import Path

from engine.resources import ROOT
from engine.scripting.script import ScriptError, checked
from scenes.scripting.checks import CHECKS
from scenes.scripting.play import found
from scenes.scripting.verbs import VERBS

LONGEST = 300.0  # seconds; a script that takes longer is played unrehearsed
SAYS = "viz: "


def rehearse_apart(
    script: Path, *, url: str, csv: Path | None, class_column: str | None = None, scene: str = "dashboard"
) -> None:
    """Raises ScriptError for what would fail in it later; says nothing where all is well, or it takes too long.

    `scene` is the one that it begins with.
    """
    path = found(script)
    checked(path, VERBS, CHECKS)
    command = [sys.executable, "-P", "-m", "scenes", "play", str(path), "--rehearse", "--scene", scene]
    command += ["--csv", str(csv)] if csv else []
    command += [f"--class={class_column}"] if class_column else []
    places = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    surroundings = {**os.environ, "PYTHONPATH": places, "VIZ_API_URL": url}
    try:
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired):
        return  # it cannot be tried here; it is played all the same, and what fails is told then
    if done.returncode == 1:
        last = done.stderr.strip().splitlines()[-1:] or [f"{SAYS}{path.name} cannot be played"]
        raise ScriptError(last[0].removeprefix(SAYS))
