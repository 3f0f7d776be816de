"""Keeps an exhibit on the screen: starts it, listens to its heart, and starts it again where it crashes or freezes.

A process of its own, of the standard library alone, so that nothing of what can go wrong in the exhibit can go wrong
here. Speaks to systemd where it is one of its services (sd_notify).
"""

import os
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from .counters import Counters
from .heart import DESCRIPTOR
from .watch import Watch

LOOK = 0.25  # seconds between two looks
LIVED = 600.0  # seconds before too much memory counts: what is too large from the start would be started for ever
POLITE = 5.0  # seconds that it has to end in order
AWAY = "away"  # the word of a beat while nobody is there
AGAIN, QUIT, CANNOT = 75, 0, 2  # exit codes of the exhibit: start me again; staff has quit; the settings cannot be used
SAFE = "--safe"


class Supervisor:
    """Runs `command` until staff quits it or SIGTERM comes. `say` takes lines of a log."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        counters: Counters,
        say: Callable[[str], object],
        memory: int = 0,
        restart_at: int | None = None,
        now: Callable[[], float] = time.monotonic,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._command, self._counters, self._say = list(command), counters, say
        self._memory, self._restart_at = memory, restart_at  # megabytes, 0 for any; minutes after midnight
        self._now, self._clock = now, clock
        self._watch = Watch()
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe = -1
        self._heard = b""
        self._away = True  # whether nobody is there
        self._ready = self._over = False
        self._done: str | None = None  # the day of the last restart at night

    def run(self) -> int:
        """The exit code, once it is over."""
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._over:
                if (code := self._once()) is not None:
                    return code
            return QUIT
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)
            notify("STOPPING=1")

    def _end(self, number: int, frame: object) -> None:
        self._over = True

    def _once(self) -> int | None:
        """Start it, and watch it until it is gone; the code to end with, if that is the end."""
        self._start()
        while not self._over:
            self._listen()
            assert self._child
            code = self._child.poll()
            now = self._now()
            if code is not None:
                return self._gone(code)
            self._watch.looked(now)
            if self._watch.frozen(now):
                self._say("It shows nothing that lives any more, and is ended")
                self._counters.add("freezes")
                self._kill()
                self._rest(self._watch.crashed(self._now()))
                return None
            if self._watch.safe and self._watch.tries_again(now):
                self._say("The whole exhibit is tried again")
                self._again("safe scene over")
                return None
            if why := self._wants_again():
                self._again(why)
                return None
        return None

    def _start(self) -> None:
        read, write = os.pipe()
        os.set_blocking(read, False)
        command = [*self._command, *([SAFE] if self._watch.safe else [])]
        environment = {**os.environ, DESCRIPTOR: str(write)}
        environment.pop("NOTIFY_SOCKET", None)  # systemd hears from us alone
        self._child = subprocess.Popen(command, env=environment, pass_fds=(write,), start_new_session=True)
        os.close(write)
        self._pipe, self._heard, self._away = read, b"", True
        self._watch.begin(self._now())
        self._counters.add("starts")

    def _listen(self) -> None:
        """Hear what has beaten, for a moment."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._pipe, selectors.EVENT_READ)
            if waiting.select(LOOK):
                self._heard += self._read()
        *lines, self._heard = self._heard.split(b"\n")
        if lines:
            self._watch.heard(self._now())
            self._away = lines[-1].decode(errors="replace").split(" ")[0] == AWAY
            if not self._ready:
                self._ready = True
                notify("READY=1")
            notify("WATCHDOG=1")
        elif self._child and self._child.poll() is None and self._watch.beat is None and not self._ready:
            notify("EXTEND_TIMEOUT_USEC=60000000")

    def _read(self) -> bytes:
        with suppress(BlockingIOError):
            told = os.read(self._pipe, 65536)
            if not told:
                time.sleep(LOOK)  # the other end is gone: its process is about to end
            return told
        return b""

    def _gone(self, code: int) -> int | None:
        """It has ended by itself."""
        self._stop()
        if code in (QUIT, CANNOT):
            return code
        if code == AGAIN:
            self._watch.ended()
            return None
        self._say(f"It has crashed ({f'signal {-code}' if code < 0 else f'code {code}'}), and is started again")
        self._counters.add("crashes")
        rest = self._watch.crashed(self._now())
        if self._watch.safe:
            self._say("Too many crashes: the safe scene is shown")
        self._rest(rest)
        return None

    def _wants_again(self) -> str:
        """Why it should be started anew now, while nobody is there; or nothing."""
        if not self._away or not self._child or self._watch.beat is None:
            return ""
        lived = self._now() - self._watch.started
        if self._memory and lived >= LIVED and (used := resident(self._child.pid)) > self._memory:
            return f"it has {used} MB"
        now = self._clock()
        today = now.strftime("%Y-%m-%d")
        minutes = 60 * now.hour + now.minute
        if self._restart_at is not None and minutes == self._restart_at and self._done != today:
            self._done = today
            return "it is that time of night"
        return ""

    def _again(self, why: str) -> None:
        self._say(f"It is started anew: {why}")
        self._counters.add("renewals")
        self._stop()
        self._watch.ended()

    def _stop(self) -> None:
        """End it in order, or else at once; its pipe is closed."""
        if self._child and self._child.poll() is None:
            self._child.terminate()
            try:
                self._child.wait(POLITE)
            except subprocess.TimeoutExpired:
                self._kill()
        self._close()

    def _kill(self) -> None:
        """End it and all that it has started, whatever state they are in."""
        if self._child:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        self._close()

    def _close(self) -> None:
        if self._pipe >= 0:
            os.close(self._pipe)
            self._pipe = -1

    def _rest(self, seconds: float) -> None:
        """Wait before the next start, unless all is over meanwhile."""
        until = self._now() + seconds
        while not self._over and self._now() < until:
            time.sleep(min(LOOK, seconds))
            notify("WATCHDOG=1")


def resident(process: int) -> int:
    """Megabytes of memory that a process has; 0 where nobody can say."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def notify(state: str) -> None:
    """Tell systemd, where it is listening."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.connect("\0" + address[1:] if address.startswith("@") else address)
        told.sendall(state.encode())
