"""Four cards of figures, and the bar of progress."""

from dataclasses import dataclass
from functools import partial

from engine.motion import Eased, ease_out
from engine.overlay import Item
from engine.text import Colour
from scenes.training.controller import Snapshot
from scenes.training.lifecycle import Status

from . import skeleton
from .drawing import BODY, FIGURES, STRONG, Drawing
from .layout import CARDS, Layout, Rect
from .words import description, diverged, label, remaining, significant

SLIDE = 0.2  # seconds
RISE = 10  # units below its place that a new value comes from
FAINT = 0.6  # opacity that it starts with: a figure is never missing from a picture
BAR = 12  # units
KNOB = 8.5  # units: where a run can be looked back at, the bar can be dragged
ROOMY = 680  # units of width from which words stand beside the bar rather than above it
NOTHING = "–"
_NAMES = {"epoch": "Current epoch", "loss": "Current loss", "accuracy": "Accuracy", "best": "Best accuracy"}


@dataclass
class _Value:
    text: str = NOTHING
    age: float = SLIDE  # seconds since it changed


class Stats:
    """Remembers what the cards show, so that a new value can slide in."""

    def __init__(self) -> None:
        self.bar = Eased(0.0, rate=10.0)  # share of the progress bar
        self._values = {name: _Value() for name in CARDS}

    def tick(self, snapshot: Snapshot, dt: float, *, still: bool = False) -> None:
        """Move on by `dt` seconds; `still`, values change without sliding."""
        self.bar.target = snapshot.progress
        self.bar.tick(dt)
        if snapshot.run is None or still:
            self.bar.jump(snapshot.progress)  # without a run, no share of one
        for name, value in self._values.items():
            text = _figure(name, snapshot)
            if text != value.text:
                value.text, value.age = text, SLIDE if still else 0.0
            else:
                value.age += dt

    def draw_cards(self, drawing: Drawing, snapshot: Snapshot) -> None:
        """Draw the four cards."""
        for name in CARDS:
            rect = drawing.layout.panels[f"card_{name}"]
            if snapshot.status is Status.LOADING:
                skeleton.card(drawing, rect)
            value = self._values[name]
            slide = ease_out(value.age / min(SLIDE, snapshot.interval / 2000))
            key = (value.text, slide, snapshot.status, snapshot.epoch, snapshot.epochs)
            drawing.words(f"card_{name}", rect, key, partial(self._card, drawing, rect, name, snapshot, slide))

    def draw_progress(self, drawing: Drawing, rect: Rect, snapshot: Snapshot, blend: float) -> None:
        """Draw state, bar, percentage and what remains."""
        px, theme, bar = drawing.px, drawing.theme, bar_of(drawing.layout)
        drawing.shape(bar.bounds, theme.track[0], alpha=theme.track[1], radius=BAR / 2)
        share = self.bar.at(blend)
        if share > 0.002:
            moving = snapshot.status is Status.TRAINING
            filled = (bar.x, bar.y, max(float(bar.h), bar.w * share), bar.h)
            drawing.shape(
                filled,
                theme.accent_start,
                second=theme.accent_end,
                radius=BAR / 2,
                glow=0.0 if theme.light else 5.0,
                sheen=float(moving),
            )
        if snapshot.head and snapshot.status in (Status.PAUSED, Status.COMPLETE):
            knob = (bar.x + bar.w * share, bar.middle[1])
            drawing.disc(knob, KNOB, (255, 255, 255), line=theme.accent_start, line_width=2.0)
        top = rect.y + px(26)
        tone = theme.warn if diverged(snapshot) else status_colour(drawing, snapshot.status)
        drawing.disc((rect.x + px(21), top - px(5)), 4.5, tone, glow=0.0 if theme.light else 4.0)
        key = (label(snapshot), description(snapshot), snapshot.epoch, snapshot.epochs, snapshot.eta)
        drawing.words("progress", rect, key, lambda: self._progress_words(drawing, rect, bar, snapshot))

    def _card(self, drawing: Drawing, rect: Rect, name: str, snapshot: Snapshot, slide: float) -> list[Item]:
        px, theme, value = drawing.px, drawing.theme, self._values[name]
        left = rect.x + px(16)
        base = rect.y + rect.h // 2 + px(7)
        colour = {"loss": theme.loss, "accuracy": theme.accuracy}.get(name, theme.text)
        words: list[Item] = [
            drawing.text(_NAMES[name], (left, rect.y + px(24)), size=12, face=BODY, colour=theme.muted)
        ]
        if snapshot.status is Status.LOADING:
            return words
        at = (left, base + round((1 - slide) * px(RISE)))
        words.append(
            drawing.text(value.text, at, size=22, face=FIGURES, colour=colour, alpha=FAINT + (1 - FAINT) * slide)
        )
        words += self._below(drawing, rect, name, snapshot, left)
        return words

    def _below(self, drawing: Drawing, rect: Rect, name: str, snapshot: Snapshot, left: int) -> list[Item]:
        px, muted = drawing.px, drawing.theme.muted
        base = rect.bottom - px(11)
        if name == "epoch" and snapshot.epochs:
            return [drawing.text(f"of {snapshot.epochs}", (left, base), size=11.5, colour=muted)]
        if name == "best" and snapshot.epoch:
            return [
                drawing.text(
                    "of the run" if snapshot.status is Status.COMPLETE else "so far",
                    (left, base),
                    size=11.5,
                    colour=muted,
                )
            ]
        now = snapshot.loss if name == "loss" else snapshot.accuracy if name == "accuracy" else None
        before = snapshot.previous_loss if name == "loss" else snapshot.previous_accuracy
        if now is None or before is None:
            return []
        return trend(drawing, now - before, (left, base), falling_is_good=name == "loss")

    def _progress_words(self, drawing: Drawing, rect: Rect, bar: Rect, snapshot: Snapshot) -> list[Item]:
        px, theme = drawing.px, drawing.theme
        left = rect.x + px(16)
        top = rect.y + px(26)
        words: list[Item] = [
            drawing.text(label(snapshot), (left + px(18), top), size=14, face=STRONG, colour=theme.text),
            drawing.text(description(snapshot), (left, rect.y + px(45)), size=12, colour=theme.muted),
        ]
        percent = f"{int(snapshot.progress * 100 + 0.5)}%"
        eta = remaining(snapshot.eta) if snapshot.eta is not None else ""
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


def trend(drawing: Drawing, change: float, at: tuple[float, float], *, falling_is_good: bool) -> list[Item]:
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


def _figure(name: str, snapshot: Snapshot) -> str:
    if snapshot.loss is None or snapshot.accuracy is None or snapshot.best_accuracy is None:
        return NOTHING
    return {
        "epoch": str(snapshot.epoch),
        "loss": f"{snapshot.loss:.4f}",
        "accuracy": f"{snapshot.accuracy:.1f}%",
        "best": f"{snapshot.best_accuracy:.1f}%",
    }[name]
