"""Carries out one request, step by step as the fault of the hour plans it. Decides nothing about its content."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from .fault_plan import Pause, Reset, Step
from .faults import Episode
from .handler import Handler, Log, printable
from .line_response import Answer, LineResponse
from .messages import Request, Response


@dataclass(slots=True)
class Exchange:
    """One request on one connection; `stopped` says whether the server has been told to end."""

    handler: Handler
    request: Request
    stopped: Callable[[], bool]
    clock: Callable[[], float]
    log: Log

    def carry_out(self, answer: Callable[[], Answer], episode: Episode) -> None:
        """Answer as the episode would have it, and end the connection where that is its last. Raises OSError."""
        with closing(episode.plan(lambda: self._healthy(answer))) as plan:
            for step in plan:
                if not self._done(step, episode):
                    self.handler.close_connection = True
                    return

    def gone(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self.stopped() or self.handler.stream.peer_is_gone()

    def _done(self, step: Step, episode: Episode) -> bool:
        """Take one step; return whether another may follow."""
        match step:
            case LineResponse():
                with closing(step):
                    return not self.stopped() and self._all_sent(step)
            case Response() if self.stopped():
                return False  # woken from the delay by the end of the server: the run was not served its time
            case Response():
                self.handler.send_whole(step)
                self._note(str(step.status))
            case Pause():
                return not episode.hold(step.seconds, gone=self.handler.stream.peer_is_gone, clock=self.clock)
            case Reset():
                self.handler.stream.reset()
                return False
            case _:
                self.handler.send_raw(step)
        return True

    def _all_sent(self, answer: LineResponse) -> bool:
        """Send the lines as they come; return False where they end early, and with them the connection."""
        try:
            self.handler.send_lines(answer)
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
        self.log(f"{self.request.method} {printable(self.request.target)} {how}")
