"""Whether a file is still being written, by whichever process: what was killed holds nothing any more."""

import sys
from typing import BinaryIO

if sys.platform == "win32":  # there a file that somebody has open cannot be taken away or replaced anyway

    def hold(file: BinaryIO, *, unknown: bool) -> bool:
        """Hold it as long as it is open; whether nobody else does, `unknown` where that cannot be told."""
        return unknown

    def held(file: BinaryIO) -> bool:
        """Whether somebody is writing it, as far as that can be told."""
        return False

else:
    import fcntl

    def hold(file: BinaryIO, *, unknown: bool) -> bool:
        """Hold it as long as it is open; whether nobody else does, `unknown` where that cannot be told."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk that knows no locks
            return unknown
        return True

    def held(file: BinaryIO) -> bool:
        """Whether somebody is writing it, as far as that can be told."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
        return False
