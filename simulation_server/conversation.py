"""One connection from first byte to last: requests in, whatever answers them out. Knows no route."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from .stream import Stream
from .wire import Refused, Request, Response, read_request

Exchange = Callable[[Stream, Request], bool]  # answers one request; False when the connection must end
Log = Callable[[str], None]

LONGEST_LOGGED = 200  # characters of what a client sent
BUSY = Response.error(503, "The server has too many connections; try again in a moment")
TOO_SLOW = Response.error(408, "The request did not arrive in time; send it again")


def converse(stream: Stream, *, exchange: Exchange, log: Log) -> None:
    """Answer requests until either side has had enough."""
    answered = 0
    while True:
        stream.begin()
        try:
            request = read_request(stream)
        except Refused as refused:
            log(f"refused {refused.response.status}: {refused}")
            return _last_words(stream, refused.response)
        except TimeoutError:
            return _last_words(stream, TOO_SLOW) if stream.received else None
        except EOFError:
            return _last_words(stream, BUSY) if stream.evicted and (stream.received or not answered) else None
        except OSError:
            return None
        if not _exchanged(stream, request, exchange):
            return None
        answered += 1


def printable(text: str) -> str:
    """Return what a client sent with every control and foreign character escaped, cut to a sensible length."""
    return text[:LONGEST_LOGGED].encode("unicode_escape").decode("ascii")


def _exchanged(stream: Stream, request: Request, exchange: Exchange) -> bool:
    try:
        return exchange(stream, request)
    except OSError:  # the client left, or reads too slowly
        return False


def _last_words(stream: Stream, response: Response) -> None:
    with contextlib.suppress(OSError):
        stream.send(response.encode(keep_alive=False))
        stream.linger()
