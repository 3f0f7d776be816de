"""Plays a script again and again in fresh processes, each under other circumstances, and counts the shots that differ.

Threads, vector width, HOME, TZ, LANG, fonts of the system, user settings, the date, and a process that eats all time:
none of them may change a byte. Another driver (softpipe) is compared by tile means. Nothing is tried twice. Takes about
4 s a run. Not collected by pytest; Linux with Mesa.

examples:
  python3 tests/steady_pictures.py                     16 runs of states.script
  python3 tests/steady_pictures.py --runs 200 --script datasets.script
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

HOG = "while True: pass"
NOWHERE = "/nonexistent"
SETTINGS = '{"theme": "light", "scale": 2.0, "speed": 40, "size": "1920x1080"}'

CIRCUMSTANCES: dict[str, dict[str, str]] = {
    "as it is": {},
    "one thread": {"LP_NUM_THREADS": "1"},
    "no threads": {"LP_NUM_THREADS": "0"},
    "four threads": {"LP_NUM_THREADS": "4"},
    "128 bit vectors": {"LP_NATIVE_VECTOR_WIDTH": "128"},
    "256 bit vectors": {"LP_NATIVE_VECTOR_WIDTH": "256"},
    "another zone and language": {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "no fonts of the system": {"FONTCONFIG_FILE": NOWHERE, "FONTCONFIG_PATH": NOWHERE},
    "another home, light and large": {"HOME": "{home}", "XDG_CONFIG_HOME": "{home}", "VIZ_THEME": "light"},
    "another hash seed and proxies": {"PYTHONHASHSEED": "7", "http_proxy": "http://127.0.0.1:9"},
    "other arithmetic in numpy": {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "4"},
    "a year later": {"FAKETIME": "+1y"},
}


@dataclass
class Run:
    """One process: what it was under, how long it took, and the digest of each shot's files."""

    under: str
    hogged: bool
    seconds: float
    digests: dict[str, str] = field(default_factory=dict)
    failure: str = ""


def main() -> int:
    """Play, compare, print the table; 1 if any shot differed or any process failed."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="steady-") as work:
        home = _home(Path(work) / "home")
        runs = []
        for number, (under, hogged) in enumerate(_plan(options.runs)):
            runs.append(_run(options.script, under, hogged, out=Path(work) / str(number), home=home))
            _print_run(runs[-1], runs[0])
            if number:
                shutil.rmtree(Path(work) / str(number), ignore_errors=True)
        softpipe = "" if options.no_softpipe else _softpipe(options.script, Path(work), home=home)
    return _sum(runs, softpipe)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=16, help="how many processes (default: 16)")
    parser.add_argument("--script", default="states.script", help="the script to play (default: states.script)")
    parser.add_argument("--no-softpipe", action="store_true", help="leave the other driver out")
    return parser.parse_args()


def _plan(count: int) -> Iterator[tuple[str, bool]]:
    """The circumstances in turn, half of the runs beside processes that eat all time, the next turn the other half."""
    names = [name for name in CIRCUMSTANCES if "FAKETIME" not in CIRCUMSTANCES[name] or shutil.which("faketime")]
    if len(names) < len(CIRCUMSTANCES):
        print("faketime is not installed: no run a year later", flush=True)
    for number in range(count):
        turn, place = divmod(number, len(names))
        yield names[place], (turn + place) % 2 == 1


def _run(script: str, under: str, hogged: bool, *, out: Path, home: Path) -> Run:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LP_", "VIZ_", "GALLIUM_"))}
    environment |= {key: value.format(home=home) for key, value in CIRCUMSTANCES.get(under, {}).items()}
    later = environment.pop("FAKETIME", "")
    before = ["faketime", "-f", later] if later else []
    if under == "softpipe":
        environment["GALLIUM_DRIVER"] = under
    command = [*before, sys.executable, "-P", "-m", "scenes", "play", script, "--out", str(out)]
    began = time.monotonic()
    with _hog() if hogged else tempfile.TemporaryDirectory():
        done = subprocess.run(
            command, env=environment | {"PYTHONPATH": str(ROOT)}, cwd=ROOT, capture_output=True, text=True
        )
    run = Run(under, hogged, time.monotonic() - began, _digests(out))
    run.failure = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1] if done.returncode else ""
    return run


@contextmanager
def _hog() -> Iterator[None]:
    """A process on each core that never rests."""
    hogs = [subprocess.Popen([sys.executable, "-c", HOG]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


def _home(folder: Path) -> Path:
    """A home whose settings would change every picture."""
    for name in ("ai-training-visualizer", ".config/ai-training-visualizer"):
        (folder / name).mkdir(parents=True)
        (folder / name / "settings.json").write_text(SETTINGS)
    return folder


def _digests(out: Path) -> dict[str, str]:
    """Of each picture's raw pixels, and of each description."""
    from engine.comparison import digest, load

    pictures = {path.name: digest(load(path)) for path in sorted(out.glob("*.png"))}
    return pictures | {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.json"))}


def _differing(run: Run, first: Run) -> list[str]:
    files = dict.fromkeys((*first.digests, *run.digests))
    return sorted({Path(name).stem for name in files if run.digests.get(name) != first.digests.get(name)})


def _softpipe(script: str, work: Path, *, home: Path) -> str:
    """Compare another driver's pictures with those of the first run by tiles; what is wrong, in a line."""
    from engine.comparison import LIMITS, load, tile_difference

    run = _run(script, "softpipe", False, out=work / "softpipe", home=home)
    if run.failure:
        return run.failure
    shots = [path.stem for path in sorted((work / "0").glob("*.png"))]
    pairs = [[load(work / folder / f"{shot}.png") for folder in ("0", "softpipe")] for shot in shots]
    worst = {side: max(tile_difference(one, other, side) for one, other in pairs) for side in LIMITS}
    told = ", ".join(f"{side} px {figure:.2f} of {LIMITS[side]:g}" for side, figure in worst.items())
    print(f"softpipe, {len(shots)} shots by tile means: {told}", flush=True)
    words = [
        s for s in shots if (work / "0" / f"{s}.json").read_bytes() != (work / "softpipe" / f"{s}.json").read_bytes()
    ]
    over = any(figure > LIMITS[side] for side, figure in worst.items())
    return f"softpipe differs: {told}; descriptions: {words}" if over or words else ""


def _print_run(run: Run, first: Run) -> None:
    differing = _differing(run, first)
    state = run.failure or (f"differ: {', '.join(differing)}" if differing else "the same")
    busy = "busy" if run.hogged else "idle"
    print(f"{run.under:<32} {busy:<5} {run.seconds:6.1f} s  {state}", flush=True)


def _sum(runs: list[Run], softpipe: str) -> int:
    shots = sum(len(run.digests) for run in runs) // 2
    differing = sum(len(_differing(run, runs[0])) for run in runs)
    failed = sum(bool(run.failure) for run in runs)
    each = [1000 * run.seconds / max(1, len(run.digests) // 2) for run in runs if not run.hogged]
    print(f"\n{len(runs)} processes, {failed} failed; {shots} shots, {differing} differ; start included, a shot takes")
    print(f"{min(each):.0f} ms at best where nothing else runs. {softpipe}")
    return int(bool(differing or failed or softpipe))


if __name__ == "__main__":
    sys.exit(main())
