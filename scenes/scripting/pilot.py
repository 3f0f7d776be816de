"""The script verbs that belong to the visualizer."""

from pathlib import Path

from engine.input import Point
from engine.scripting.words import LONGEST, VerbError, ticks
from scenes.dashboard.choices import choose
from scenes.stage import Stage
from scenes.training.lifecycle import Status

from .appearance_verbs import Looks
from .scripted_transport import Server

LONGEST_COUNT, LONGEST_SEED = 6, 19  # digits
UNDER_WAY = (Status.LOADING, Status.TRAINING)


class VisualizerPilot(Looks):
    """All verbs of the script language. Each public method is one; its docstring is its manual."""

    def __init__(self, scene: Stage, *, server: Server | None, out: Path) -> None:
        board = scene.dashboard
        super().__init__(
            scene,
            place=self._find,
            describe=lambda: scene.app.scenes.top.describe(),
            status=lambda: board.snapshot.status.value,
            statuses=[status.value for status in Status],
            out=out,
        )
        self._server = server

    def seed(self, number: str) -> None:
        """seed NUMBER: the same number gives the same runs.

        For example:

            seed 7
        """
        if not number.isdecimal() or len(number) > LONGEST_SEED or int(number) >= 2**63:
            raise VerbError(f"'{number}' is not a whole number from 0 to 2^63 - 1")
        self._stage.source.seed = int(number)

    def dataset(self, name: str) -> None:
        """dataset NAME: what is learned from now on; short for set dataset NAME.

        For example:

            dataset circle
        """
        choose(self._stage.dashboard, "dataset", name)

    def set(self, name: str, value: str) -> None:
        """set CONTROL VALUE: give a control exactly this value, without a pointer; fails where it is locked.

        Controls: `learning_rate batch_size epochs speed dataset source theme`; `speed` in milliseconds an epoch. To
        show how a visitor does it, use `press` and `drag`.

            set learning_rate 0.03
            set batch_size 64
            set epochs 40
            set speed 50
        """
        choose(self._stage.dashboard, name, value)

    def run(self, duration: str) -> None:
        """run DURATION: let time pass; DURATION as 2s, 250ms, 90ticks or 10epochs.

        Epochs are those of the run: so many more will have been shown. That fails where no run is under way, and where
        it ends before.

            run 1s
            press start
            run 10epochs
        """
        count = duration.removesuffix("s").removesuffix("epoch")
        if count.isdecimal() and len(count) <= LONGEST_COUNT and duration not in (count, f"{count}s"):
            self._run_epochs(int(count))
        else:
            super().run(duration)

    def server(self, mode: str) -> None:
        """server MODE: what the backend does: healthy, refused, silent, slow:SECONDS, error:STATUS, flaky:N ...

        It stays so until the next `server`. All modes are listed below.

            server flaky:2
        """
        if self._server is None:
            raise VerbError("a backend that was named by --url or VIZ_API_URL is not ours to change")
        try:
            self._misbehave(self._server, mode)
        except ValueError as why:
            raise VerbError(str(why)) from None

    def _run_epochs(self, count: int) -> None:
        board, begun = self._stage.dashboard, self._stage.dashboard.snapshot.head
        for _ in range(ticks(f"{LONGEST:g}s")):
            shown, status = board.snapshot.head - begun, board.snapshot.status
            if shown >= count:
                return
            if status not in UNDER_WAY:
                told = f"the status is '{status.value}' after {shown} of {count} epochs"
                raise VerbError(told if shown else f"no epoch will be shown while the status is '{status.value}'")
            self._tick()
        raise VerbError(f"{count} epochs have not been shown after {LONGEST:g}s, but {board.snapshot.head - begun}")

    def _misbehave(self, server: Server, mode: str) -> None:
        """Have the backend in `mode`. Raises ValueError."""
        server.misbehave(mode)

    def _find(self, name: str, value: str | None) -> Point | None:
        dashboard = self._stage.dashboard
        dashboard.reveal(name)
        if value is None and name == "field":
            return dashboard.layout.field.middle
        if value is None and name in dashboard.layout.panels:
            return dashboard.layout.panels[name].middle
        try:
            return dashboard.controls.at(name, value)
        except ValueError:
            raise VerbError(f"'{value}' is no value for '{name}'") from None
