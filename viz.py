#!/usr/bin/env python3
"""The one door on a fresh machine: `python3 viz.py` sets up what is missing, then becomes the visualizer.

It and all it imports (`scenes/cli/arguments.py`, `scenes/bootstrap/`) are standard library only. The words are read
before anything is set up, so that `--help` and usage errors need nothing. This one file must parse on old Pythons too.
"""

import os
import signal
import sys


def leave(number, _frame):  # type: (int, object) -> None
    """End at once, and quietly: nothing has been begun yet."""
    os._exit(128 + number)


for name in ("SIGINT", "SIGTERM"):
    signal.signal(getattr(signal, name), leave)

if sys.version_info < (3, 11):  # noqa: UP036 - this line is for those who have an older one
    sys.exit("viz.py needs Python 3.11 or newer, and this is %s: start it with a newer one." % sys.version.split()[0])  # noqa: UP031

ROOT = os.path.dirname(os.path.realpath(__file__))
CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
WHOLE = ("-n", "auto", "--maxprocesses", "8", "--dist", "loadfile")  # all tests: a file stays with what it has set up


def main(argv: list[str]) -> int:
    """Read the words, set up, start; the exit code. Where the system can, this process becomes the program instead."""
    sys.path.insert(0, ROOT)
    from scenes.bootstrap.commands import Refusal
    from scenes.bootstrap.locks import lock_for
    from scenes.cli.arguments import parse

    try:
        arguments = parse(argv)
        return start(arguments.verb, lock_for(arguments, ROOT), argv)
    except Refusal as refusal:
        print("viz.py:", refusal, file=sys.stderr)
        return refusal.code
    except (OSError, RuntimeError) as error:
        print(f"viz.py: {error}. If that is about the folder to set up in, VIZ_VENV can name another.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("viz.py: stopped by Ctrl+C; start again to go on.", file=sys.stderr)
        return 130


def start(verb: str, lock: str, argv: list[str]) -> int:
    """Have the environment that the verb needs, with the packages of a lock, then run the verb in it."""
    from pathlib import Path

    from scenes.bootstrap.commands import attend, become, end_on_sigterm
    from scenes.bootstrap.preparation import child_environment, choose, prepare

    wants_gl = sys.platform == "linux" and verb != "serve"
    signal.signal(signal.SIGINT, signal.default_int_handler)  # from here on there may be something to undo
    end_on_sigterm()
    venv = choose(Path(ROOT), os.environ, lock, wants_gl=wants_gl)
    prepare(venv, lock, wants_gl=wants_gl, must_have_gl=verb != "doctor")
    environment = child_environment(os.environ, venv, wants_gl=wants_gl)
    python = [str(venv.python), "-P", "-m"]
    if verb != "test":
        return become([*python, "scenes", *argv], environment, held=True)
    os.chdir(ROOT)
    if argv != ["test"]:
        return become([*python, "pytest", *argv[1:]], environment)
    for check in CHECKS:
        code = attend([*python, *check], environment)
        if code:
            return code
    return become([*python, "pytest", *WHOLE], environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
