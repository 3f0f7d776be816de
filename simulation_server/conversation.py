"""One connection from first byte to last: requests in, whatever answers them out. Knows no route."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial

from .large_bodies import LargeBodies
from .stream import Stream
from .wire import Admission, Refused, Request, Response, read_request

Exchange = Callable[[Stream, Request], bool]  # answers one request; False when the connection must end
Log = Callable[[str], None]

LONGEST_LOGGED = 200  # characters of what a client sent
BUSY = Response.error(503, "The server has too many connections; try again in a moment")
TOO_SLOW = Response.error(408, "The request did not arrive in time; send it again")


def converse(stream: Stream, *, exchange: Exchange, log: Log, large: LargeBodies) -> None:
    """Answer requests until either side has had enough."""
    answered = 0
    while True:
        with contextlib.ExitStack() as held:  # what the request takes is given back when it is answered
            if not _answered(stream, exchange=exchange, log=log, admit=partial(large.admit, held=held), nth=answered):
                return
        answered += 1


def printable(text: str) -> str:
    """Return what a client sent with every control and foreign character escaped, cut to a sensible length."""
    return text[:LONGEST_LOGGED].encode("unicode_escape").decode("ascii")


def _answered(stream: Stream, *, exchange: Exchange, log: Log, admit: Admission, nth: int) -> bool:
    """Read and answer one request; return whether another may follow."""
    stream.begin()
    try:
        request = read_request(stream, admit_large=admit)
    except Refused as refused:
        log(f"refused {refused.response.status}: {refused}")
        return _last_words(stream, refused.response)
    except TimeoutError:
        return bool(stream.received) and _last_words(stream, TOO_SLOW)
    except EOFError:
        return stream.evicted and bool(stream.received or not nth) and _last_words(stream, BUSY)
    except OSError:
        return False
    return _exchanged(stream, request, exchange)


def _exchanged(stream: Stream, request: Request, exchange: Exchange) -> bool:
    try:
        return exchange(stream, request)
    except OSError:  # the client left, or reads too slowly
        return False


def _last_words(stream: Stream, response: Response) -> bool:
    """Say why the connection ends; returns False, as nothing may follow."""
    with contextlib.suppress(OSError):
        stream.send(response.encode(keep_alive=False))
        stream.linger()
    return False
