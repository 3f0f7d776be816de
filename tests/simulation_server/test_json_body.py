"""The body, split into members: what is kept, what is skipped, and how large each part may be."""

import json

import pytest

from simulation_server.json_body import KNOWN, Invalid, decoded, members
from simulation_server.messages import LARGEST_BODY


def refused(body):
    with pytest.raises(Invalid) as caught:
        members(body)
    return caught.value


def test_known_members_are_kept_undecoded_and_others_are_skipped():
    given = members(b'{"epochs": 5, "colour": [1, {"a": "b"}], "layers": [6, 5], "epochs": 7}')
    assert {name: bytes(raw).strip() for name, raw in given.items()} == {"epochs": b"7", "layers": b"[6, 5]"}


def test_a_name_written_with_escapes_is_the_same_name():
    assert list(members(rb'{"\u0065pochs": 5}')) == ["epochs"]


def test_no_body_is_an_empty_object():
    assert members(b"") == members(b"{}") == {}


def test_every_known_name_can_be_given():
    given = members(json.dumps(dict.fromkeys(KNOWN, 1)).encode())
    assert [decoded(name, given[name]) for name in KNOWN] == [1] * len(KNOWN)


def test_only_the_text_in_csv_may_make_a_body_large():
    text = "1,2,a\n" * 100_000
    assert list(members(json.dumps({"csv": text}).encode())) == ["csv"]
    error = refused(json.dumps({"csv": text, "colour": "x" * LARGEST_BODY}).encode())
    assert (error.status, error.field) == (413, "body") and "besides the text in csv" in error.message


@pytest.mark.parametrize(
    "body",
    [
        b" " * (LARGEST_BODY + 1),
        b"[" * (LARGEST_BODY + 1),
        b'{"layers":[' + b"1," * LARGEST_BODY + b"1]}",
        b"{" + b",".join(b'"key%d":1' % number for number in range(20_000)) + b"}",
        b"\xff" * (LARGEST_BODY + 1),
    ],
    ids=["spaces", "nested", "long list", "many keys", "no text"],
)
def test_any_other_large_body_is_too_large(body):
    assert refused(body).status == 413
