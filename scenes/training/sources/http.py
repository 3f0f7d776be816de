"""POST /api/train: parameters in, a checked run or a RunError out.

RunError
 ├ says what happened (`sentence`), what to do next (`hint`), and a short `code` for the staff
 └ is worth another try only where the failure may pass: no connection, too late, 5xx
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import msgspec

from engine.addresses import public
from engine.retry import Wait, attempt, wait_or_cancel
from engine.worker import Cancellation, Report
from scenes.training.changes import Change
from scenes.training.epoch import Ending, Network, UnusableRun
from scenes.training.failure import PassingError, RunError
from scenes.training.parameters import BOUNDS, OWN, Parameters
from scenes.training.run import TrainingRun

from .exchange import STREAM, Broken, Foreign, Interrupted, Lines, Overdue, Oversized, Reply, Transport
from .keeping import Keep, Keeper, lines_of
from .plain import plain
from .protocol import read_header
from .run_stream import RunStream
from .whole_answer import read_answer

DEADLINE = 15.0  # seconds, over one whole try
BUSY = 429  # the status of a server that asks to come again later
WAITS = (0.5, 1.0, 2.0)  # seconds before the second, third and fourth try
PROGRAM = re.compile(r"Traceback|\b[A-Z]\w*(Error|Exception)\b")  # what a program says of itself, not of a request
USUAL = {field.name: field.default for field in fields(Parameters)}
OF_TRAINING = tuple(name for name in USUAL if name in (*BOUNDS, "layers", "activation", "features", "rows", "loss"))
UNSEEN: dict[str, Any] = {  # what makes no difference to a network before it is trained
    name: USUAL[name] for name in ("changes", "learning_rate", "batch_size", "epochs", "loss", "momentum", "l1", "l2")
}
CALLED = {"learning_rate": "learningRate", "batch_size": "batchSize"}  # in a request
MOST_PREVIEWS = 16  # that are kept, so that what was chosen a moment ago is there at once
LARGEST_PREVIEWED = 256 * 1024  # characters of a file: to read more would hold a frame up for longer than 0.1 s

HeaderOf = Callable[[bytes], bytes]  # the body of a request in, the first line of its run out; raises ValueError


class HttpSource:
    """Fetches runs from the backend at `url`; see Source. With `keep`, each goes to a keeper of its own, line by line.

    Time, jitter and transport are given, so that tests need no patience.
    """

    def __init__(
        self,
        url: str,
        *,
        transport: Transport | None = None,
        deadline: float = DEADLINE,
        waits: Sequence[float] = WAITS,
        jitter: Callable[[float], float] | None = None,
        wait: Wait = wait_or_cancel,
        embedded: bool = False,
        header: HeaderOf | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.takes_parameters = True
        self.url = url.rstrip("/")
        self._embedded = embedded  # part of this program: its address, another one each time, tells a visitor nothing
        self._given = transport  # None until the first exchange
        self._deadline = deadline
        self._waits = waits
        self._jitter = jitter or _by_chance
        self._wait = wait
        self._header = header  # what a run would begin with, from a backend in this process
        self._keep = keep
        self._previews: dict[Parameters, Network | str] = {}  # or why there is none; the oldest first
        self._last: tuple[Parameters, Network | str] | None = None  # what was asked for last, and told

    def run(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        """See Source: a trained run's epochs come as they are computed, those of a simulated one all at once."""
        once = self._streamed if parameters.source == "trained" else self._once
        return attempt(
            lambda: once(parameters, cancellation, report),
            waits=self._waits,
            jitter=self._jitter,
            wait=self._wait,
            cancellation=cancellation,
            report=report,
        )

    def preview(self, parameters: Parameters) -> Network | None:
        """See Source: known of a backend in this process. How it will be trained makes no difference to it."""
        known = self._known(parameters)
        return None if isinstance(known, str) else known

    def refusal(self, parameters: Parameters) -> str:
        """See Source: as `preview`."""
        known = self._known(parameters)
        return known if isinstance(known, str) else ""

    def _known(self, parameters: Parameters) -> Network | str:
        """The network of such a run, or why there is none; "" where nobody knows."""
        if self._header is None or parameters.source != "trained":
            return ""
        if self._last is None or self._last[0] is not parameters:
            key = replace(parameters, **UNSEEN)
            known = self._previews.pop(key) if key in self._previews else self._previewed(parameters, self._header)
            self._previews[key] = known
            if len(self._previews) > MOST_PREVIEWS:
                del self._previews[next(iter(self._previews))]
            self._last = parameters, known
        return self._last[1]

    def close(self) -> None:
        """See Source: the connections."""
        if self._given:
            self._given.close()

    @property
    def _transport(self) -> Transport:
        """The real one is loaded by whoever needs it first, on the worker's thread: no first frame waits for it."""
        if self._given is None:
            from .transport import HttpTransport

            self._given = HttpTransport()
        return self._given

    def _previewed(self, parameters: Parameters, header: HeaderOf) -> Network | str:
        """The network, or why it cannot be had."""
        if parameters.dataset == OWN and len(parameters.table) > LARGEST_PREVIEWED:
            return ""
        try:
            return read_header(header(self._body(parameters))).network or ""
        except (ValueError, OSError) as why:
            return plain(str(why))

    def _once(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        reply = self._post(parameters, cancellation)
        self._check(reply, "application/json")
        try:
            epochs = read_answer(reply.body, parameters.epochs)
        except UnusableRun as why:
            raise _unusable(why) from why
        ending, run = Ending("complete", "all epochs were sent"), TrainingRun(parameters)
        if self._keep:
            keeper = self._keep()
            for line in lines_of(parameters, epochs, ending.reason):
                keeper.line(line)
            keeper.close(stopped=False)
            run.kept_as = keeper.run
        report(run)
        for epoch in epochs:
            report(epoch)
        return ending

    def _streamed(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        keeper = self._keep() if self._keep else None  # of this try: what broke off before its header has no line
        try:
            return self._followed(parameters, cancellation, report, keeper)
        finally:
            if keeper:
                keeper.close(stopped=cancellation.cancelled)

    def _followed(
        self, parameters: Parameters, cancellation: Cancellation, report: Report, keeper: Keeper | None
    ) -> Ending:
        stream = RunStream(report, trained=True, keeper=keeper)
        try:
            reply = self._post(parameters, cancellation, stream.line)
            rest = reply.body.rstrip()
            if stream.run is not None and stream.ending is None and rest.endswith(b"}"):
                stream.line(rest)  # a last line may do without its line feed
            if stream.run is None:
                self._check(reply, STREAM)
                raise self._passing("The training server broke off before its run began.", "broken", "broken_early")
            if stream.ending is None:
                raise _cut()
            return stream.ending
        except PassingError as why:
            if stream.run is not None:  # what has been shown cannot be begun anew behind the visitor's back
                raise _cut() from why
            raise
        except UnusableRun as why:
            raise _unusable(why) from why

    def _post(self, parameters: Parameters, cancellation: Cancellation, lines: Lines | None = None) -> Reply:
        url, body = f"{self.url}/api/train", self._body(parameters)
        try:
            return self._transport.post(url, body, deadline=self._deadline, cancellation=cancellation, lines=lines)
        except Interrupted:
            raise RunError("Stopped.", hint="", code="stopped") from None
        except Overdue:
            raise self._passing("The training server does not answer in time.", "timeout", "late") from None
        except Oversized:
            raise self._stranger("too-large") from None
        except Foreign:
            raise self._stranger("not-http") from None
        except Broken as why:
            if why.reached:
                raise self._passing("The training server broke off its answer.", "broken", "broken") from None
            raise self._passing("The training server cannot be reached.", "unreachable", "unreachable") from None

    def _body(self, parameters: Parameters) -> bytes:
        asked: dict[str, Any] = {
            "epochs": parameters.epochs,
            "learningRate": parameters.learning_rate,
            "batchSize": parameters.batch_size,
        }
        if parameters.source == "trained":
            asked |= {"source": "trained", "dataset": parameters.dataset}
            if parameters.dataset == OWN:
                asked |= {"csv": parameters.table}
                asked |= {"classColumn": parameters.class_column} if parameters.class_column else {}
            asked |= {"changes": list(map(_told, parameters.changes))} if parameters.changes else {}
            asked |= {name: value for name in OF_TRAINING if (value := getattr(parameters, name)) != USUAL[name]}
        return msgspec.json.encode(asked if parameters.seed is None else {**asked, "seed": parameters.seed})

    def _check(self, reply: Reply, kind: str) -> None:
        """Raises RunError unless the answer is a 200 of that `kind`."""
        status, told = reply.status, reply.content_type
        if status >= 500 or status == BUSY:
            said, kind = ("has too much to do", "busy") if status == BUSY else ("has a problem of its own", "unwell")
            raise self._passing(f"The training server {said}.", f"http-{status}", kind, after=reply.retry_after)
        if status == 200 and told.startswith(kind):
            return
        if not told.startswith("application/json") or 200 <= status < 400:
            raise self._stranger(f"http-{status}")
        raise RunError(
            f"The training server refused: {_quoted(reply.body)}", hint="Change the settings.", code=f"http-{status}"
        )

    def _passing(self, sentence: str, code: str, kind: str, *, after: float = 0.0) -> PassingError:
        hint = "Wait a moment" if self._embedded else f"Check that it runs at {public(self.url)}"
        return PassingError(
            sentence,
            hint=f"{hint}, then press Retry.",
            code=code,
            kind=kind,
            way_on="wait" if self._embedded else "check",
            facts={"url": public(self.url)},
            after=after,
        )

    def _stranger(self, code: str) -> RunError:
        return RunError(
            "What answers is not the training server.",
            hint="Press Retry." if self._embedded else f"Check the address {public(self.url)}.",
            code=code,
            kind="stranger",
            way_on="retry" if self._embedded else "address",
            facts={"url": public(self.url)},
        )


def _unusable(why: UnusableRun) -> RunError:
    hint = f"{plain(str(why))}."
    return RunError("The training server sent a run that cannot be shown.", hint=hint, code="unusable", kind="unusable")


def _cut() -> RunError:
    hint = "Press Retry to begin anew."
    return RunError("The training stopped in the middle.", hint=hint, code="cut", kind="cut", way_on="anew")


def _told(change: Change) -> dict[str, object]:
    """As the server reads it."""
    return {"afterEpoch": change.after_epoch} | {CALLED.get(name, name): each for name, each in change.turned.items()}


class _Refusal(msgspec.Struct):
    error: str = "it gave no reason"


def _quoted(body: bytes) -> str:
    try:
        told = plain(msgspec.json.decode(body, type=_Refusal).error)
        return _Refusal().error if not told or PROGRAM.search(told) else told  # a program's own words tell nobody
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Refusal().error


def _by_chance(wait: float) -> float:
    """A tenth more or less, so that many clients do not come back at once."""
    return wait * random.uniform(0.9, 1.1)
