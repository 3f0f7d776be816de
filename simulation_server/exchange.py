"""Carries out one request, step by step as the fault of the hour plans it. Decides nothing about its content."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from .conversation import Log, printable
from .fault_plan import Pause, Plan, Reset
from .faults import Episode
from .line_response import Answer, LineResponse
from .stream import Stream
from .wire import Request, Response


class Exchange:
    """One request on one connection; `stopped` says whether the server has been told to end."""

    def __init__(
        self,
        stream: Stream,
        request: Request,
        *,
        stopped: Callable[[], bool],
        clock: Callable[[], float],
        log: Log,
    ) -> None:
        self._stream, self._request = stream, request
        self._stopped, self._clock, self._log = stopped, clock, log
        self._keep = request.keep_alive

    def carry_out(self, answer: Callable[[], Answer], episode: Episode) -> bool:
        """Answer as the episode would have it; return whether the connection stays open. Raises OSError."""
        with closing(episode.plan(lambda: self._healthy(answer))) as plan:
            return self._follow(plan, episode)

    def gone(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._stopped() or self._stream.peer_is_gone()

    def _follow(self, plan: Plan, episode: Episode) -> bool:
        for step in plan:
            match step:
                case LineResponse():
                    with closing(step):
                        if self._stopped() or not self._all_sent(step):
                            return False
                case Response() if self._stopped():
                    return False  # woken from the delay by the end of the server: the run was not served its time
                case Response():
                    self._stream.send(step.encode(keep_alive=self._keep, with_body=self._request.method != "HEAD"))
                    self._note(str(step.status))
                case Pause():
                    if episode.hold(step.seconds, gone=self._stream.peer_is_gone, clock=self._clock):
                        return False
                case Reset():
                    self._stream.reset()
                    return False
                case _:
                    self._stream.send(step)
                    self._keep = False
        return self._keep

    def _all_sent(self, answer: LineResponse) -> bool:
        """Send the lines as they come; return False where they end early, and with them the connection."""
        self._keep = self._keep and answer.chunked
        try:
            for piece in answer.pieces(keep_alive=self._keep):
                self._stream.send(piece)
        except OSError:
            self._note("200, but the client did not take it all")
            raise
        except Exception as error:  # half an answer is under way, so the missing end line must say that it failed
            self._note(f"failed: {type(error).__name__}: {printable(str(error))}")
            return False
        self._note("200")
        return True

    def _healthy(self, answer: Callable[[], Answer]) -> Answer:
        try:
            return answer()
        except Exception as error:
            self._note(f"failed: {type(error).__name__}: {printable(str(error))}")
            return Response.error(500, "Internal server error")

    def _note(self, how: str) -> None:
        self._log(f"{self._request.method} {printable(self._request.target)} {how}")
