"""What the colours, widths and lights of the network mean, in a line or two below it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.flat.fonts import Colour
from engine.flat.overlay import Item
from engine.scene import Entries
from scenes.kit.drawing import BODY, Drawing
from scenes.kit.part import Moment, Part
from scenes.kit.shape_cache import ShapeCache
from scenes.kit.theme import Theme
from scenes.kit.walk_choice import WalkChoice
from scenes.kit.words import say
from scenes.training.epoch import Network
from scenes.training.sample_walk import BACKWARD, FORWARD, UPDATE

SIZE, LINE = 12, 19  # units: of its words, and of a line
GROUND = 0.66  # opacity of what it stands on, so that it can be read over whatever glows there
STROKE, DISC = 16, 10  # units that a sign takes, a line or a disc
SIGN, APART = 6, 18  # units between a sign and its word, and between two entries


@dataclass(frozen=True)
class Entry:
    """A word, by its key after "legend.", and the sign before it: the ink of a link or of a face, or none."""

    key: str
    ink: Colour | None = None
    link: bool = False
    short: bool = False

    @property
    def text(self) -> str:
        """The word."""
        return say(f"legend.{self.key}", short=self.short)


Line = tuple[Entry, ...]


def lines(theme: Theme, network: Network, *, room: bool) -> tuple[Line, ...]:
    """What is to be explained of a network, what matters most first; in two lines where there is `room`, else one."""
    yes, no = Entry("yes", theme.yes), Entry("no", theme.no)
    excites = Entry("excites", theme.positive, link=True, short=not room)
    calms = Entry("calms", theme.negative, link=True, short=not room)
    if not room:
        return ((excites, calms, yes, no),)
    if network.side:
        ink, none = Entry("ink", theme.yes), Entry("no_ink", theme.no)
        faces: Line = (ink, none, *map(Entry, ("lights", "lit", "largest")))
    elif network.flat:
        faces = (yes, no, Entry("map"), Entry("strong"))
    else:
        faces = (Entry("bands", theme.yes), Entry("active"))
    return (excites, calms, *map(Entry, ("thick", "sparks", "click"))), faces


def walk_lines(theme: Theme, kind: str) -> tuple[Line, ...]:
    """The same while one sample is led through: of a step of that kind."""
    told = {
        FORWARD: ("adds", "takes", "much", "puts_out"),
        BACKWARD: ("more_loss", "less_loss", "much", "large_delta"),
        UPDATE: ("grows", "shrinks", "moved"),
    }.get(kind)
    if told is None:
        return (tuple(map(Entry, ("number", "steps", "let_play"))),)
    more, less, *rest = told
    signs = (Entry(more, theme.positive, link=True), Entry(less, theme.negative, link=True))
    return (
        (*signs, *map(Entry, rest)),
        tuple(map(Entry, ("steps", "other", "play"))),
    )


TO_TOUCH = tuple(map(Entry, ("drag", "zoom", "keys", "projector")))


class Legend(Part):
    """Tells what is drawn of a trained network; while there is none, what can be touched."""

    def __init__(self, walk: WalkChoice) -> None:
        self._walk = walk
        self._cache = ShapeCache()

    def draw(self, drawing: Drawing, moment: Moment) -> None:
        """See Part."""
        run = moment.run
        network = run.run.network if run.run and run.state else None
        if run.error or "legend" not in drawing.layout.panels:  # in a low window the error is told here
            drawing.overlay.remove("legend")
            return
        kind = self._walk.step.kind if self._walk.open else ""
        key = (drawing.theme.key, network and (network.side, network.flat), kind)
        room = drawing.layout.panels["legend"].h >= drawing.px(2 * LINE)
        told = lines(drawing.theme, network, room=room) if network else (TO_TOUCH,)
        told = walk_lines(drawing.theme, kind)[: 1 + room] if kind else told
        self._cache.draw(drawing, key, lambda: self._draw(drawing, told))

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        place = moment.page.panels.get("legend")
        return {"panels": lambda: {"legend": list(place.bounds)}} if place else {}

    def _draw(self, drawing: Drawing, told: tuple[Line, ...]) -> None:
        rect, px, theme = drawing.layout.panels["legend"], drawing.px, drawing.theme
        words: list[Item] = []
        for row, line in enumerate(told):
            middle = rect.bottom - px(LINE) * (len(told) - row - 0.5)
            seen = list(placed(drawing, line))
            if seen:
                left = seen[0][1] - px(10)
                whole = (left, middle - px(LINE) / 2, 2 * (rect.middle[0] - left), px(LINE))
                drawing.shape(whole, theme.panel, alpha=GROUND, radius=9)
            for entry, x in seen:
                sign = 0
                if entry.ink and entry.link:
                    sign = STROKE
                    drawing.shape((x, middle - px(2), px(STROKE), px(4)), entry.ink, radius=2)
                elif entry.ink:
                    sign = DISC
                    drawing.disc((x + px(DISC) / 2, middle), DISC / 2, entry.ink)
                at = (x + (px(sign + SIGN) if sign else 0), middle + px(SIZE * 0.36))
                words.append(drawing.text(entry.text, at, size=SIZE, colour=theme.muted))
        drawing.write("legend", rect, words)


def placed(drawing: Drawing, told: Line) -> Iterator[tuple[Entry, float]]:
    """As many entries as have room, and where each begins, pixels: together in the middle of the line."""
    px, rect = drawing.px, drawing.layout.panels["legend"]
    wide = []
    for entry in told:
        sign = (STROKE if entry.link else DISC) + SIGN if entry.ink else 0
        wide.append(px(sign) + drawing.overlay.fonts.width(entry.text, BODY, px(SIZE)))
    count = len(told)
    while count and sum(wide[:count]) + (count - 1) * px(APART) > rect.w - px(8):
        count -= 1
    if 0 < count < len(told) and told[count - 1].ink and told[count].ink:  # of yes and no neither without the other
        count -= 1
    x = rect.middle[0] - (sum(wide[:count]) + max(0, count - 1) * px(APART)) / 2
    for entry, width in zip(told[:count], wide, strict=False):
        yield entry, x
        x += width + px(APART)
