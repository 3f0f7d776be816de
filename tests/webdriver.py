"""A browser that is driven from a test: Chromium through chromedriver, with the standard library alone."""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1440,900"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the network is off
)
KEYS = {"up": "\ue013", "down": "\ue015", "left": "\ue012", "right": "\ue014"}


@contextmanager
def opened(work: Path) -> Iterator[Browser]:
    """A headless browser with a new profile in `work`, and its network off."""
    driver = subprocess.Popen(
        ["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    try:
        assert driver.stdout
        started = next(line for line in driver.stdout if "started successfully on port" in line)
        browser = Browser(int(started.rstrip(".\n").rpartition(" ")[2]), work / "profile")
        yield browser
        browser.close()
    finally:
        driver.terminate()
        driver.wait()


class Browser:
    """A session of WebDriver, spoken with the standard library. Raises RuntimeError for what the driver refuses."""

    def __init__(self, port: int, profile: Path) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"], "perfLoggingPrefs": {"enableNetwork": True}}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._base += f"/session/{made['sessionId']}"
        self.open("about:blank")
        self.log("performance")  # what the browser asked for by itself, for its first page

    def open(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def ask(self, script: str) -> Any:
        """What `script` returns, once the page has come to rest."""
        wait = (
            "const done = arguments[0]; requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done), 50));"
        )
        self._ask("POST", "/execute/async", {"script": wait, "args": []})
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def press(self, key: str) -> None:
        strokes = [{"type": kind, "value": KEYS.get(key, key)} for kind in ("keyDown", "keyUp")]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        moves = [
            {"type": "pointerMove", "x": start[0], "y": start[1], "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerMove", "x": end[0], "y": end[1], "duration": 50},
            {"type": "pointerUp", "button": 0},
        ]
        self._ask("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": moves}]})

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def log(self, kind: str) -> list[dict[str, Any]]:
        return list(self._ask("POST", "/se/log", {"type": kind}))

    def close(self) -> None:
        self._ask("DELETE", "")

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, method=method)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as why:
            raise RuntimeError(json.load(why)["value"]["message"].splitlines()[0]) from None
