"""Four cards of figures, and the bar of progress."""

from functools import partial

from engine.flat.fonts import Colour
from engine.flat.overlay import Item, Text
from engine.motion import Eased
from scenes.kit.drawing import BODY, FIGURES, STRONG, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.run_words import description, diverged, kept, label, remaining, significant, why_stopped
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from . import skeleton
from .layout import CARDS
from .stat_card import FAINT, RISE, Figure

BAR = 12  # units
KNOB = 8.5  # units: where a run can be looked back at, the bar can be dragged
ROOMY = 680  # units of width from which words stand beside the bar rather than above it
_NAMES = {"epoch": "Current epoch", "loss": "Current loss", "accuracy": "Accuracy", "best": "Best accuracy"}


class Cards(Part):
    """Four figures of the run. Remembers what they show, so that a new value can slide in."""

    def __init__(self) -> None:
        self._figures = {name: Figure(name) for name in CARDS}

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        for figure in self._figures.values():
            figure.tick(moment.run, dt, still=moment.still)

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        run = moment.run
        for name in CARDS:
            rect = drawing.layout.panels[f"card_{name}"]
            if run.status is Status.LOADING:
                skeleton.card(drawing, rect)
            figure = self._figures[name]
            slide = figure.slide
            key = (figure.text, slide, figure.trend, run.status, run.epoch, run.epochs)
            drawing.words(f"card_{name}", rect, key, partial(self._card, drawing, rect, name, run, slide))

    def _card(self, drawing: Drawing, rect: Rect, name: str, snapshot: Snapshot, slide: float) -> list[Item]:
        px, theme, figure = drawing.px, drawing.theme, self._figures[name]
        left = rect.x + px(16)
        base = rect.y + px(46)
        colour = {"loss": theme.loss, "accuracy": theme.accuracy}.get(name, theme.text)
        words: list[Item] = [
            drawing.text(_NAMES[name], (left, rect.y + px(21)), size=12, face=BODY, colour=theme.muted)
        ]
        if snapshot.status is Status.LOADING:
            return words
        at = (left, base + round((1 - slide) * px(RISE * figure.reach)))
        words.append(
            drawing.text(figure.text, at, size=22, face=FIGURES, colour=colour, alpha=FAINT + (1 - FAINT) * slide)
        )
        words += self._below(drawing, rect, name, snapshot, left)
        return words

    def _below(self, drawing: Drawing, rect: Rect, name: str, snapshot: Snapshot, left: int) -> list[Item]:
        px, muted = drawing.px, drawing.theme.muted
        base = rect.bottom - px(9)
        if name == "epoch" and snapshot.epochs:
            return [drawing.text(f"of {snapshot.epochs:,}", (left, base), size=11.5, colour=muted)]
        if name == "best" and snapshot.epoch:
            return [
                drawing.text(
                    "of the run" if snapshot.status is Status.COMPLETE else "so far",
                    (left, base),
                    size=11.5,
                    colour=muted,
                )
            ]
        change, room = self._figures[name].trend, rect.right - px(12) - left
        told = [] if change is None else trend(drawing, change, (left, base), falling_is_good=name == "loss")
        return [drawing.fitted(item, room) for item in told]


