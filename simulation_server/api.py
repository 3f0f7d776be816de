"""The routes: a request in, a response out. Opens no socket, keeps no state but what it is given."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import replace

from .cross_origin import readable
from .json_body import Invalid, members
from .line_response import Answer
from .messages import Request, Response
from .run_source import wants_training
from .server_context import ServerContext
from .simulated_run import simulation

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
JSON_TYPES = frozenset({"application/json"})
CHARSETS = frozenset({"utf-8", "utf8"})  # the name, and what people write

Endpoint = Callable[[Request, ServerContext], Answer]


def service(request: Request, context: ServerContext) -> Response:
    """GET /: say what this is and what can be asked of it."""
    endpoints = {
        "POST /api/train": "Simulate or really train a run (body: { source, epochs, learningRate, ... }, all optional)",
        "GET /api/health": "Say that the server is up, and its time",
    }
    return Response.json(200, {"service": "AI Training Visualizer API", "status": "running", "endpoints": endpoints})


def health(request: Request, context: ServerContext) -> Response:
    """GET /api/health: say that the server is up, with its time in milliseconds since 1970."""
    return Response.json(200, {"status": "ok", "timestamp": int(context.now() * 1000)})


def train(request: Request, context: ServerContext) -> Answer:
    """POST /api/train: every epoch of one run, simulated or trained (docs/protocol.md)."""
    unsupported = _unsupported_body(request)
    if unsupported is not None:
        return Response.error(415, unsupported, field="body")
    try:
        given = members(request.body)
        if not wants_training(given):
            return simulation(request, given, context)
        from .trained_run import training  # here, so that a server which only simulates never loads the trainer

        return training(request, given, context)
    except Invalid as invalid:
        return Response.error(invalid.status, invalid.message, field=invalid.field)


ROUTES: Mapping[str, Mapping[str, Endpoint]] = {
    "/": {"GET": service},
    "/api/health": {"GET": health},
    "/api/train": {"POST": train},
}


def answer(request: Request, *, context: ServerContext, host: str) -> Answer:
    """Return the response to any request; `host` is the address that the server is bound to."""
    refusal = _foreign_host(request, host)
    response = refusal if refusal is not None else _routed(request, context)
    asks_before = request.method == "OPTIONS"
    return readable(response, request.header("origin"), methods=_methods(request) if asks_before else None)


def _methods(request: Request) -> list[str]:
    """Those of an address; of all of them for the server as a whole, `*` (RFC 9110 9.3.7)."""
    if request.path == "*":
        return sorted({method for methods in ROUTES.values() for method in methods})
    return list(ROUTES.get(request.path, {}))


def _routed(request: Request, context: ServerContext) -> Answer:
    methods = ROUTES.get(request.path)
    if request.path == "*" and request.method == "OPTIONS":
        return Response(204, headers=(("Allow", ", ".join([*_methods(request), "HEAD", "OPTIONS"])),))
    if methods is None:
        return Response.error(404, "There is nothing at this address; GET / lists what there is")
    endpoint = methods.get("GET" if request.method == "HEAD" else request.method)
    if endpoint is not None:
        return endpoint(request, context)
    allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])
    if request.method == "OPTIONS":
        return Response(204, headers=(("Allow", allowed),))
    refusal = Response.error(405, f"This address does not take that method; use one of: {allowed}")
    return replace(refusal, headers=(("Allow", allowed),))


def _foreign_host(request: Request, bound: str) -> Response | None:
    """Refuse names that are not this machine's, so that no web page can reach us by rebinding its own name."""
    hosts = request.values("host")
    if len(hosts) > 1 or (not hosts and request.minor_version):
        return Response.error(400, "A request needs exactly one Host header; send one")
    if not hosts or _is_local(_without_port(hosts[0]), bound):
        return None
    return Response.error(403, "This server answers only to its own address; use localhost or 127.0.0.1")


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()


def _is_local(name: str, bound: str) -> bool:
    name = name.removesuffix(".")  # the root of all names, which may be written
    if name in LOCAL_HOSTS or name.strip("[]") == bound.lower():
        return True
    try:
        # Bound to every address: any address will do, since rebinding needs a name.
        return ipaddress.ip_address(bound).is_unspecified and bool(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return False


def _unsupported_body(request: Request) -> str | None:
    """Say why the body cannot be JSON by its own headers, or None; a body without a type is taken for JSON."""
    if request.header("content-encoding") not in (None, "identity"):
        return "Compressed bodies are not accepted; send plain JSON"
    kind, *options = [part.strip().lower() for part in (request.header("content-type") or "").split(";")]
    if request.body and kind and kind not in JSON_TYPES:
        return "The body must be JSON; send it with Content-Type: application/json"
    charset = next((option for option in options if option.startswith("charset=")), "charset=utf-8")
    named = charset.partition("=")[2].strip('"')
    return None if named in CHARSETS else "The body must be JSON in UTF-8"
