"""Somebody else's words, made fit to be shown."""

QUOTE = 160  # characters of anybody else's words, at most


def plain(text: str, most: int = QUOTE) -> str:
    """Printable and short: hostile words can neither break the layout nor the log."""
    begun = text[: 4 * most].lstrip()[:most]  # before anything is done with all of it
    return "".join(letter if letter.isprintable() else " " for letter in begun).strip().rstrip(".")
