"""What has happened to an exhibit since it was installed: counters in a file, which nothing sets back by itself."""

import json
from collections.abc import Callable
from pathlib import Path

from engine.files import put

LARGEST = 64 * 1024  # bytes of such a file
DAMAGED = ".damaged"


class Counters:
    """Counts by name. A file that cannot be read is put aside; one that cannot be written is tried again."""

    def __init__(self, path: Path, say: Callable[[str], object] = lambda line: None) -> None:
        self._path, self._say = path, say
        self.counts: dict[str, int] = {}
        try:
            if path.exists():
                told = json.loads(path.read_bytes()[:LARGEST])
                self.counts = {str(name): int(count) for name, count in told.items() if count >= 0}
        except (OSError, ValueError, AttributeError, TypeError) as why:
            self._say(f"{path.name} cannot be read and is put aside: {why}")
            self._put_aside()

    def add(self, name: str) -> int:
        """One more of that; how many there have been."""
        self.counts[name] = self.counts.get(name, 0) + 1
        try:
            put(self._path, json.dumps(self.counts, indent=1, sort_keys=True).encode())
        except OSError as why:
            self._say(f"{self._path.name} cannot be written: {why.strerror}")
        return self.counts[name]

    def _put_aside(self) -> None:
        try:
            self._path.replace(self._path.with_name(self._path.name + DAMAGED))
        except OSError:
            self.counts = {}
