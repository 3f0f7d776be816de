"""What leads a visitor, spoken by the system's own speech program, where there is one."""

import shutil
import subprocess
from collections.abc import Callable, Sequence

PROGRAM = "spd-say"  # of speech-dispatcher, which knows what voices there are; a later text interrupts an earlier one


class Speech:
    """Speaks a text once, when it is another one than before. Without the program it is silent, and says so once.

    `start` begins a process and returns at once, as subprocess.Popen does. `say` writes the log.
    """

    def __init__(
        self,
        say: Callable[[str], object],
        *,
        program: str | None = None,
        start: Callable[..., "subprocess.Popen[bytes]"] = subprocess.Popen,
    ) -> None:
        self._say, self._start = say, start
        self._program = program or shutil.which(PROGRAM)
        self._told: tuple[str, str] | None = None
        self._begun: list[subprocess.Popen[bytes]] = []
        if self._program is None:
            say(f"Nothing is spoken: {PROGRAM} is not installed (Debian: apt install speech-dispatcher)")

    @property
    def speaks(self) -> bool:
        """Whether there is a program that does."""
        return self._program is not None

    def tell(self, text: str, language: str) -> None:
        """Speak that, unless it was what was spoken last."""
        if text and (text, language) != self._told:
            self._told = text, language
            self._run("--language", language, "--", text)

    def hush(self) -> None:
        """Fall silent; the next text is spoken, whichever it is."""
        if self._told is not None:
            self._told = None
            self._run("--cancel")

    def _run(self, *words: str) -> None:
        self._begun = [each for each in self._begun if each.poll() is None]  # those that have ended are taken leave of
        if self._program is None:
            return
        try:
            self._begun.append(self._start([self._program, *words], **QUIET))
        except OSError as why:
            self._program = None
            self._say(f"Nothing is spoken: {why}")


QUIET: dict[str, int | bool] = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.DEVNULL,
    "stderr": subprocess.DEVNULL,
    "start_new_session": True,
}


def one_text(parts: Sequence[str]) -> str:
    """Sentences and names as one text, each ended by a stop, so that a voice pauses between them."""
    return " ".join(part if part.endswith((".", "?", "!", ":")) else f"{part}." for part in parts if part)
