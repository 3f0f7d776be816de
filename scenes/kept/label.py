"""What is written on a run: a name, a note, a pin, its colour. In a small file beside the run's own, `ID.json`."""

from pathlib import Path

import msgspec

from engine.files import put, sweep

LONGEST_NAME, LONGEST_NOTE = 60, 2000  # characters
LARGEST = 64 * 1024  # bytes; what is larger is none of ours
SUFFIX = ".json"


class Label(msgspec.Struct, frozen=True, omit_defaults=True):
    """`number` is that of its colour, once it has been beside other runs (training/worlds)."""

    name: str = ""
    note: str = ""
    pinned: bool = False
    number: int | None = None

    @property
    def wanted(self) -> bool:
        """Whether somebody wants it to stay, however full the folder is: it has a pin, a name or a note."""
        return bool(self.name or self.note or self.pinned)


UNREADABLE = Label(note="(what was written on this run cannot be read)")


def label_path(folder: Path, run: str) -> Path:
    """Where the label of the run of that id lies, if it has one."""
    return folder / f"{run}{SUFFIX}"


def read_label(path: Path) -> Label:
    """What it says; an empty one where there is none, UNREADABLE where it is damaged: somebody had written on it."""
    try:
        if path.stat().st_size > LARGEST:
            return UNREADABLE
        return msgspec.json.decode(path.read_bytes(), type=Label)
    except FileNotFoundError:
        return Label()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return UNREADABLE


def write_label(path: Path, label: Label) -> None:
    """Put it in place; an empty one is no file. Raises OSError."""
    sweep(path)
    if label == Label():
        path.unlink(missing_ok=True)
    else:
        put(path, msgspec.json.encode(label) + b"\n")


def relabel(folder: Path, run: str, **values: str | bool | int) -> None:
    """Change what is written on the run of that id; all else on it stays. Raises OSError."""
    path = label_path(folder, run)
    write_label(path, msgspec.structs.replace(read_label(path), **values))


def checked(text: str, what: str, most: int) -> str:
    """`text` on one line, as a name or a note may be. Raises ValueError, naming `what`, for what is too long."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(plain) > most:
        raise ValueError(f"a {what} has up to {most} characters, not {len(plain)}")
    return plain
