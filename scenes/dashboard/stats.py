"""Four cards of figures, and the bar of progress."""

from functools import partial

from engine.flat.fonts import Colour
from engine.flat.overlay import Item, Text
from engine.motion import Eased
from scenes.kit.drawing import BODY, FIGURES, STRONG, TITLE, Drawing
from scenes.kit.findings import sentence, short_sentence
from scenes.kit.part import Moment, Part
from scenes.kit.places import Layout, Rect
from scenes.kit.run_words import diverged, kept, label, remaining, significant, why_stopped
from scenes.training.lifecycle import Status
from scenes.training.snapshot import Snapshot

from . import skeleton
from .layout import CARDS
from .stat_card import FAINT, NOTHING, RISE, SEEN, UNSEEN, Figure

BAR = 12  # units
KNOB = 8.5  # units: where a run can be looked back at, the bar can be dragged
ROOMY = 680  # units of width from which all words stand in one line, with a sentence on what it has come to
SENTENCE, TOP = 20, 29  # units: its size; where its line stands
LARGEST, SMALLEST, BESIDE = 44, 20, 12  # units: size of a figure, as its card has room; between two in one card
WIDEST = {"epoch": "200", "loss": "0.0000", "accuracy": "100.0%", "best": "100.0%"}  # that a size has to hold
FOOT = 33  # units below the baseline of a figure: a line of words, and room to slide in from below
LEAST_LOSS, LEAST_ACCURACY = 0.00005, 0.05  # half of the last digit that is shown
_NAMES = {"epoch": "Epoch", "loss": "Loss", "accuracy": "Accuracy", "best": "Best accuracy"}


class Cards(Part):
    """Four cards of figures; that of the accuracy has a second one for what is unseen, of the same size.

    Remembers what they show, so that a new value can slide in.
    """

    def __init__(self) -> None:
        self._figures = {name: Figure(name) for name in (*CARDS, UNSEEN)}

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
            key = (figure.text, new.text, slides, figure.trend, run.status, run.epoch, run.epochs)
            drawing.words(f"card_{name}", rect, key, partial(self._card, drawing, rect, name, run, slides))

    def _card(self, drawing: Drawing, rect: Rect, name: str, run: Snapshot, slides: list[float]) -> list[Item]:
        px, theme = drawing.px, drawing.theme
        left, inner = rect.x + px(16), rect.w - 2 * px(16)
        if run.status is Status.LOADING:
            return [self._title(drawing, _NAMES[name], left, rect)]
        colour = {"loss": theme.loss, "accuracy": theme.accuracy}.get(name, theme.text)
        told = [(_NAMES[name], self._figures[name], colour)]
        size, across = self._size(drawing, name), inner
        if len(slides) > 1:
            across = (inner - px(BESIDE)) // 2
            whole = drawing.overlay.fonts.width(f"Right, {UNSEEN}", BODY, px(12)) <= across
            told = [(f"Right, {SEEN}" if whole else SEEN.title(), *told[0][1:])]
            told.append((f"Right, {UNSEEN}" if whole else UNSEEN.title(), self._figures[UNSEEN], theme.text))
        words: list[Item] = []
        for column, ((title, figure, ink), slide) in enumerate(zip(told, slides, strict=True)):
            x = left + column * (across + px(BESIDE))
            base = rect.bottom - px(FOOT) + round((1 - slide) * px(RISE * figure.reach))
            shown = FAINT + (1 - FAINT) * slide
            words.append(self._title(drawing, title, x, rect))
            words.append(drawing.text(figure.text, (x, base), size=size, face=FIGURES, colour=ink, alpha=shown))
        return words + self._below(drawing, rect, name, run, left)

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

    def _title(self, drawing: Drawing, title: str, x: int, rect: Rect) -> Text:
        return drawing.text(title, (x, rect.y + drawing.px(21)), size=12, face=BODY, colour=drawing.theme.muted)

    def _below(self, drawing: Drawing, rect: Rect, name: str, snapshot: Snapshot, left: int) -> list[Item]:
        px, muted = drawing.px, drawing.theme.muted
        base, room = rect.bottom - px(9), rect.right - px(12) - left
        if name == "epoch" and snapshot.epochs:
            return [drawing.text(f"of {snapshot.epochs:,}", (left, base), size=11.5, colour=muted)]
        if name == "best" and snapshot.epoch:
            told = "of the run" if snapshot.status is Status.COMPLETE else "so far"
            of = f"{SEEN}, " if snapshot.validation_accuracy is not None else ""
            return [drawing.fitted(drawing.text(of + told, (left, base), size=11.5, colour=muted), room)]
        change = self._figures[name].trend
        shown = [] if change is None else trend(drawing, change, (left, base), of_loss=name == "loss")
        return [drawing.fitted(item, room) for item in shown]


