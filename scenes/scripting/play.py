"""Plays a script off screen, and says where the pictures are."""

import sys
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from engine.addresses import credentials, public
from engine.resources import ASSETS
from engine.scripting.script import play, read
from engine.signals import stoppable

from .checks import CHECKS
from .rehearsal import rehearsal
from .scripted_transport import Server
from .verbs import VERBS

LESSONS = Path("lessons")  # the folder of those that come along
HEALTH_WAIT = 3.0  # seconds


class Unreachable(RuntimeError):
    """The backend that was asked for does not answer."""


def found(script: Path) -> Path:
    """`script`, or the one of that name that comes with the program. Raises ScriptError."""
    bundled = ASSETS / "scripts" / script
    comes_along = script.parent in (Path(), LESSONS) and bundled.is_file()
    if script.is_file() or not comes_along:
        read(script)
        return script
    return bundled


def perform(script: Path, *, url: str, server: Server | None, **options: Any) -> list[Path]:
    """Play `script`; the files it wrote. `options`: see `rehearsal`.

    Raises ScriptError, Unreachable, WindowError or GraphicsError.
    """
    path = found(script)
    if server is None:
        ask(url)
    with stoppable() as check:
        return _performed(path, check, url=url, server=server, **options)


def _performed(path: Path, check: Callable[[], None], **options: Any) -> list[Path]:
    """`check` is called between ticks: where nothing is half done."""
    stage, pilot = rehearsal(**options)
    try:
        pilot.films.watch(check)
        with pilot.films.rolling():
            play(path, VERBS, pilot, progress=_progress, cause=pilot.cause, checks=CHECKS)
    finally:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)
        stage.close()
    return pilot.written


def ask(url: str) -> None:
    """Whether the backend there answers. Raises Unreachable."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        request = urllib.request.Request(f"{public(url)}/api/health")
        if secret := credentials(url):
            request.add_header("Authorization", f"Basic {b64encode(secret.encode()).decode()}")
        with opener.open(request, timeout=HEALTH_WAIT) as answer:
            if answer.status == 200:
                return
    except (HTTPError, HTTPException):
        pass
    except (URLError, OSError, ValueError) as why:
        reason = getattr(why, "reason", why)
        raise Unreachable(
            f"the backend at {public(url)} cannot be reached ({reason}): start it, or unset VIZ_API_URL"
        ) from None
    raise Unreachable(f"what answers at {public(url)} is not the training server")


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{line}"[:110], end="", file=sys.stderr, flush=True)
