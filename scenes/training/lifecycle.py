"""The life of a run as one table: six states, and every way between them.

    IDLE --start--> LOADING --loaded--> TRAINING --tick_last--> COMPLETE --start--> LOADING
                                        TRAINING --pause--> PAUSED --resume--> TRAINING
    LOADING, TRAINING, PAUSED, COMPLETE, ERROR --stop--> IDLE
    LOADING, TRAINING, PAUSED --failed--> ERROR --retry--> LOADING
    every state --internal_error--> ERROR
    TRAINING, PAUSED, COMPLETE --branch--> the same, and --branched--> TRAINING once the other run has come so far
    PAUSED --step--> PAUSED, one epoch on; PAUSED and COMPLETE --look--> the same, at an epoch that has been shown
    COMPLETE --replay--> TRAINING, played again from the epoch that is looked at, with nothing trained anew
    IDLE --undo--> PAUSED, or COMPLETE: the run that was put away last is there again

Where the web app's diagram is unclear, this table decides: `retry` is legal in ERROR alone, `stop` wherever there is
something to stop or to put away, and `start` is refused in ERROR, where Retry stands in its place.
"""

from enum import Enum


class Status(Enum):
    """What is going on; the values are the words of scripts and descriptions."""

    IDLE = "idle"
    LOADING = "loading"
    TRAINING = "training"
    PAUSED = "paused"
    COMPLETE = "complete"
    ERROR = "error"


USER_EVENTS = ("start", "pause", "resume", "stop", "retry")
EVENTS = (
    *USER_EVENTS,
    *("set_param", "set_speed"),  # the user's, without a button
    *("loaded", "failed"),  # the source's
    "branched",  # another run has come as far as it is to be shown
    *("tick", "tick_last"),  # playback's: one more epoch, and the end
    "internal_error",
    *("step", "look", "replay", "undo", "undo_complete", "branch"),  # the user's as well; beyond the web app's table
)

TABLE: dict[tuple[Status, str], Status] = {
    (Status.IDLE, "start"): Status.LOADING,
    (Status.IDLE, "set_param"): Status.IDLE,
    (Status.IDLE, "undo"): Status.PAUSED,
    (Status.IDLE, "undo_complete"): Status.COMPLETE,
    (Status.LOADING, "loaded"): Status.TRAINING,
    (Status.LOADING, "failed"): Status.ERROR,
    (Status.LOADING, "stop"): Status.IDLE,
    (Status.TRAINING, "pause"): Status.PAUSED,
    (Status.TRAINING, "stop"): Status.IDLE,
    (Status.TRAINING, "tick"): Status.TRAINING,
    (Status.TRAINING, "tick_last"): Status.COMPLETE,
    (Status.TRAINING, "failed"): Status.ERROR,
    (Status.PAUSED, "resume"): Status.TRAINING,
    (Status.PAUSED, "stop"): Status.IDLE,
    (Status.PAUSED, "failed"): Status.ERROR,
    (Status.PAUSED, "step"): Status.PAUSED,
    (Status.PAUSED, "look"): Status.PAUSED,
    (Status.COMPLETE, "look"): Status.COMPLETE,
    (Status.COMPLETE, "replay"): Status.TRAINING,
    (Status.COMPLETE, "start"): Status.LOADING,
    (Status.COMPLETE, "stop"): Status.IDLE,
    (Status.COMPLETE, "set_param"): Status.COMPLETE,
    **{(status, "branch"): status for status in (Status.TRAINING, Status.PAUSED, Status.COMPLETE)},
    **{(status, "branched"): Status.TRAINING for status in (Status.TRAINING, Status.PAUSED, Status.COMPLETE)},
    (Status.ERROR, "retry"): Status.LOADING,
    (Status.ERROR, "stop"): Status.IDLE,
    (Status.ERROR, "set_param"): Status.ERROR,
    **{(status, "internal_error"): Status.ERROR for status in Status},
    **{(status, "set_speed"): status for status in Status},
}
