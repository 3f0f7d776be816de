"""Reads a visitor's own rows; what is in them is the backend's to judge."""

from pathlib import Path

LARGEST = 7 * 1024**2  # bytes; the backend takes 8 MB in all


def own_rows(path: Path | None) -> str:
    """The text of the file at `path`, or nothing without one. Raises ValueError that names the file."""
    if path is None:
        return ""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"{path} is larger than {LARGEST // 1024**2} MB: send fewer rows")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not a text file in UTF-8") from None
    except OSError as why:
        raise ValueError(f"{path}: {why.strerror}") from None
