"""Which shape the description of a shot has, as far as it is compared part by part."""

from typing import Any, TypedDict

import msgspec

_Rect = tuple[int, int, int, int]  # left, top, width, height in pixels


class _Text(TypedDict):
    text: str
    panel: str
    rect: _Rect
    pixels: int


class _Told(TypedDict, total=False):
    counts: dict[str, int]
    panels: dict[str, _Rect]
    texts: list[_Text]
    controls: dict[str, dict[str, Any]]
    text_layer: str


def misshapen(told: object) -> str:
    """Where `told` is no description of a shot, such as "texts[0].rect"; empty if it is one.

    Does not say that its values are right, nor that anything is there at all.
    """
    try:
        msgspec.convert(told, _Told)
    except msgspec.ValidationError as why:
        return str(why).rpartition("`$.")[2].removesuffix("`") if "`$." in str(why) else "its beginning"
    return ""
