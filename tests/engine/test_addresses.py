"""One function reads addresses, and none of them is printed with its secret."""

import pytest

from engine.addresses import credentials, public, read


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://127.0.0.1:3001", "http://127.0.0.1:3001"),
        ("HTTP://LOCALHOST:3001/", "http://localhost:3001"),
        ("  http://localhost:3001 \n", "http://localhost:3001"),
        ("https://Example.ORG/lab//", "https://example.org/lab"),
        ("http://[::1]:3001", "http://[::1]:3001"),
        ("http://user:secret@host:80", "http://user:secret@host:80"),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, address: str) -> None:
    assert read(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "here",
        "ftp://host",
        "http://",
        "http:///path",
        "http://host:0",
        "http://host:99999",
        "http://host:x",
        "http://[",
        "http://a b",
        "http://host/\x00",
        "http://host?x=1",
        "http://host#x",
        "http://user@",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text)


@pytest.mark.parametrize(
    "url", ["http://user:secret@host:80/x", "http://user:secret@", "http://user:secret@host:x", "//u:secret@h"]
)
def test_no_secret_is_ever_shown(url: str) -> None:
    assert "secret" not in public(url) and "user" not in public(url)


def test_who_asks_is_told_apart_from_where() -> None:
    assert (
        credentials("http://me:a%20b@host") == "me:a b" and credentials("http://host") == credentials("http://[") == ""
    )
    assert public("http://host:80/x") == "http://host:80/x"
