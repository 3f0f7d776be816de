"""Four cards of figures, and the bar of progress."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from engine.flat.fonts import Colour
from engine.flat.overlay import Item, Text
from engine.motion import Eased
from scenes.kit.drawing import BODY, FIGURES, STRONG, TITLE, Drawing
from scenes.kit.findings import sentence, sentences
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.run_words import diverged, kept, label, remaining, significant, why_stopped
from scenes.kit.trends import POINTS, WORSE, Trend
from scenes.kit.words import SHORT, say
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from . import skeleton
from .charts import View
from .layout import CARDS
from .replay_button import replay_words
from .stat_card import FAINT, NOTHING, RISE, UNSEEN, Figure, told_of

BAR = 12  # units
MARK = 4  # units that the mark of the epoch that is read on a chart stands out of the bar
KNOB = 8.5  # units: where a run can be looked back at, the bar can be dragged
ROOMY = 680  # units of width from which all words stand in one line, with a sentence on what it has come to
SENTENCE, TOP = 20, 29  # units: its size; where its line stands
LARGEST, SMALLEST, BESIDE = 44, 20, 12  # units: size of a figure, as its card has room; between two in one card
WIDEST = {"epoch": "200", "loss": "0.0000", "accuracy": "100.0%", "best": "100.0%"}  # that a size has to hold
FOOT = 35  # units below the baseline of a figure: a line of words, and room to slide in from below
NAME_SIZES, NOTE_SIZES = (12, 11), (11.5, 10.5)  # units high, of a title, and of what stands below a figure

Told = tuple[tuple[str, Trend | None], tuple[str, Trend | None]]


@dataclass(frozen=True)
class _Card:
    """All its words where they come to rest, and which of them slide there."""

    words: tuple[Item, ...]
    figures: tuple[tuple[int, Text, str], ...]  # the place of each among the words, and whose figure it is


class Cards(Part):
    """Four cards of figures; that of the accuracy has a second one for what is unseen, of the same size.

    Remembers what they show, so that a new value can slide in.
    """

    def __init__(self) -> None:
        self._figures = {name: Figure(name) for name in (*CARDS, UNSEEN)}
        self._rests: dict[str, tuple[object, _Card]] = {}  # what does not slide, and what it depends on

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
            new, slides = self._figures[UNSEEN], [figure.slide]
            if name == "accuracy" and new.text != NOTHING:
                slides.append(new.slide)
            told = (figure.text, figure.trend), (new.text, new.trend)
            key = told, run.status, run.epoch, run.epochs, run.best_unseen_epoch, run.silent
            make = partial(self._words, drawing, rect, name, run, told, key, slides)
            drawing.words(f"card_{name}", rect, (key, slides), make)

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        run, words = moment.run, list[Item]()
        new = told_of(UNSEEN, run)
        for name in CARDS:
            card = self._card(drawing, drawing.layout.panels[f"card_{name}"], name, run, (told_of(name, run), new))
            words += card.words
        return words

    def _words(
        self, drawing: Drawing, rect: Rect, name: str, run: Snapshot, told: Told, key: object, slides: list[float]
    ) -> list[Item]:
        """All words of a card; those that stand still are made once an epoch."""
        px, depends = drawing.px, (key, rect, drawing.theme.key, drawing.layout.scale)
        if name not in self._rests or self._rests[name][0] != depends:
            self._rests[name] = depends, self._card(drawing, rect, name, run, told)
        card = self._rests[name][1]
        words = list(card.words)
        for (place, text, figure), slide in zip(card.figures, slides, strict=False):
            low = round((1 - slide) * px(RISE * self._figures[figure].reach))
            words[place] = replace(text, at=(text.at[0], text.at[1] + low), alpha=FAINT + (1 - FAINT) * slide)
        return words

    def _card(self, drawing: Drawing, rect: Rect, name: str, run: Snapshot, told: Told) -> _Card:
        """The words of a card: `told` are its figure with its trend, and those of the unseen rows."""
        px, theme, new = drawing.px, drawing.theme, told[1]
        left, inner = rect.x + px(16), rect.w - 2 * px(16)
        if run.status is Status.LOADING:
            return _Card((self._title(drawing, _name(name, run), left, rect, inner),), ())
        colour = theme.accuracy if name == "accuracy" else theme.text  # no alarm for a loss that falls
        columns = [(_name(name, run), name, told[0], colour)]
        size, across, both = self._size(drawing, name), inner, name == "accuracy" and new[0] != NOTHING
        short = False
        if both:
            across = (inner - px(BESIDE)) // 2
            columns = [("card.right.seen", *columns[0][1:]), ("card.right.unseen", UNSEEN, new, theme.text)]
            pair = [say(key) for key, *_ in columns]  # both whole, or both short
            short = max(drawing.overlay.fonts.width(each, BODY, px(NAME_SIZES[0])) for each in pair) > across
        words, figures = list[Item](), list[tuple[int, Text, str]]()
        for column, (title, figure, (value, change), ink) in enumerate(columns):
            x = left + column * (across + px(BESIDE))
            at = (x, rect.bottom - px(FOOT))
            text = drawing.text(value, at, size=size, face=FIGURES, colour=ink)
            words += [self._title(drawing, title, x, rect, across, short=short), text]
            figures.append((len(words) - 1, text, figure))
            room = across if both else rect.right - px(12) - left
            words += self._below(drawing, name, change, run, (x, rect.bottom - px(9)), room)
        return _Card(tuple(words), tuple(figures))

    def _size(self, drawing: Drawing, card: str) -> float:
        """Units: the size that all figures have room for; where two in one card have too little, these are smaller."""
        px, width = drawing.px, drawing.overlay.fonts.width
        high = drawing.layout.panels["card_epoch"].h / drawing.layout.scale
        sizes = {}
        for name in CARDS:
            inner = drawing.layout.panels[f"card_{name}"].w - 2 * px(16)
            across = (inner - px(BESIDE)) / 2 if name == "accuracy" else float(inner)
            sizes[name] = min(
                LARGEST * across / width(WIDEST[name], FIGURES, px(LARGEST)), LARGEST, (high - FOOT - 27) * 1.33
            )
        common = min(size for name, size in sizes.items() if name != "accuracy" or size >= SMALLEST)
        return min(common, sizes[card])

    def _title(self, drawing: Drawing, key: str, x: int, rect: Rect, room: float, *, short: bool = False) -> Text:
        at, key = (x, rect.y + drawing.px(21)), key + SHORT * short
        return drawing.said(key, at, room, sizes=NAME_SIZES, colour=drawing.theme.muted)

    def _below(
        self, drawing: Drawing, name: str, change: Trend | None, run: Snapshot, at: tuple[float, float], room: float
    ) -> list[Item]:
        """What stands below a figure: of how many, since when, or where it is going."""
        muted = drawing.theme.muted
        if name == "epoch" and run.epochs:
            of = {"epochs": run.epochs}
            return [drawing.said("card.of", at, room, sizes=NOTE_SIZES, colour=muted, fields=of)]
        if name == "best" and run.epoch:
            told = "card.of_the_run" if run.status is Status.COMPLETE else "card.so_far"
            key, fields = ("card.at", {"epoch": run.best_unseen_epoch}) if run.best_unseen_epoch else (told, {})
            return [drawing.said(key, at, room, sizes=NOTE_SIZES, colour=muted, fields=fields)]
        return [] if change is None else [trend_text(drawing, change, at, room)]


class Progress(Part):
    """State, bar, what it has come to and what remains."""

    def __init__(self, view: View) -> None:
        self._view = view
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
        if self._view.cursor and self._view.cursor <= run.head:  # the epoch that the pointer reads on a chart
            x = bar.x + bar.w * self._view.cursor / (run.epochs or run.head)
            drawing.shape((x - px(1), bar.y - px(MARK), px(2), bar.h + 2 * px(MARK)), theme.text, alpha=0.9, radius=1)
        top = rect.y + px(TOP)
        tone = theme.warn if diverged(run) else status_colour(drawing, run.status)
        drawing.disc((rect.x + px(21), top - px(5)), 4.5, tone, glow=0.0 if theme.light else 4.0)
        tried = sentence(run) if run.attempt else ""  # counts down between epochs, too
        key = (
            label(run),
            run.status,
            run.parameters,
            run.epoch,
            run.epochs,
            run.run,
            run.ending,
            run.silent,
            tried,
            _left(run),
            "replay" in run.can,
        )
        drawing.words("progress", rect, key, lambda: self._progress_words(drawing, rect, run))
        if run.status is Status.LOADING:
            skeleton.progress(drawing, bar)

    def prepare(self, drawing: Drawing, moment: Moment) -> Sequence[Item]:
        """See Part."""
        return self._progress_words(drawing, drawing.layout.panels["progress"], moment.run)

    def _progress_words(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> list[Item]:
        px, theme, width = drawing.px, drawing.theme, drawing.overlay.fonts.width
        left, right, top = rect.x + px(16), rect.right - px(16), rect.y + px(TOP)
        again, end = list[Item](), right
        if "replay" in snapshot.can:
            again = replay_words(drawing, looks_back=snapshot.replay)
            end = drawing.layout.slots["compare"].x - px(12)
        state = drawing.text(label(snapshot), (left + px(18), top), size=14, face=STRONG, colour=theme.text)
        eta = drawing.text(_left(snapshot), (end, top), size=12, colour=theme.muted, align="right")
        if rect.w <= px(ROOMY):
            beside = end - left - px(18) - width(state.text, STRONG, px(14)) - px(12)
            told = self._sentence(drawing, snapshot, (left, rect.y + px(50)), right - left, (15, 14, 13, 12, 11, 10))
            return [state, drawing.fitted(eta, beside), told, *again]
        x = state.at[0] + width(state.text, STRONG, px(14)) + px(16)
        eta = drawing.fitted(eta, (end - x) / 2)  # a server's reason may be of any width
        room = end - x - (width(eta.text, BODY, px(12)) + px(20) if eta.text else 0)
        told = self._sentence(drawing, snapshot, (x, top), room, (SENTENCE, SENTENCE - 2, 16, 14))
        return [state, eta, told, *again]

    def _sentence(
        self, drawing: Drawing, snapshot: Snapshot, at: tuple[float, float], room: float, sizes: tuple[float, ...]
    ) -> Text:
        """The sentence in the largest of `sizes` at which it fits, as whole as it can be."""

        def text(words: str, size: float) -> Text:
            return drawing.text(words, at, size=size, face=TITLE, colour=drawing.theme.text)

        for words, tried in zip(sentences(snapshot), (sizes[:2], sizes[:2], sizes), strict=True):
            for size in tried:
                if _holds(drawing, fitting := text(words, size), room):
                    return fitting
        return drawing.fitted(fitting, room)


def bar_of(layout: Layout) -> Rect:
    """Where the bar of progress lies."""
    px, rect = layout.px, layout.panels["progress"]
    below = px(10 if rect.w > px(ROOMY) else 12)
    return Rect(rect.x + px(16), rect.bottom - below - px(BAR), rect.w - px(32), px(BAR))


def trend_text(drawing: Drawing, trend: Trend, at: tuple[float, float], room: float) -> Text:
    """An arrow, the size of a change, its unit and since when, as far as `room` pixels hold them.

    What is noise is steady, in the ink of what does not matter.
    """
    theme = drawing.theme
    if not trend.real:
        return drawing.fitted(drawing.text(say("steady"), at, size=11.5, colour=theme.muted), room)
    ink = theme.warn if trend.direction == WORSE else theme.ok
    number = f"{abs(trend.change):.1f}" if trend.unit == POINTS else _plain(significant(trend.change))
    size = say("size.points" if trend.unit == POINTS else "size.plain", number=number)
    arrow = "↓" if trend.change < 0 else "↑"
    told: dict[str, Any] = {"arrow": arrow, "size": size, "number": number, "since": trend.since}
    sized = (("since", 11.5), ("then", 11.5), ("then", 10.5), ("size", 11.5), ("number", 11.5))
    forms = [drawing.text(say(f"trend.{form}", **told), at, size=size, colour=ink) for form, size in sized]
    return next((form for form in forms if _holds(drawing, form, room)), drawing.fitted(forms[-1], room))


def _plain(number: str) -> str:
    """0.020 as 0.02: the size of a change is no measurement."""
    return number.rstrip("0").rstrip(".") if "." in number and "e" not in number else number


def _holds(drawing: Drawing, text: Text, room: float) -> bool:
    return drawing.overlay.fonts.width(text.text, text.face, text.size) <= room


def _name(name: str, run: Snapshot) -> str:
    """The key of a card's title."""
    if name == "loss" and run.validation_loss is not None:
        return "card.loss.seen"
    return "card.best.unseen" if name == "best" and run.best_unseen is not None else f"card.{name}"


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
