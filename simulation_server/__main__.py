"""`python -m simulation_server`: the training server alone, in the foreground, until Ctrl+C or SIGTERM."""

from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType

# Matrices of this size are multiplied quickest on one thread; numpy reads this once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .backend import DEFAULT_PORT, LOOPBACK, Backend, CannotListen, Delay
from .schema import LARGEST_SEED

WEB_APP_DELAY = "300-500"  # milliseconds
LARGEST_PORT = 65535
EXAMPLE = 'Try: curl -H "Content-Type: application/json" -d \'{"epochs": 5}\' http://127.0.0.1:3001/api/train'
WAKE = 0.5  # seconds; on some systems a signal is only seen between two waits

OK, FAILURE, INTERRUPTED = 0, 1, 130

Handler = Callable[[int, FrameType | None], object] | int | None


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until told to end; return the exit code: 0 after SIGTERM, 130 after Ctrl+C, 1 when the port is taken."""
    options = _parser().parse_args(argv)
    options.host = options.host.strip().removeprefix("[").removesuffix("]")
    log = _to_stderr if options.verbose else _nowhere
    backend = Backend(host=options.host, port=options.port, seed=options.seed, delay=options.delay, log=log)
    try:
        with _Signals() as signals, backend:
            print(f"The training server listens on {backend.url} (Ctrl+C ends it).", flush=True)
            if not _is_loopback(options.host):
                print(f"Whoever can reach this machine can use it: --host {LOOPBACK} keeps it here.", flush=True)
            return signals.wait()
    except CannotListen as error:
        print(error, file=sys.stderr)
        return FAILURE


class _Signals:
    """Turns SIGINT and SIGTERM into an exit code, for as long as it is entered."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._code = OK
        self._before: dict[signal.Signals, Handler] = {}

    def wait(self) -> int:
        """Block until a signal comes; return the exit code that belongs to it."""
        while not self._told.wait(WAKE):
            pass
        return self._code

    def __enter__(self) -> _Signals:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._take)
        return self

    def __exit__(self, *exception: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _take(self, number: int, frame: FrameType | None) -> None:
        self._code = INTERRUPTED if number == signal.SIGINT else OK
        self._told.set()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="simulation_server",
        description="The training server: POST /api/train answers with the epochs of a simulated or real training run.",
        epilog=EXAMPLE,
    )
    parser.add_argument("--host", type=_host, default=LOOPBACK, help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT") or str(DEFAULT_PORT),
        help=f"port to listen on, 0 for a free one (default: $PORT, else {DEFAULT_PORT})",
    )
    parser.add_argument("--seed", type=_seed, help="make the runs of requests without a seed repeatable")
    parser.add_argument(
        "--delay",
        type=_delay,
        nargs="?",
        const=WEB_APP_DELAY,
        metavar="MS[-MS]",
        help=f"wait before each run is answered, in milliseconds (bare: {WEB_APP_DELAY}; default: none)",
    )
    parser.add_argument("--verbose", action="store_true", help="write a line per request to the standard error")
    return parser


def _host(text: str) -> str:
    if not text.strip().strip("[]"):
        raise argparse.ArgumentTypeError("a host has a name or an address; 0.0.0.0 stands for all of this machine's")
    return text


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().removesuffix(".") == "localhost"


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LARGEST_PORT}, not {text!r}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) > LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"a seed is a whole number from 0 to {LARGEST_SEED}, not {text!r}")
    return int(text)


def _delay(text: str) -> Delay:
    shortest, _, longest = text.partition("-")
    longest = longest or shortest
    if not (shortest.isdecimal() and longest.isdecimal()) or int(shortest) > int(longest):
        raise argparse.ArgumentTypeError(f"a delay is milliseconds such as 400 or 300-500, not {text!r}")
    return int(shortest) / 1000, int(longest) / 1000


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _nowhere(line: str) -> None:
    """Log nothing."""


if __name__ == "__main__":
    sys.exit(main())
