"""What a card shows, in time: a new figure slides in where there is time for it, a trend stays to be read."""

from engine.motion import ease_out
from scenes.kit.run_words import loss_figure, percent
from scenes.kit.trends import ACCURACY, LOSS, UNSEEN_ACCURACY, Trend, trend
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

SLIDE = 0.2  # seconds that a new figure takes, and half an interval at most, so that it rests before the next one comes
RISE = 10  # units below its place that it comes from; less where it has less time
FAINT = 0.85  # opacity that it starts with: a figure can be read at any moment
FAST = 150  # milliseconds an epoch below which figures are simply there, and trends are held
HELD = 1 / 3  # seconds that a held trend stays, to be read
NOTHING = "–"
UNSEEN = "unseen"  # the figure of the rows that are kept aside
TRENDS = {"loss": LOSS, "accuracy": ACCURACY, UNSEEN: UNSEEN_ACCURACY}  # of which column a card tells the trend


class Figure:
    """The figure `name` of a card, and its trend. Draws nothing."""

    def __init__(self, name: str) -> None:
        self.text = NOTHING
        self.trend: Trend | None = None
        self.reach = 1.0  # how far it slides: a share of RISE
        self._name = name
        self._age = SLIDE  # seconds since the figure changed
        self._held = HELD  # seconds since the trend changed
        self._told: object = (None, 0)  # the run and the epoch whose trend is known
        self._newest: Trend | None = None
        self._shown: object = None  # the run and the epoch whose figure is known
        self._found = NOTHING

    @property
    def slide(self) -> float:
        """How far it has come, 0 to 1."""
        return ease_out(self._age / (SLIDE * self.reach))

    def tick(self, snapshot: Snapshot, dt: float, *, still: bool = False) -> None:
        """Move on by `dt` seconds; `still`, it changes without sliding."""
        self._age += dt
        self._held += dt
        change = self._trend(snapshot)
        text = self._text_of(snapshot)
        if text != self.text:
            self.text, self.reach = text, min(1.0, snapshot.interval / 2000 / SLIDE)
            self._age = SLIDE if still or snapshot.interval < FAST else 0.0
        rushing = snapshot.status is Status.TRAINING and snapshot.interval < FAST
        if change != self.trend and (not rushing or None in (change, self.trend) or self._held > HELD - dt / 2):
            self.trend, self._held = change, 0.0

    def _text_of(self, snapshot: Snapshot) -> str:
        """What it shows; found anew once an epoch."""
        now = (snapshot.run, snapshot.epoch, snapshot.silent)
        if now != self._shown:
            self._shown, self._found = now, _figure(self._name, snapshot)
        return self._found

    def _trend(self, snapshot: Snapshot) -> Trend | None:
        """That of the epoch that is shown; found anew once an epoch."""
        now = (snapshot.run, snapshot.epoch, snapshot.silent)
        if self._name in TRENDS and now != self._told:
            self._newest = _trend(self._name, snapshot)
        self._told = now
        return self._newest


def told_of(name: str, snapshot: Snapshot) -> tuple[str, Trend | None]:
    """The figure `name` and its trend, as its card will show them at that moment."""
    return _figure(name, snapshot), _trend(name, snapshot) if name in TRENDS else None


def _trend(name: str, snapshot: Snapshot) -> Trend | None:
    """What the figure has done lately; nothing where it is none of the run's, since some neurons are silent."""
    return None if snapshot.silent else trend(snapshot.run, TRENDS[name], snapshot.epoch)


def _figure(name: str, snapshot: Snapshot) -> str:
    if snapshot.best_accuracy is None:  # nothing has been shown yet
        return NOTHING
    if name == "epoch":
        return f"{snapshot.epoch:,}"
    if name == "loss":
        return NOTHING if snapshot.loss is None else loss_figure(snapshot.loss)
    best = snapshot.best_accuracy if snapshot.best_unseen is None else snapshot.best_unseen
    share = {UNSEEN: snapshot.validation_accuracy, "accuracy": snapshot.accuracy, "best": best}[name]
    return NOTHING if share is None else percent(share)
