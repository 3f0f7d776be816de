"""Which requests may bring more than the usual 64 KB, and how many at once: those that can hold a person's CSV file.

8 MB hold a file of 100,000 rows with 80 characters each. The cap stays harmless because a body costs memory only as
its bytes arrive, within the deadline of the request; because at most two large ones are held at once, from their
first byte until they are answered (the costliest file we could write takes 120 MB of memory while it is read, two of
them 225); because whatever is not the CSV's text is still held to 64 KB (see json_body.py); and because keys that no
field is named after are skipped over, not kept.
"""

from __future__ import annotations

from contextlib import ExitStack

from .limiter import Limiter
from .messages import LARGEST_BODY, Refused

LARGEST_WITH_CSV = 8 * 1024 * 1024  # bytes, the JSON around the file included
MOST_AT_ONCE = 2
CSV_PATHS = frozenset({"/api/train"})


class LargeBodies:
    """Decides about each large body before a byte of it is read."""

    def __init__(self) -> None:
        self._limiter = Limiter(MOST_AT_ONCE)

    def admit(self, method: str, target: str, length: int, *, held: ExitStack) -> None:
        """Let a large body in until `held` closes; raises Refused: 413 when it may not be so large, 503 when busy."""
        may_be_csv = method == "POST" and target.partition("?")[0] in CSV_PATHS
        most = LARGEST_WITH_CSV if may_be_csv else LARGEST_BODY
        if length > most:
            raise Refused(413, f"The body is too large; send at most {most} bytes", field="body")
        if not self._limiter.take(held):
            raise Refused(503, f"The server already reads {MOST_AT_ONCE} large files; try again in a moment")
