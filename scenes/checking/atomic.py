"""Writes files that belong together: each holds its old or its new content, and all stay old if one has no room."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


def replace_all(files: Mapping[Path, bytes]) -> None:
    """Write `files`; what holds its content already is not touched. Raises OSError that names the file.

    Does not wait for the disk: after a loss of power a file may be empty.
    """
    fresh = [path for path, data in files.items() if not _holds(path, data)]
    beside = {
        path: Path(os.path.realpath(path)).with_name(f".new-{os.getpid()}-{number}")
        for number, path in enumerate(fresh)
    }
    try:
        for path in fresh:
            with _named(path):
                beside[path].write_bytes(files[path])
        for path in fresh:
            with _named(path):
                os.replace(beside[path], os.path.realpath(path))
    finally:
        for each in beside.values():
            with suppress(OSError):
                each.unlink()


def _holds(path: Path, data: bytes) -> bool:
    with _named(path):
        return path.is_file() and path.read_bytes() == data


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Whatever goes wrong within is told with the name that the user knows."""
    try:
        yield
    except OSError as why:
        raise OSError(why.errno, why.strerror, str(path)) from None
