"""A kept run is meant by its id, a part that no other has, or its name; else there is a sentence with near matches."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from scenes.kept.choosing import NotOneRun, chosen
from scenes.kept.index import Run
from scenes.kept.listing import listed

IDS = ("20260128-090000-m2xb", "20260127-184434-k3h9", "20260127-184434-k3f7")


@pytest.fixture
def runs() -> list[Run]:
    told = dict.fromkeys(Run.__struct_fields__, None) | {"parameters": {}, "special": {}, "epochs": 0, "status": "cut"}
    told |= dict.fromkeys(("name", "note", "source", "dataset", "title", "reason", "began"), "")
    made = [Run(**told | {"id": run}) for run in IDS]
    return [msgspec.structs.replace(run, name=name) for run, name in zip(made, ("", "two rings", "Ringe"), strict=True)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (IDS[1], 1),
        ("20260128", 0),
        ("m2", 0),
        ("M2XB", 0),
        ("k3f", 2),
        ("20260127-184434-k3h", 1),
        ("two rings", 1),
        (" Two Rings ", 1),
        ("ringe", 2),
    ],
)
def test_an_id_may_be_shortened_and_a_name_does(runs: list[Run], text: str, number: int) -> None:
    assert chosen(text, runs) == runs[number]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("k3", "'k3' may be any of 2 kept runs: 20260127-184434-k3h9 (two rings), 20260127-184434-k3f7 (Ringe)."),
        ("k3f8", "No kept run is called 'k3f8', did you mean 20260127-184434-k3f7 (Ringe)?"),
        ("two ring", "did you mean 20260127-184434-k3h9 (two rings)"),
        ("something", "No kept run is called 'something'; python3 viz.py runs lists them."),
        ("", "No kept run is called ''"),
    ],
)
def test_what_no_run_or_more_than_one_is_called_is_a_sentence(runs: list[Run], text: str, words: str) -> None:
    with pytest.raises(NotOneRun) as told:
        chosen(text, runs)
    assert words in str(told.value)


def test_where_nothing_is_kept_that_is_said() -> None:
    with pytest.raises(NotOneRun, match="there are none yet"):
        chosen("k3f7", [])


def test_of_many_that_might_be_meant_some_are_named(runs: list[Run]) -> None:
    many = [msgspec.structs.replace(runs[0], id=f"20260128-09000{n}-m2xb") for n in range(9)]
    with pytest.raises(NotOneRun, match="and 6 more"):
        chosen("2026", many)


def test_a_list_has_a_line_for_each(runs: list[Run], lines_of: Callable[..., list[bytes]]) -> None:
    full = msgspec.structs.replace(
        runs[1],
        dataset="circle",
        special={"layers": "8,8"},
        status="complete",
        epochs=50,
        planned=50,
        loss=0.0807,
        accuracy=99.0,
        unseen=97.5,
        best_unseen=98.0,
        seconds=0.214,
        began="2026-01-27 18:44:34",
        pinned=True,
    )
    head, *told = listed([full, msgspec.structs.replace(runs[2], planned=9, epochs=1, loss=1.0, accuracy=50.0)]).split(
        "\n"
    )
    assert head.split("  ")[0] == "id" and len(told) == 2
    cells = ("* two rings", "circle", "layers=8,8", "complete, 97.5 % unseen (best 98.0), loss 0.0807")
    assert all(cell in told[0] for cell in (*cells, "50 epochs, 0.2 s", "2026-01-27 18:44"))
    assert "figures alone" in told[1] and "cut, 50.0 %, loss 1" in told[1] and "1 of 9 epochs" in told[1]
    assert "No runs are kept yet" in listed([])
