"""Looks at the report of a check in a real browser: every view, every key, no error, nothing fetched.

Needs Chromium and chromedriver (Debian: `apt-get install chromium chromium-driver`). Makes a report of
four shots of states.script, one of them changed, one faintly, one without a golden. Not collected by pytest.

examples:
  .venv/bin/python tests/report_in_browser.py
  .venv/bin/python tests/report_in_browser.py --out looks       keeps a picture of each view in looks/
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from webdriver import Browser, opened

ROOT = Path(__file__).resolve().parents[1]
BEGIN = "seed 7\nshot idle\npress start\nuntil training within=5s\nrun 1050ms\nshot first\n"
END = "run {more}ticks\nshot second\nshot third\n"
VIEWS = ("slider", "blink", "sides", "difference", "tiles")
STATE = """
return {
  shot: document.getElementById("name").textContent,
  view: document.querySelector("#views [aria-checked=true]")?.dataset.view ?? "",
  value: document.getElementById("value").textContent,
  clip: document.querySelector("#seen img").style.clipPath,
  golden: !document.getElementById("golden").hidden, seen: !document.getElementById("seen").hidden,
  drawn: !document.getElementById("drawn").hidden,
  wide: document.getElementById("pair").getBoundingClientRect().width,
  command: document.getElementById("command").textContent,
  selected: String(getSelection()),
  bright: (() => {
    const canvas = document.getElementById("drawn");
    if (canvas.hidden) return 0;
    const context = canvas.getContext("2d", {willReadFrequently: true});
    const levels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    return levels.filter((level, at) => at % 4 < 3 && level > 60).length;
  })(),
  over: document.documentElement.scrollWidth > innerWidth,
}"""
BLINKED = """
const seen = document.getElementById("seen");
return new Promise((done) => {
  new MutationObserver(() => done(seen.hidden)).observe(seen, { attributes: true, attributeFilter: ["hidden"] });
});"""


class Look:
    """Does something to the page, and tells what it shows then."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def state(self) -> dict[str, Any]:
        return dict(self._browser.ask(STATE))

    def press(self, key: str) -> dict[str, Any]:
        self._browser.press(key)
        return self.state()

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
        self._browser.drag(start, end)
        return self.state()


def main() -> int:
    """Make a report, look at it; 1 if anything was not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="folder for a picture of each view")
    out = parser.parse_args().out
    if not shutil.which("chromedriver"):
        sys.exit("report_in_browser.py needs chromium and chromedriver: apt-get install chromium chromium-driver")
    with tempfile.TemporaryDirectory(prefix="report-") as work:
        report = _report(Path(work))
        with opened(Path(work)) as browser:
            browser.open(report.as_uri())
            wrong = [*_walked(browser, out), *_logged(browser, report)]
    print("\n".join(f"WRONG: {line}" for line in wrong) or "The report is as it should be.")
    return int(bool(wrong))


def _report(work: Path) -> Path:
    """Accept four shots, change what two of them show, and forget the golden of one."""
    words = [sys.executable, "-P", "-m", "scenes", "check", "own.script"]
    for more, options in ((30, ["--accept", "all"]), (34, ["--report", "report.html"])):
        (work / "own.script").write_text(BEGIN + END.format(more=more))
        environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
        done = subprocess.run([*words, *options], cwd=work, env=environment, capture_output=True, text=True)
        (work / "golden/own/third.png").unlink(missing_ok=True)
        if done.returncode != 1:
            sys.exit(f"the check ended with {done.returncode}: {done.stderr or done.stdout}")
    if not (work / "report.html").is_file():
        sys.exit(f"there is no report (run this with the Python of .venv): {done.stderr or done.stdout}")
    return work / "report.html"


def _walked(browser: Browser, out: Path | None) -> Iterator[str]:
    """Use the report as somebody would, by keyboard first; what was wrong."""

    def keep(name: str) -> None:
        if out:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.png").write_bytes(browser.picture())

    def told(what: str, fine: object) -> Iterator[str]:
        print(f"{'ok   ' if fine else 'WRONG'} {what}", flush=True)
        if not fine:
            yield f"{what}: {look.state()}"

    look = Look(browser)
    first = look.state()
    yield from told("it opens on the worst shot", (first["shot"], first["view"]) == ("second", "slider"))
    yield from told("nothing is wider than the window", not first["over"])
    keep("slider")
    right = look.press("right")
    yield from told("an arrow moves the edge", "50%" in first["clip"] and "55%" in right["clip"])
    dragged = look.drag((850, 300), (1150, 300))
    yield from told("a drag moves the edge", dragged["clip"] not in (first["clip"], right["clip"]))
    seen = {}
    for number, view in enumerate(VIEWS, start=1):
        seen[view] = look.press(str(number))
        keep(view)
    yield from told("keys 1 to 5 choose the views", [seen[view]["view"] for view in VIEWS] == list(VIEWS))
    yield from told("the difference is drawn", seen["difference"]["drawn"] and seen["difference"]["bright"] > 500)
    yield from told(
        "the tiles are drawn", seen["tiles"]["bright"] > 5000 and " tiles above 2 levels" in seen["tiles"]["value"]
    )
    yield from told("an arrow takes the larger tiles", look.press("right")["value"].startswith("32 px"))
    look.press("4")
    yield from told("an arrow amplifies more", look.press("right")["bright"] > seen["difference"]["bright"])
    look.press("2")
    yield from told("a blink goes on by itself", {browser.ask(BLINKED) for _ in range(2)} == {True, False})
    held = [look.press(" ") for _ in range(2)]
    yield from told("Space swaps golden and shot", [h["seen"] for h in held] == [True, False] and not held[0]["golden"])
    yield from told(
        "Z enlarges", look.press("z")["wide"] > first["wide"] * 1.1 and look.press("z")["wide"] == first["wide"]
    )
    copied = look.press("c")
    yield from told("C takes the command", copied["selected"] == copied["command"] == _command("second"))
    lost = look.press("down")
    yield from told("the next shot has no golden", (lost["shot"], lost["view"], lost["seen"]) == ("third", "", True))
    keep("no-golden")
    same = look.press("down")
    yield from told("a shot that passed has no command", same["shot"] in ("idle", "first"))
    yield from told("and up again", look.press("up")["shot"] == "third")


def _command(shot: str) -> str:
    return f"python3 viz.py check own.script --accept {shot}"


def _logged(browser: Browser, report: Path) -> Iterator[str]:
    """What the page complained about, and what it asked for besides itself."""
    yield from (f"the page says: {entry['message']}" for entry in browser.log("browser"))
    events = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    asked = {each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"}
    fetched = {url for url in asked if not url.startswith("data:")}
    print(f"{len(asked)} addresses asked for; not in the page itself: {sorted(fetched)}")
    yield from (f"it fetched {url}" for url in sorted(fetched - {report.as_uri()}))


if __name__ == "__main__":
    sys.exit(main())
