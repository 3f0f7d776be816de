"""What went wrong, what to do next, and a code for the staff: slides in over the field."""

from engine.overlay import Item
from engine.text import Colour
from scenes.theme import mixed
from scenes.training.controller import Snapshot

from .drawing import BODY, DIGITS, STRONG, Drawing
from .layout import Rect
from .words import diverged


def draw_notice(drawing: Drawing, rect: Rect, snapshot: Snapshot, shown: float) -> None:
    """What happened, what to do next, and a code for the staff; slides in as `shown` goes from 0 to 1."""
    notice = _notice(drawing, snapshot)
    if notice is None or shown <= 0:
        drawing.overlay.remove("error")
        return
    px, theme, (tone, lines) = drawing.px, drawing.theme, notice
    top = rect.y - round((1 - shown) * px(10))
    ground = mixed(theme.panel, tone, 0.16)
    drawing.shape(
        (rect.x, top, rect.w, rect.h),
        ground,
        alpha=0.97 * shown,
        radius=14,
        line=tone,
        line_width=1.2,
        line_alpha=0.7 * shown,
    )
    words: list[Item] = [drawing.icon("triangle-alert", (rect.x + px(30), top + px(34)), size=24, colour=tone)]
    looks = ((13.0, STRONG, theme.text), (12.5, BODY, theme.muted), (11.0, DIGITS, theme.muted))
    base = top + px(28)
    for text, (size, face, ink) in zip(lines, looks, strict=True):
        for part in drawing.wrapped(text, rect.w - px(72), size=size, face=face):
            at = (rect.x + px(56), base)
            words.append(drawing.text(part, at, size=size, face=face, colour=ink, alpha=shown))
            base += px(16)
        base += px(5)
    drawing.write("error", Rect(rect.x, rect.y - px(12), rect.w, rect.h + px(12)), words)


def _notice(drawing: Drawing, snapshot: Snapshot) -> tuple[Colour, tuple[str, str, str]] | None:
    theme, error = drawing.theme, snapshot.error
    if error:
        return theme.danger, (error.sentence, error.hint, f"code {error.code}")
    if diverged(snapshot) and snapshot.ending:
        what, _, _ = snapshot.ending.reason.partition(": ")
        hint = "Too high a learning rate: choose a smaller one."
        return theme.warn, (_sentence(what), hint, f"epoch {snapshot.epoch} of {snapshot.epochs}")
    return None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
