"""What visitors are asked is spoken once, in their language, and never an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenes.kiosk.speech import PROGRAM, Speech, one_text


class Begun:
    """What a process is to whoever has begun it."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def poll(self) -> int:
        return 0


class Heard:
    def __init__(self) -> None:
        self.begun: list[Begun] = []

    def __call__(self, words: list[str], **options: Any) -> Any:
        self.begun.append(Begun(words))
        return self.begun[-1]

    @property
    def words(self) -> list[list[str]]:
        return [each.words[1:] for each in self.begun]


def test_a_text_is_spoken_once_in_its_language_and_silence_ends_it() -> None:
    heard, said = Heard(), list[str]()
    speech = Speech(said.append, program="/usr/bin/spd-say", start=heard)
    speech.hush()
    for _ in range(3):
        speech.tell("What shall it learn?", "en")
    speech.tell("Was soll es lernen?", "de")
    speech.hush()
    speech.hush()
    speech.tell("Was soll es lernen?", "de")
    assert heard.words == [
        ["--language", "en", "--", "What shall it learn?"],
        ["--language", "de", "--", "Was soll es lernen?"],
        ["--cancel"],
        ["--language", "de", "--", "Was soll es lernen?"],
    ]
    assert not said


def test_without_the_program_it_is_silent_and_says_so_once(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said: list[str] = []
    speech = Speech(said.append, start=Heard())
    speech.tell("What shall it learn?", "en")
    speech.hush()
    assert not speech.speaks and len(said) == 1 and PROGRAM in said[0]


def test_a_program_that_is_gone_is_told_of_once(tmp_path: Path) -> None:
    said: list[str] = []
    speech = Speech(said.append, program=str(tmp_path / "gone"))
    speech.tell("one", "en")
    speech.tell("two", "en")
    assert len(said) == 1 and "gone" in said[0] and not speech.speaks


def test_names_are_parted_by_stops() -> None:
    assert one_text(["What shall it learn?", "Digits", "", "Colours"]) == "What shall it learn? Digits. Colours."
