"""Proves the README's two commands on a Debian that has only Python and pip; needs root, debootstrap, unshare.

For root and for a plain user, each in a fresh copy of a minimal root: `python3 viz.py`, a second start,
`python3 viz.py test`. The host is left as it was. Not collected by pytest.

examples:
  python3 tests/fresh_root.py
  python3 tests/fresh_root.py --suite trixie --root ~/roots/trixie      made there once, then only copied
  python3 tests/fresh_root.py --pip-conf /etc/pip.conf --env PIP_FIND_LINKS
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from minimal_root import CERTIFICATES, VISITOR, Done, Guest, bring, connect, copy, make

REPOSITORY = Path(__file__).resolve().parents[1]
PASSED_ON = (
    *("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
    *("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT"),
)
GUEST_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LINES_SHOWN = 40  # of a failed step's output

# Everything of a start but the program that it becomes, timed from outside as a user would.
TIME_A_START = """
import subprocess, sys, time
probe = "import os, sys; os.execve = lambda *_: os._exit(0); sys.path.insert(0, '.'); import viz; viz.main([])"
def seconds(code):
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began
print(f"{min(seconds(probe) for _ in range(5)):.3f} s")
"""


@dataclass(frozen=True)
class Row:
    """One step's outcome."""

    step: str
    user: str
    code: int
    seconds: float
    note: str


def main() -> int:
    """Make the roots, run the steps, print the table; 1 if any step failed."""
    options = _options()
    missing = [tool for tool in ("debootstrap", "unshare", "chroot", "git") if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        sys.exit(f"fresh_root.py needs to be run by root, with {', '.join(missing) or 'nothing more'} installed.")
    rows: list[Row] = []
    with _folder(keep=options.keep) as work:
        pristine = options.root or work / "pristine"
        if not (pristine / "usr/bin/python3").exists():
            made = _step("make a root", "host", lambda: make(pristine, suite=options.suite, mirror=options.mirror))
            rows.append(made)
        if not any(row.code for row in rows):
            rows += [row for user in ("root", VISITOR) for row in _proved(user, work / user, pristine, options)]
    _print_table(rows, options.suite)
    return int(any(row.code for row in rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", default="bookworm", help="Debian release (default: bookworm); trixie is the other")
    parser.add_argument("--root", type=Path, help="minimal root to copy from; made there if it does not exist")
    parser.add_argument("--mirror", default="", help="where debootstrap fetches from (default: its own choice)")
    parser.add_argument("--pip-conf", type=Path, help="becomes /etc/pip.conf of the roots")
    parser.add_argument("--apt-sources", type=Path, help="becomes the one apt source of the roots (.list or .sources)")
    parser.add_argument("--certificates", type=Path, default=CERTIFICATES, help="trusted authorities (PEM)")
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help="pass this variable on as well")
    parser.add_argument("--keep", action="store_true", help="keep the roots to look into them")
    return parser.parse_args()


@contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="fresh-root-"))
    folder.chmod(0o755)  # the plain user walks through it
    try:
        yield folder
    finally:
        if keep:
            print(f"kept: {folder}", flush=True)
        else:
            shutil.rmtree(folder)


def _proved(user: str, root: Path, pristine: Path, options: argparse.Namespace) -> list[Row]:
    copy(pristine, root)
    connect(root, certificates=options.certificates, pip_conf=options.pip_conf, apt_sources=options.apt_sources)
    passed = {name: os.environ[name] for name in (*PASSED_ON, *options.env) if name in os.environ}
    guest = Guest(root, user, {**passed, "PATH": GUEST_PATH, "LANG": "C.UTF-8"})
    bring(REPOSITORY, guest)
    return [
        _step("python3 viz.py", user, lambda: guest.run("python3", "viz.py"), lambda out: _pictures(guest, out)),
        _step("python3 viz.py, again", user, lambda: guest.run("python3", "viz.py"), lambda out: _pictures(guest, out)),
        _step("its set-up alone, x5", user, lambda: guest.run("python3", "-c", TIME_A_START), _last_line),
        _step("python3 viz.py test", user, lambda: guest.run("python3", "viz.py", "test"), _last_line),
    ]


def _step(title: str, user: str, action: Callable[[], Done], judge: Callable[[str], str] = lambda _: "") -> Row:
    """Run one step; `judge` looks at its standard output and returns a note, or raises ValueError."""
    print(f"{user}: {title} ...", flush=True)
    began = time.monotonic()
    done = action()
    seconds = time.monotonic() - began
    code, note = done.returncode, "failed"
    try:
        note = judge(done.stdout) if code == 0 else note
    except ValueError as error:
        code, note = 1, str(error)
    progress = [line for line in done.stderr.splitlines() if line.startswith("[") and "] " in line]
    shown = (done.stdout + done.stderr).splitlines()[-LINES_SHOWN:] if code else progress
    print("".join(f"    {line}\n" for line in shown), end="", flush=True)
    return Row(title, user, code, seconds, note)


def _pictures(guest: Guest, output: str) -> str:
    """How many pictures were printed; every one must exist, and there must be one."""
    paths = [line.strip() for line in output.splitlines() if line.strip().endswith(".png")]
    lost = [path for path in paths if not (guest.root / str(guest.project / path).lstrip("/")).is_file()]
    if not paths or lost:
        raise ValueError(f"pictures printed: {len(paths)}, not there: {lost}")
    return f"pictures: {len(paths)}"


def _last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1].strip("= ") if lines else ""


def _print_table(rows: list[Row], suite: str) -> None:
    print(f"\n{suite}\n{'step':<24} {'user':<8} {'exit':>4} {'seconds':>8}  note")
    for row in rows:
        print(f"{row.step:<24} {row.user:<8} {row.code:>4} {row.seconds:>8.1f}  {row.note}")


if __name__ == "__main__":
    sys.exit(main())
