"""What each fault on demand does, read from its plan: no server, no socket."""

import json
import zlib
from itertools import islice

import pytest

from simulation_server.fault_plan import Call, Pause, Reset
from simulation_server.faults import MODES, Fault
from simulation_server.messages import Response

ROWS = [{"epoch": n, "loss": 1 / n, "accuracy": 50 + n} for n in range(1, 10)]


def plan(text, number=1):
    fault = Fault.parse(text)
    healthy = Response.json(200, {"success": True, "data": ROWS})
    return MODES[fault.mode](Call(number, fault.amount, lambda: healthy))


def rows(text):
    (response,) = plan(text)
    return json.loads(response.body)["data"]


def raw(text):
    return b"".join(step for step in plan(text) if isinstance(step, bytes))


def test_waits_are_written_as_pauses():
    assert next(plan("silent")) == Pause(None)
    assert next(plan("late:7")) == Pause(7)
    assert [step for step in plan("slow:5") if isinstance(step, Pause)] == [Pause(0.5)] * 10
    assert list(islice(plan("drip"), 3)) == [b"H", Pause(0.1), b"T"]
    assert list(plan("reset")) == [Reset()]


@pytest.mark.parametrize(("text", "word"), [("nan", "NaN"), ("infinity", "Infinity")])
def test_one_value_in_the_middle_is_not_finite(text, word):
    (response,) = plan(text)
    assert response.body.count(word.encode()) == 1 and len(rows(text)) == 9


def test_tampered_rows_are_wrong_in_one_way_each():
    assert [type(value) for value in rows("wrong-types")[0].values()] == [str, list, bool]
    assert [len(row) for row in rows("missing-fields")] == [3] * 8 + [2]
    assert [row["epoch"] for row in rows("duplicate-epochs")] == [1, 2, 3, 4, 5, 6, 7, 9, 9]
    assert [row["epoch"] for row in rows("out-of-order")] == list(range(9, 0, -1))
    assert [row["epoch"] for row in rows("missing-epochs")] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert [row["epoch"] for row in rows("negative-epochs")] == list(range(-1, -10, -1))
    assert len(rows("too-many")) == 100_000


def test_a_broken_answer_promises_more_than_it_sends():
    head, _, body = raw("broken").partition(b"\r\n\r\n")
    assert 0 < len(body) < int(head.partition(b"Content-Length: ")[2].split()[0])


def test_a_huge_answer_is_valid_and_beyond_ten_megabytes():
    step_sizes = [len(step) for step in plan("huge")]
    assert sum(step_sizes) > 10 * 2**20 and max(step_sizes) < 2**17


def test_a_gzip_bomb_is_small_outside_and_large_inside():
    pieces = [step.split(b"\r\n", 1)[1].removesuffix(b"\r\n") for step in islice(plan("gzip-bomb"), 1, None)]
    unpacker = zlib.decompressobj(31)
    size = sum(len(unpacker.decompress(piece)) for piece in pieces)
    assert size == 64 * 2**20 and sum(map(len, pieces)) < 2**17 and unpacker.eof


def test_redirects_point_somewhere():
    (loop,), (away,) = plan("redirect"), plan("redirect-away")
    assert (loop.status, dict(loop.headers)) == (307, {"Location": "/api/train"})
    assert dict(away.headers)["Location"].startswith("http://localhost:9/")
