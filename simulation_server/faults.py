"""Faults on demand, for scripts and for tests of the client. Nothing here can be reached over HTTP."""

from __future__ import annotations

import difflib
import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from . import bad_answers, bad_streams, bad_transfers
from .bad_answers import fixed, tampered, with_value
from .fault_plan import Call, Mode, Plan
from .line_response import Answer

MODES: Mapping[str, Mode] = {
    "healthy": bad_transfers.healthy,
    "refused": bad_transfers.reset,  # nobody listens; a request that was already under way is reset
    "silent": bad_transfers.silent,
    "hang": bad_transfers.silent,
    "slow": bad_transfers.slow,
    "late": bad_transfers.late,
    "drip": bad_transfers.drip,
    "error": bad_transfers.error,
    "flaky": bad_transfers.flaky,
    "broken": bad_transfers.broken,
    "reset": bad_transfers.reset,
    "reset-body": bad_transfers.reset_body,
    "huge": bad_transfers.huge,
    "huge-declared": bad_transfers.huge_declared,
    "gzip-bomb": bad_transfers.gzip_bomb,
    "bad-gzip": bad_transfers.bad_gzip,
    "bad-chunk": bad_transfers.bad_chunk,
    "wrong-length": bad_transfers.wrong_length,
    "not-http": bad_transfers.not_http,
    "many-headers": bad_transfers.many_headers,
    "huge-header": bad_transfers.huge_header,
    "continue-storm": bad_transfers.continue_storm,
    "leftovers": bad_transfers.leftovers,
    "cut": bad_streams.cut,
    "stall": bad_streams.stall,
    "nan": tampered(with_value("loss", float("nan"))),
    "infinity": tampered(with_value("loss", float("inf"))),
    "wrong-types": tampered(bad_answers.wrong_types),
    "missing-fields": tampered(bad_answers.missing_fields),
    "duplicate-epochs": tampered(bad_answers.duplicate_epochs),
    "out-of-order": tampered(bad_answers.out_of_order),
    "negative-epochs": tampered(bad_answers.negative_epochs),
    "missing-epochs": tampered(bad_answers.missing_epochs),
    "too-many": tampered(bad_answers.too_many),
    "html": fixed(bad_answers.HTML),
    "object": fixed(bad_answers.OBJECT),
    "null": fixed(bad_answers.NULL),
    "zero": fixed(bad_answers.ZERO),
    "unsuccessful": fixed(bad_answers.UNSUCCESSFUL),
    "no-content": fixed(bad_answers.NO_CONTENT),
    "empty": fixed(bad_answers.EMPTY),
    "deep": fixed(bad_answers.DEEPLY_NESTED),
    "long-number": fixed(bad_answers.LONG_NUMBER),
    "utf16": fixed(bad_answers.NOT_UNICODE),
    "hostile-text": fixed(bad_answers.HOSTILE_TEXT),
    "busy": fixed(bad_answers.BUSY),
    "redirect": fixed(bad_answers.REDIRECT),
    "redirect-away": fixed(bad_answers.REDIRECT_AWAY),
}

AMOUNTS: Mapping[str, float] = {  # what the number is by default
    "slow": 2.0,
    "late": 3.0,
    "error": 500,
    "flaky": 2,
    "cut": 3,
    "stall": 3,
}
COUNTS = frozenset({"flaky", "cut", "stall"})  # modes whose number is a count
STATUSES = range(400, 600)
LONGEST_PAUSE = 3600.0  # seconds
LOOK = 0.05  # seconds between two looks at whether a held client is still there


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to misbehave: a mode and, for some modes, a number (seconds, a status, or a count)."""

    HEALTHY: ClassVar[Fault]

    mode: str
    amount: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Return the fault written as `mode` or `mode:number`; raises ValueError, which says what is possible."""
        mode, colon, number = text.partition(":")
        if mode not in MODES:
            close = difflib.get_close_matches(mode, MODES, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(MODES)}"
            raise ValueError(f"unknown fault {mode!r}, {hint}")
        if mode not in AMOUNTS:
            if colon:
                raise ValueError(f"the fault {mode!r} takes no number, write just {mode!r}")
            return cls(mode)
        return cls(mode, _amount(mode, number) if colon else AMOUNTS[mode])

    def __str__(self) -> str:
        return f"{self.mode}:{self.amount:g}" if self.mode in AMOUNTS else self.mode


Fault.HEALTHY = Fault("healthy")


class Episode:
    """The time for which one fault is on: counts its requests, and ends every wait when it is over."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self._numbers = itertools.count(1)
        self._over = threading.Event()

    def end(self) -> None:
        """Release every request that is held."""
        self._over.set()

    def hold(self, seconds: float | None, *, gone: Callable[[], bool], clock: Callable[[], float]) -> bool:
        """Wait so long (None: for ever); return True as soon as the episode is over or the client is `gone`."""
        end = None if seconds is None else clock() + seconds
        while (left := LOOK if end is None else end - clock()) > 0:
            if self._over.wait(min(left, LOOK)) or gone():
                return True
        return False

    def plan(self, healthy: Callable[[], Answer]) -> Plan:
        """Return what to do with the next request."""
        return MODES[self.fault.mode](Call(next(self._numbers), self.fault.amount, healthy))


def _amount(mode: str, number: str) -> float:
    try:
        amount = float(number)
    except ValueError:
        raise ValueError(f"{number!r} is not a number, write for example {mode}:{AMOUNTS[mode]:g}") from None
    if mode == "error" and amount not in STATUSES:
        raise ValueError(f"the status must be between {STATUSES[0]} and {STATUSES[-1]}, not {number}")
    if not 0 <= amount <= LONGEST_PAUSE or (mode in COUNTS and not amount.is_integer()):
        raise ValueError(f"{number} is out of range, write for example {mode}:{AMOUNTS[mode]:g}")
    return amount
