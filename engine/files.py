"""Files that are whole or not there: written beside their name, and put in place once they are.

What a program that was killed has left beside is swept away by the next one that writes there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BEGUN = ".part"  # within the name of what is not whole yet


def beside(path: Path) -> Path:
    """Where `path` is written until it is whole: hidden, of this process, and with the same ending."""
    return path.with_name(f".{path.stem}{BEGUN}-{os.getpid()}{path.suffix}")


def put(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Let `path` hold `data`, or what it held before. `lasting` waits for the disk. Raises OSError."""
    with placed(path) as begun, open(begun, "wb") as file:
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A name to write to within the block; after it `path` is what was written, unless the block has failed.

    Folders are made where they are missing. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = beside(path)
    try:
        yield begun
        os.replace(begun, path)
    except BaseException:
        with suppress(OSError):
            begun.unlink()
        raise


def sweep(path: Path) -> None:
    """Take away what programs that are no more have begun of `path`."""
    with suppress(OSError):
        for left in path.parent.glob(f".{path.stem}{BEGUN}-*{path.suffix}"):
            number = left.name.removeprefix(f".{path.stem}{BEGUN}-").removesuffix(path.suffix)
            if number.isdecimal() and not _runs(int(number)):
                left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Whether there is such a process; where that cannot be asked, yes."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
