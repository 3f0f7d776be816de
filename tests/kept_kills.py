"""By hand: kills a process that keeps runs, at random moments, and looks at what is there afterwards.

    PYTHONPATH=. .venv/bin/python tests/kept_kills.py --kills 200

A child keeps the same trained run again and again, every other one as fast as it can. It is killed (SIGKILL), and
every run in the folder has to be there up to a whole epoch, each of them as the trainer computed it, bit for bit; of
the run that was being written at most the last line may be missing. Then the next child goes on in the same folder.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from scenes.kept.contents import contents
from scenes.kept.index import Index
from scenes.kept.run_file import mend
from scenes.kept.store import Store
from scenes.training.sources.line_reader import LineReader, reading
from simulation_server.training.parameters import Parameters
from simulation_server.training.run_lines import run_lines
from simulation_server.training.trainer import prepare

LONGEST = 0.25  # seconds before a kill, after the child's first line
PAUSE = 0.005  # seconds after a line of a child that takes its time


def lines() -> list[bytes]:
    """A run of digits: lines of 15 KB, so that a kill may come in the middle of one."""
    asked = Parameters(dataset="digits", epochs=20, seed=1)
    return [line.rstrip(b"\n") for line in run_lines(asked, prepare(asked), clock=lambda: 0.0)]


def keep(folder: Path, source: Path, pause: float) -> None:
    """What the child does, for ever: keep the run, and say so after each line, with a byte."""
    told = source.read_bytes().split(b"\n")
    store = Store(folder, now=datetime.now, chance=random.random, say=print)
    while True:
        keeper = store.keeper()
        for line in told:
            keeper.line(line)
            sys.stdout.buffer.write(b"." if line is not told[0] else b"h")
            sys.stdout.buffer.flush()
            time.sleep(pause)
        keeper.close(stopped=False)
        sys.stdout.buffer.write(b"e")
        sys.stdout.buffer.flush()


def killed(folder: Path, source: Path, chance: random.Random, pause: float) -> bytes:
    """What a child said before it was killed at some moment."""
    command = [sys.executable, __file__, "--child", str(folder), str(source), str(pause)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout
        said = child.stdout.read(1)
        time.sleep(chance.uniform(0, LONGEST))
        child.send_signal(signal.SIGKILL)
        return said + child.stdout.read()


def told_in(path: Path) -> list[bytes]:
    """The lines of a file as they are, the last one perhaps a part."""
    with reading(path) as file:
        return [line.rstrip(b"\n") for line in LineReader(file)]


def looked_at(folder: Path, due: list[bytes], said: bytes, cut: set[str]) -> str:
    """Hold every run of the folder against the truth; in which state the kill found the last one.

    `cut` are those that earlier kills have cut off, which were mended since.
    """
    acknowledged = said.rpartition(b"e")[2]  # lines of the run that was being written
    found = contents(folder)
    for files in found.values():
        told = told_in(files.path)
        whole, part = (told, b"") if not told or told[-1] in due else (told[:-1], told[-1])
        assert whole == due[: len(whole)], f"{files.run}: a line is wrong"
        assert not part or due[len(whole)].startswith(part), f"{files.run}: the last line is wrong"
        if not files.plain:
            assert whole == due or files.run in cut, f"{files.run}: it is packed and not whole"
        else:
            assert len(whole) >= len(acknowledged), (
                f"{files.run}: {len(acknowledged)} were written, {len(whole)} lie there"
            )
    cut |= {files.run for files in found.values() if files.plain}
    plain = [files for files in found.values() if files.plain]
    assert len(plain) <= 1, "a run of an earlier child was not mended"
    told = told_in(plain[0].path) if plain else []
    state = "between two runs" if not plain else f"line {len(told)}" if told else "before the first line"
    if told and told[-1] not in due:
        state = "in the middle of a line"
    elif len(told) == len(due):
        state = "in packing"
    mend(folder)
    for run in Index(folder).runs():
        assert run.status in ("complete", "cut"), run
        assert run.epochs == 20 or run.status == "cut", run
    assert not [path for path in contents(folder).values() if path.plain], "it was not mended"
    return state


def main() -> None:
    """Kill, look, go on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        folder, source, pause = arguments.child
        keep(Path(folder), Path(source), float(pause))
    chance, states, epochs = random.Random(arguments.seed), Counter[str](), 0
    due, cut = lines(), set[str]()
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name, "run"), Path(name, "runs")
        source.write_bytes(b"\n".join(due))
        for number in range(arguments.kills):
            state = looked_at(folder, due, killed(folder, source, chance, number % 2 * PAUSE), cut)
            states["within its lines" if state.startswith("line ") else state] += 1
            runs = Index(folder).runs()
            epochs += sum(run.epochs for run in runs)
            for files in list(contents(folder).values())[:-20]:  # so that it takes no longer each time
                files.remove()
    print(f"{arguments.kills} kills, {epochs:,} epochs looked at, none wrong, none missing that was written")
    for state, count in states.most_common():
        print(f"  {count:4}  {state}")


if __name__ == "__main__":
    main()
