"""Proof, by hand: starts ended by Ctrl+C or SIGTERM at random moments of their first second.

    python3 tests/ended_starts.py [COUNT] [SEED]

Each has to end with the code that is due, within a second, without a word of Python's, and leave nothing behind. What
Python does before the first line of viz.py is not ours: no signal is sent in the first 60 ms.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERBS = (["serve", "--port", "0"], ["run", "--headless"], ["doctor"])
DUE = {signal.SIGINT: (130, 0), signal.SIGTERM: (143, 0)}  # 0: it was done, or ended in order
STRANGE = ("Traceback", "Error", "KeyboardInterrupt", "Fatal", "Exception ignored")


def main(count: int, seed: int) -> int:
    """Start so many, and tell how they ended; 1 if one did so wrongly."""
    chance, ends, wrong = random.Random(seed), Counter[tuple[str, str, int]](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            words = VERBS[number % len(VERBS)]
            asked = (signal.SIGINT, signal.SIGTERM)[number // len(VERBS) % 2]
            out = ["--out", folder] if "run" in words else []
            command = [sys.executable, str(ROOT / "viz.py"), *words, *out]
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
            )
            time.sleep(chance.uniform(0.06, 1.0))
            process.send_signal(asked)
            begun = time.monotonic()
            told = process.communicate()[0].decode(errors="replace")
            took = time.monotonic() - begun
            ends[words[0], asked.name, process.returncode] += 1
            if process.returncode not in DUE[asked] or any(word in told for word in STRANGE) or took > 1:
                wrong.append(f"{words[0]} {asked.name}: {process.returncode} after {took:.2f} s: {told[-300:]}")
        left = [path.name for path in Path(folder).iterdir() if path.name.startswith(".")]
    for (verb, name, code), times in sorted(ends.items()):
        print(f"{verb:<6} {name:<8} {code:>4}: {times}")
    print(*wrong, f"{count} starts, {len(wrong)} ended wrongly, {len(left)} unfinished files left", sep="\n")
    return bool(wrong or left)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200, int(sys.argv[2]) if sys.argv[2:] else 1))
