"""POST /api/train: parameters in, a checked TrainingRun or a RunError out.

RunError
 ├ says what happened (`sentence`), what to do next (`hint`), and a short `code` for the staff
 └ is worth another try only where the failure may pass: no connection, too late, 5xx
"""

import random
from collections.abc import Callable, Sequence

import msgspec

from engine.retry import Attempt, Wait, attempt, wait_or_cancel
from engine.worker import Cancellation, Report
from scenes.training.failure import PassingError, RunError
from scenes.training.parameters import OWN, Parameters
from scenes.training.run import Ending, TrainingRun, UnusableRun

from .run_stream import RunStream
from .transport import STREAM, Broken, HttpTransport, Interrupted, Overdue, Oversized, Reply, Transport

DEADLINE = 15.0  # seconds, over one whole try
WAITS = (0.5, 1.0, 2.0)  # seconds before the second, third and fourth try
QUOTE = 160  # characters of a server's own words, at most


class TrainingClient:
    """Fetches runs from the backend at `url`. Time, jitter and transport are given, so that tests need no patience."""

    def __init__(
        self,
        url: str,
        *,
        transport: Transport | None = None,
        deadline: float = DEADLINE,
        waits: Sequence[float] = WAITS,
        jitter: Callable[[float], float] | None = None,
        wait: Wait = wait_or_cancel,
        seed: int | None = None,
        embedded: bool = False,
        csv: str = "",
    ) -> None:
        self.url = url.rstrip("/")
        self.seed = seed
        self._csv = csv  # the text that the data set "csv" stands for
        self._embedded = embedded  # part of this program: its address, another one each time, tells a visitor nothing
        self._transport = transport or HttpTransport()
        self._deadline = deadline
        self._waits = waits
        self._jitter = jitter or _by_chance
        self._wait = wait

    def train(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> TrainingRun | Ending:
        """The run for `parameters`. Reports each Attempt after the first. Raises RunError.

        A simulated run comes whole. Of a trained one the empty run is reported first, then each Epoch as it is
        computed, and its Ending is returned.
        """

        def tell(next_attempt: Attempt) -> None:
            report(next_attempt)

        once = self._streamed if parameters.source == "trained" else self._once
        return attempt(
            lambda: once(parameters, cancellation, report),
            waits=self._waits,
            jitter=self._jitter,
            wait=self._wait,
            cancellation=cancellation,
            report=tell,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._transport.close()

    def _once(self, parameters: Parameters, cancellation: Cancellation, _: Report) -> TrainingRun:
        reply = self._post(parameters, cancellation)
        self._check(reply, "application/json")
        try:
            return TrainingRun.from_json(reply.body, parameters)
        except UnusableRun as why:
            raise _unusable(why) from why

    def _streamed(self, parameters: Parameters, cancellation: Cancellation, report: Report) -> Ending:
        stream = RunStream(parameters, report)
        try:
            reply = self._post(parameters, cancellation, stream.line)
            if not stream.begun:
                self._check(reply, STREAM)
            if stream.ending is None:
                raise _cut()
            return stream.ending
        except PassingError as why:
            if stream.begun:  # what has been shown cannot be begun anew behind the visitor's back
                raise _cut() from why
            raise
        except UnusableRun as why:
            raise _unusable(why) from why

    def _post(
        self, parameters: Parameters, cancellation: Cancellation, lines: Callable[[bytes], None] | None = None
    ) -> Reply:
        url, body = f"{self.url}/api/train", self._body(parameters)
        try:
            return self._transport.post(url, body, deadline=self._deadline, cancellation=cancellation, lines=lines)
        except Interrupted:
            raise RunError("Stopped.", hint="", code="stopped") from None
        except Overdue:
            raise self._passing("The training server does not answer in time.", "timeout") from None
        except Oversized:
            raise self._stranger("too-large") from None
        except Broken:
            raise self._passing("The training server cannot be reached.", "unreachable") from None

    def _body(self, parameters: Parameters) -> bytes:
        asked: dict[str, float | str] = {
            "epochs": parameters.epochs,
            "learningRate": parameters.learning_rate,
            "batchSize": parameters.batch_size,
        }
        if parameters.source == "trained":
            asked |= {"source": "trained", "dataset": parameters.dataset}
            asked |= {"csv": self._csv} if parameters.dataset == OWN else {}
        return msgspec.json.encode(asked if self.seed is None else {**asked, "seed": self.seed})

    def _check(self, reply: Reply, kind: str) -> None:
        """Raises RunError unless the answer is a 200 of that `kind`."""
        status, told = reply.status, reply.content_type
        if status >= 500:
            raise self._passing("The training server has a problem of its own.", f"http-{status}")
        if status == 200 and told.startswith(kind):
            return
        if not told.startswith("application/json") or 200 <= status < 400:
            raise self._stranger(f"http-{status}")
        raise RunError(
            f"The training server refused: {_quoted(reply.body)}", hint="Change the settings.", code=f"http-{status}"
        )

    def _passing(self, sentence: str, code: str) -> PassingError:
        hint = "Wait a moment" if self._embedded else f"Check that it runs at {self.url}"
        return PassingError(sentence, hint=f"{hint}, then press Retry.", code=code)

    def _stranger(self, code: str) -> RunError:
        return RunError(
            "What answers is not the training server.",
            hint="Press Retry." if self._embedded else f"Check the address {self.url}.",
            code=code,
        )


def _unusable(why: UnusableRun) -> RunError:
    hint = f"{_plain(str(why))}."
    return RunError("The training server sent a run that cannot be shown.", hint=hint, code="unusable")


def _cut() -> RunError:
    return RunError("The training stopped in the middle.", hint="Press Retry to begin anew.", code="cut")


class _Refusal(msgspec.Struct):
    error: str = "it gave no reason"


def _quoted(body: bytes) -> str:
    try:
        return _plain(msgspec.json.decode(body, type=_Refusal).error) or _Refusal().error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Refusal().error


def _plain(text: str) -> str:
    """Printable and short: a hostile answer can neither break the layout nor the log."""
    return "".join(letter if letter.isprintable() else " " for letter in text)[:QUOTE].strip().rstrip(".")


def _by_chance(wait: float) -> float:
    """A tenth more or less, so that many clients do not come back at once."""
    return wait * random.uniform(0.9, 1.1)
