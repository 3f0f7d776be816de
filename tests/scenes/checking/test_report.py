"""The report is one file that needs nothing else; tests/report_in_browser.py options at it in a browser."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from scenes.checking import report
from scenes.checking.check import Sheet
from scenes.checking.golden import Goldens
from scenes.checking.verdict import Verdict, judge

if TYPE_CHECKING:
    from conftest import Draw


@pytest.fixture
def sheet(tmp_path: Path, drawn: Draw, here: dict[str, str]) -> Sheet:
    """One shot as it was, one a little and one much different, one without a golden."""
    grey = np.full((120, 200, 3), 90, np.uint8)
    dot = grey.copy()
    dot[60:70, 100:110] = 255
    softpipe = {**here, "renderer": "softpipe"}
    made = Sheet(tmp_path / "own.script", Goldens(tmp_path / "golden"), drawn_by=here)
    made.verdicts = [
        judge(drawn("same"), drawn("same")),
        judge(drawn("little", pixels=grey), drawn("little", pixels=grey + 1)),
        Verdict("lost", drawn("lost"), None, ("there is no golden lost.png",)),
        judge(drawn("much", pixels=grey, by=softpipe), drawn("much", pixels=dot, loss="</script><b>")),
    ]
    return made


def data(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_the_worst_shot_comes_first(sheet: Sheet) -> None:
    assert [shot["shot"] for shot in data(report.page([sheet], []))["shots"]] == ["much", "little", "lost", "same"]


def test_the_page_holds_all_that_it_shows(sheet: Sheet) -> None:
    shown = data(report.page([sheet], ["--theme", "light"]))
    much, little, lost, same = shown["shots"]
    assert shown["title"] == "3 of 4 shots failed"
    assert much["problems"][0] == "loss: 0.1234 -> </script><b>"
    assert (much["golden_by"]["renderer"], much["seen_by"]["renderer"]) == ("softpipe", "llvmpipe")
    assert much["command"].endswith("own.script --theme light --force --accept much")
    assert [each["side"] for each in much["tiles"]] == [16, 32]
    assert max(max(row) for row in much["tiles"][0]["rows"]) == much["tiles"][0]["figure"] > 30
    assert base64.b64decode(much["golden"].partition(",")[2]).startswith(b"\x89PNG")
    assert (little["gate"], little["summary"]) == (report.GATES["SHA-256"], "24000 pixels")
    assert (lost["golden"], lost["tiles"], lost["summary"]) == ("", [], "no usable golden")
    assert (same["seen"], same["same"], same["command"], same["summary"]) == ("", True, "", "the same bytes")


def test_the_page_fetches_nothing_and_may_not(sheet: Sheet) -> None:
    page = report.page([sheet], [])
    assert "default-src 'none'; img-src data:" in page
    assert "{{" not in page
    assert not re.search(r"https?://|url\(|@import|\bfetch\(|XMLHttpRequest|import\(", page)
    addresses = _Addresses()
    addresses.feed(page)
    assert addresses.found == ["data:,"]


def test_a_check_without_any_shot_has_a_page(tmp_path: Path) -> None:
    empty = Sheet(tmp_path / "own.script", Goldens(tmp_path), lines=["own.script:1: unknown verb"])
    shown = data(report.page([empty], []))
    assert (shown["shots"], shown["lines"]) == ([], ["own.script: own.script:1: unknown verb"])
    assert shown["title"] == "0 shots, and what is wrong beside them"


class _Addresses(HTMLParser):
    """All that the page's elements point to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("src", "href", "action", "data")]
