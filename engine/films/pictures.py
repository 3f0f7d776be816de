"""A folder of numbered PNGs: needs no encoder, and loses nothing."""

from pathlib import Path

from engine import png
from engine.files import put

from .encoder import FilmError, Pixels, Size

NAME = "frame-{:06}.png"  # from 1; at 60 fps its number is the tick


NOTE = b"a frame of a film"
HEAD = 128  # bytes of a picture, in which the note stands


class PictureFolder:
    """Writes DIR/frame-000001.png and so on. Those of an earlier film of ours there are removed; nothing else is."""

    def __init__(self, out: Path, size: Size, fps: int) -> None:
        self._out, self._count = out, 0
        try:
            out.mkdir(parents=True, exist_ok=True)
            earlier = sorted(out.glob(f"frame-{'[0-9]' * 6}.png"))
            if strange := [old for old in earlier if not _ours(old)]:
                raise FilmError(f"{out} holds pictures of another film ({strange[0].name}): name another folder")
            for old in earlier:
                old.unlink()
        except OSError as why:
            raise FilmError(f"{out} cannot be used for pictures ({why.strerror}): name another folder") from None

    def write(self, pixels: Pixels) -> None:
        """See Encoder."""
        self._count += 1
        path = self._out / NAME.format(self._count)
        try:
            put(path, png.encoded(pixels, note=NOTE), lasting=False)
        except OSError as why:
            raise FilmError(
                f"{path} cannot be written ({why.strerror}): free some room, or name another folder"
            ) from None

    def close(self) -> None:
        """See Encoder; each picture is whole already."""


def _ours(picture: Path) -> bool:
    with picture.open("rb") as file:
        return NOTE in file.read(HEAD)