class Progress(Part):
    """State, bar, percentage and what remains."""

    def __init__(self) -> None:
        self.bar = Eased(0.0, rate=10.0)  # share of the bar

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part."""
        run = moment.run
        self.bar.target = run.progress
        self.bar.tick(dt)
        if run.run is None or moment.still:
            self.bar.jump(run.progress)  # without a run, no share of one

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        run, rect = moment.run, drawing.layout.panels["progress"]
        px, theme, bar = drawing.px, drawing.theme, bar_of(drawing.layout)
        endless = run.epochs is None  # no share can be told: what moves is the track itself
        sheen = float(endless and run.status is Status.TRAINING)
        drawing.shape(bar.bounds, theme.track[0], alpha=theme.track[1], radius=BAR / 2, sheen=sheen)
        share = 1.0 if endless and run.status is Status.COMPLETE else self.bar.at(moment.blend)
        if share > 0.002:
            moving = run.status is Status.TRAINING
            filled = (bar.x, bar.y, max(float(bar.h), bar.w * share), bar.h)
            drawing.shape(
                filled,
                theme.accent_start,
                second=theme.accent_end,
                radius=BAR / 2,
                glow=0.0 if theme.light else 5.0,
                sheen=float(moving),
            )
        if run.head and run.status in (Status.PAUSED, Status.COMPLETE):
            along = run.epoch / run.head if endless else share  # of what has been played, at least
            knob = (bar.x + bar.w * along, bar.middle[1])
            drawing.disc(knob, KNOB, (255, 255, 255), line=theme.accent_start, line_width=2.0)
        top = rect.y + px(26)
        tone = theme.warn if diverged(run) else status_colour(drawing, run.status)
        drawing.disc((rect.x + px(21), top - px(5)), 4.5, tone, glow=0.0 if theme.light else 4.0)
        key = (label(run), description(run), run.epoch, run.epochs, _left(run))
        drawing.words("progress", rect, key, lambda: self._progress_words(drawing, rect, bar, run))
        if run.status is Status.LOADING:
            skeleton.progress(drawing, bar)

    def _progress_words(self, drawing: Drawing, rect: Rect, bar: Rect, snapshot: Snapshot) -> list[Item]:
        px, theme = drawing.px, drawing.theme
        left = rect.x + px(16)
        top = rect.y + px(26)
        eta = _left(snapshot)
        beside = drawing.overlay.fonts.width(eta, BODY, px(12)) + px(8) if eta else 0
        room = (bar.x if rect.w > px(ROOMY) else rect.right - beside) - left - px(12)
        told = drawing.text(description(snapshot), (left, rect.y + px(45)), size=12, colour=theme.muted)
        words: list[Item] = [
            drawing.text(label(snapshot), (left + px(18), top), size=14, face=STRONG, colour=theme.text),
            drawing.fitted(told, room),
        ]
        percent = "" if snapshot.epochs is None else percentage(snapshot.progress)
        right = rect.right - px(16)
        if rect.w > px(ROOMY):
            base = rect.y + rect.h // 2 + px(5)
            words.append(drawing.text(percent, (bar.right + px(56), base), size=14, face=FIGURES, align="right"))
            words.append(drawing.text(eta, (right, base), size=12, colour=theme.muted, align="right"))
        else:
            words.append(drawing.text(percent, (right, top), size=14, face=FIGURES, align="right"))
            words.append(drawing.text(eta, (right, rect.y + px(45)), size=12, colour=theme.muted, align="right"))
        return words


def bar_of(layout: Layout) -> Rect:
    """Where the bar of progress lies."""
    px, rect = layout.px, layout.panels["progress"]
    roomy = rect.w > px(ROOMY)
    side = px(216) if roomy else 0
    top = rect.y + (rect.h - px(BAR)) // 2 if roomy else rect.bottom - px(16 + BAR)
    return Rect(rect.x + px(16) + side, top, rect.w - px(32) - side - (px(196) if side else 0), px(BAR))


def percentage(share: float) -> str:
    """In whole percent; 100 only at the very end."""
    return f"{100 if share == 1 else min(99, int(share * 100 + 0.5))}%"


def trend(drawing: Drawing, change: float, at: tuple[float, float], *, falling_is_good: bool) -> list[Text]:
    """An arrow, the size of the change and a word: shape and word say what the colour says."""
    theme = drawing.theme
    if change == 0:
        return [drawing.text("no change", at, size=11.5, colour=theme.muted)]
    good = (change < 0) == falling_is_good
    arrow = "↓" if change < 0 else "↑"
    text = f"{arrow} {significant(change)} {'better' if good else 'worse'}"
    return [drawing.text(text, at, size=11.5, colour=theme.ok if good else theme.warn)]


def status_colour(drawing: Drawing, status: Status) -> Colour:
    """The colour that goes with a state."""
    theme = drawing.theme
    return {
        Status.LOADING: theme.warn,
        Status.TRAINING: theme.ok,
        Status.PAUSED: theme.warn,
        Status.COMPLETE: theme.accent,
        Status.ERROR: theme.danger,
    }.get(status, theme.muted)


def _left(snapshot: Snapshot) -> str:
    """What remains, in words; nothing where nobody can know. Else which epochs are kept, or why it stopped."""
    return remaining(snapshot.eta) if snapshot.eta is not None else kept(snapshot) or why_stopped(snapshot)
