"""What has changed, in words that somebody who drew it understands."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from scenes.checking.changes import changes

Told = dict[str, Any]


def test_the_same_is_no_change(told: Told) -> None:
    assert changes(told, deepcopy(told)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"loss": 0.124}, ["loss: 0.1234 -> 0.124"]),
        ({"loss": None}, ["loss: 0.1234 -> none"]),
        ({"eta": 3.5}, ["eta: none -> 3.5"]),
        ({"parameters": {"batch_size": 64}}, ["parameters batch size: 32 -> 64"]),
        ({"counts": {"links": 61, "neurons": 18}}, ["3 links missing", "1 neuron more"]),
        ({"counts": {"links": 64}}, ["17 neurons missing"]),
        ({"controls": {}}, ["start: {'enabled': False, 'value': None, 'rect': [0, 0, 9, 9]} is missing"]),
        ({"shape": [4, 2]}, ["shape: 4, 2 is new"]),
        ({"panels": {"card_loss": [16, 16, 64, 50]}},
         ["the panel loss card: 64x48 at 16, 16 -> 64x50 at 16, 16", "the panel progress is missing"]),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(told: Told, change: Told, words: list[str]) -> None:
    assert changes(told, {**told, **change}) == words


def test_a_control_that_can_be_used_now_is_told(told: Told) -> None:
    after = deepcopy(told)
    after["controls"]["start"]["enabled"] = True
    assert changes(told, after) == ["start enabled: no -> yes"]


def test_a_text_is_told_with_its_panel(told: Told) -> None:
    after = deepcopy(told)
    after["texts"][1]["text"] = "0.1240"
    after["texts"].append({"text": "better", "panel": "card_loss", "rect": [0, 0, 1, 1], "pixels": 1})
    assert changes(told, after) == ["loss card: 0.1234 -> 0.1240", "loss card: 'better' is new"]
    assert changes(after, told) == ["loss card: 0.1240 -> 0.1234", "loss card: 'better' is missing"]


def test_a_text_that_moved_or_is_covered_is_told(told: Told) -> None:
    after = deepcopy(told)
    after["texts"][0]["rect"] = [21, 18, 40, 12]
    after["texts"][1]["pixels"] = 40
    assert changes(told, after) == [
        "loss card: 'Loss' moved by +1, -2 pixels",
        "loss card: '0.1234' shows 40 pixels of ink, not 90",
    ]


def test_elsewhere_rounding_and_another_freetype_are_no_change(told: Told) -> None:
    after = deepcopy(told)
    after["loss"] = 0.12340000001
    after["texts"][0] |= {"rect": [21, 18, 41, 12], "pixels": 85}
    assert changes(told, after, exact=False) == []
    assert len(changes(told, after, exact=True)) == 2


def test_elsewhere_a_real_change_still_is_one(told: Told) -> None:
    after = deepcopy(told)
    after["loss"] = 0.1235
    after["texts"][0]["rect"] = [25, 20, 40, 12]
    assert changes(told, after, exact=False) == ["loss: 0.1234 -> 0.1235", "loss card: 'Loss' moved by +5, +0 pixels"]


def test_yes_and_one_are_not_the_same(told: Told) -> None:
    assert changes({"on": True}, {"on": 1}) == changes({"on": True}, {"on": 1}, exact=False) == ["on: yes -> 1"]
