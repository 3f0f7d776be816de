"""The one place that reads addresses: of http and https, made the same, and what of them may be printed."""

from urllib.parse import SplitResult, unquote, urlsplit


def read(text: str) -> str:
    """`text` as an address without a slash at its end, its scheme and host in lower case. Raises ValueError."""
    words = text.strip()
    if not words.isprintable() or any(letter.isspace() for letter in words):
        raise ValueError("an address has no blanks in it")
    parts = urlsplit(words)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError("it does not begin with http:// or https:// and the name of a machine")
    if parts.query or parts.fragment:
        raise ValueError("nothing follows the path of an address")
    user, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}{at}{_place(parts)}").geturl().rstrip("/")


def public(url: str) -> str:
    """What may be shown of an address: no user, and no password."""
    try:
        parts = urlsplit(url.strip())
        shown = parts._replace(netloc=_place(parts)).geturl() if parts.hostname else url
    except ValueError:  # no address at all
        shown = url
    return shown.rpartition("@")[2] if "@" in shown.partition("?")[0] else shown


def credentials(url: str) -> str:
    """User and password of an address, "user:password"; empty where it has none, or is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""


def _place(parts: SplitResult) -> str:
    """Host and port alone."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port is None else f"{host}:{parts.port}"