class Progress(Part):
    """State, bar, what it has come to and what remains."""

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
        top = rect.y + px(TOP)
        tone = theme.warn if diverged(run) else status_colour(drawing, run.status)
        drawing.disc((rect.x + px(21), top - px(5)), 4.5, tone, glow=0.0 if theme.light else 4.0)
        key = (label(run), run.status, run.parameters, run.epoch, run.epochs, run.run, _left(run))
        drawing.words("progress", rect, key, lambda: self._progress_words(drawing, rect, run))
        if run.status is Status.LOADING:
            skeleton.progress(drawing, bar)

    def _progress_words(self, drawing: Drawing, rect: Rect, snapshot: Snapshot) -> list[Item]:
        room: float
        px, theme, width = drawing.px, drawing.theme, drawing.overlay.fonts.width
        left, right, top = rect.x + px(16), rect.right - px(16), rect.y + px(TOP)
        state = drawing.text(label(snapshot), (left + px(18), top), size=14, face=STRONG, colour=theme.text)
        eta = drawing.text(_left(snapshot), (right, top), size=12, colour=theme.muted, align="right")
        if rect.w <= px(ROOMY):
            room = right - left - px(18) - width(state.text, STRONG, px(14)) - px(12)
            told = self._sentence(drawing, snapshot, (left, rect.y + px(46)), right - left, (SENTENCE - 5, 13, 11))
            return [state, drawing.fitted(eta, room), told]
        x = state.at[0] + width(state.text, STRONG, px(14)) + px(16)
        room = right - x - (width(eta.text, BODY, px(12)) + px(20) if eta.text else 0)
        return [state, eta, self._sentence(drawing, snapshot, (x, top), room, (SENTENCE, SENTENCE - 3, 14))]

    def _sentence(
        self, drawing: Drawing, snapshot: Snapshot, at: tuple[float, float], room: float, sizes: tuple[float, ...]
    ) -> Text:
        """The sentence in the largest of `sizes` at which it fits, whole if it can be, else short."""
        for text in (sentence(snapshot), short_sentence(snapshot)):
            for size in sizes:
                told = drawing.text(text, at, size=size, face=TITLE, colour=drawing.theme.text)
                if drawing.overlay.fonts.width(told.text, told.face, told.size) <= room:
                    return told
        told = drawing.text(short_sentence(snapshot), at, size=sizes[-1], colour=drawing.theme.text)
        return drawing.fitted(told, room)


def bar_of(layout: Layout) -> Rect:
    """Where the bar of progress lies."""
    px, rect = layout.px, layout.panels["progress"]
    below = px(10 if rect.w > px(ROOMY) else 16)
    return Rect(rect.x + px(16), rect.bottom - below - px(BAR), rect.w - px(32), px(BAR))


def trend(drawing: Drawing, change: float, at: tuple[float, float], *, of_loss: bool) -> list[Text]:
    """An arrow, the size of the change and a word: shape and word say what the colour says.

    What is less than half of the last digit of the figure above has not changed it.
    """
    theme, falling_is_good = drawing.theme, of_loss
    if abs(change) < (LEAST_LOSS if of_loss else LEAST_ACCURACY):
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
