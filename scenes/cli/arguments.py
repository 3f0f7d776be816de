"""The command line: words in, a checked `argparse.Namespace` out.

Standard library only, because `viz.py` reads it before anything is installed. Options that can also come from the
environment or the settings file are None when they were not given: choosing between the sources is not done here.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from engine.clock import FRAME_RATES

from . import manual
from .values import (
    DEFAULT_PORT,
    DEMO,
    LARGEST_DRAWN,
    LARGEST_SCALE,
    PATIENCE,
    SCRIPTED_SEED,
    SMALLEST_SCALE,
    SOAK,
    film,
    frames,
    lasting,
    port,
    scale,
    seconds,
    seed,
    seeds,
    size,
    speed,
    url,
)

VERSION = "0.1.0"
VERBS = (
    "run",
    "open",
    "compare",
    "sweep",
    "runs",
    "kiosk",
    "serve",
    "play",
    "check",
    "film",
    "bench",
    "doctor",
    "faults",
    "soak",
    "selftest",
    "test",
)
SETTINGS = {
    "dataset": ("NAME", "circle, exclusive-or, gaussians, spiral, digits, colours or animals"),
    "layers": ("N,N", "neurons per hidden layer, as in 8,8; none for no hidden layer"),
    "activation": ("NAME", "tanh, relu, sigmoid or linear"),
    "features": ("F,F", "what the network sees of a point, of x, y, x2, y2, xy, sinx, siny"),
    "points": ("N", "how many points there are, 10 to 2000"),
    "noise": ("SHARE", "how far they are scattered, 0 to 0.5"),
    "rows": ("X,Y,C;…", "of your own, learned too: points, or colours as red,green,blue,class"),
    "split": ("SHARE", "of the rows, how many are learned from, 0.5 to 0.9"),
    "loss": ("NAME", "cross-entropy or mean-squared-error"),
    "learning_rate": ("RATE", "size of each step, 0.001 to 1"),
    "batch_size": ("N", "examples a step: 16, 32, 64, 128 or 256"),
    "epochs": ("N", "rounds through all examples, 1 to 200"),
    "momentum": ("SHARE", "of the last step that is kept, 0 to 0.99"),
    "l1": ("RATE", "penalty on weights: few of them, 0 to 0.1"),
    "l2": ("RATE", "penalty on weights: small ones, 0 to 0.1"),
}
LIBRARIES = ("numpy", "torch", "keras")  # that code is written for
THEMES = ("dark", "light", "contrast")
CHARTS = ("loss", "accuracy", "answers", "network")  # that a file can hold alone
STREAMS = "streams"  # what is played by faults and is no row
DEFAULT_PICTURES = Path("pictures")


def parse(argv: Sequence[str], *, environment: Mapping[str, str] = os.environ) -> argparse.Namespace:
    """Read the words after the program's name; `verb` says which command was meant.

    Of the environment only PORT is read. Raises SystemExit: 0 after --help and --version, 2 after a usage error.
    """
    words = list(argv)
    if words[:1] == ["test"] and words[1:] not in (["-h"], ["--help"]):
        return argparse.Namespace(verb="test", pytest=words[1:])  # every option belongs to pytest
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "run")
    parser = _parser(environment)
    arguments = parser.parse_args(words)
    if arguments.verb == "run" and arguments.patience and not arguments.attract:
        parser.error("--patience goes with --attract")
    if vars(arguments).get("class_column") is not None and not arguments.csv:
        parser.error("--class goes with --csv")
    if arguments.verb == "faults":
        _check_faults(parser, arguments)
    if arguments.verb == "soak" and not arguments.hours:
        arguments.minutes = arguments.minutes or SOAK
    if arguments.verb == "film" and arguments.out is None:
        arguments.out = Path(f"{arguments.script.stem}.mp4")
    return arguments


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = _described(argparse.ArgumentParser(prog="viz.py", allow_abbrev=False, add_help=True), "viz")
    parser.add_argument("--version", action="version", version=f"AI Training Visualizer {VERSION}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    filled = {verb: verbs.add_parser(verb, help=manual.SUMMARY[verb], allow_abbrev=False) for verb in VERBS}
    for verb, verb_parser in filled.items():
        _described(verb_parser, verb)
    _add_run(filled["run"])
    _add_open(filled["open"])
    _add_compare(filled["compare"])
    _add_sweep(filled["sweep"])
    _add_runs(filled["runs"])
    _add_kiosk(filled["kiosk"])
    _add_serve(filled["serve"], environment.get("PORT") or str(DEFAULT_PORT))
    _add_play(filled["play"])
    _add_check(filled["check"])
    _add_film(filled["film"])
    _add_bench(filled["bench"])
    _add_faults(filled["faults"])
    _add_soak(filled["soak"])
    _add_selftest(filled["selftest"])
    filled["test"].add_argument("pytest", nargs="*", metavar="PYTEST_ARGUMENT", help="given to pytest as they are")
    return parser


def _described(parser: argparse.ArgumentParser, name: str) -> argparse.ArgumentParser:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = manual.DESCRIPTION[name]
    parser.epilog = manual.EPILOG.get(name)
    return parser


def _add_picture_options(parser: argparse.ArgumentParser, largest: float = LARGEST_DRAWN) -> None:
    parser.add_argument("--size", type=size, metavar="WxH", help="picture size in pixels, such as 1280x720")
    parser.add_argument("--theme", choices=THEMES, help="colours")
    kind, usual = partial(scale, largest=largest), "goes with the window" if largest == LARGEST_SCALE else "1"
    text = f"interface size, {SMALLEST_SCALE} to {largest:g} (default: {usual})"
    parser.add_argument("--scale", type=kind, metavar="S", help=text)


def _add_window(parser: argparse.ArgumentParser) -> None:
    """How a window is opened."""
    _add_picture_options(parser, LARGEST_SCALE)
    parser.add_argument("--ramp", choices=("seed", "safe"), help="colours of the loss; safe ones for every eye")
    parser.add_argument("--motion", choices=("full", "reduced"), help="reduced: only what the run itself moves")
    text = "auto: leave out glow, then frames, where this machine is too slow; full: never"
    parser.add_argument("--quality", choices=("auto", "full"), help=text)
    parser.add_argument("--fullscreen", action="store_true", default=None, help="fill the screen")
    parser.add_argument(
        "--projector", action="store_true", default=None, help="for the back row: the answer large, large words"
    )
    parser.add_argument(
        "--no-vsync", dest="vsync", action="store_false", default=None, help="do not wait for the screen"
    )


def _add_open(parser: argparse.ArgumentParser) -> None:
    text = "a recorded run (lines of docs/protocol.md, .gz too), a kept one by its id or name (python3 viz.py runs), "
    text += "a picture that this program wrote, or a line that it copied"
    parser.add_argument("what", nargs="+", metavar="RUN.ndjson | ID | PICTURE.png | LINE", help=text)
    _add_window(parser)
    text = "play an epoch every so many milliseconds (default: as in the window before)"
    parser.add_argument("--speed", dest="interval", type=speed, metavar="MS", help=text)
    parser.add_argument(
        "--headless", action="store_true", default=None, help="draw the last epoch off screen, as if no display"
    )
    _add_out(parser, f"folder for run.png and run.json, or moment.png and moment.json (default: {DEFAULT_PICTURES})")
    parser.add_argument("--frames", type=frames, metavar="N", help="end after N frames")
    _add_keep(parser)


def _add_keep(parser: argparse.ArgumentParser) -> None:
    text = "keep each run that is trained, or keep none (default: they are kept, but not with --attract)"
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, help=text)


def _add_runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the list as JSON")
    acts = parser.add_subparsers(dest="act", metavar="ACT", title="acts; without one, the list")
    filled = {act: acts.add_parser(act, help=text, allow_abbrev=False) for act, text in manual.ACTS.items()}
    for act in ("rename", "note", "pin"):
        filled[act].add_argument("run", metavar="ID", help="of the list, as much of it as no other has; or a name")
    filled["rename"].add_argument("name", nargs="*", metavar="NAME", help="up to 60 characters; none takes it away")
    filled["note"].add_argument("text", nargs="*", metavar="TEXT", help="up to 2,000 characters; none takes it away")
    filled["pin"].add_argument("--off", action="store_true", help="take the pin away")
    filled["remove"].add_argument("runs", nargs="+", metavar="ID", help="as in the list, or a name")
    add = filled["export"].add_argument
    add("runs", nargs="+", metavar="ID", help="as in the list, or a name; several go into one chart of curves")
    endings = "figures in .csv or .json, the network in .npz or .py, a chart in .svg, .pdf or .png"
    add("--to", type=Path, required=True, metavar="FILE", help=f"by its ending: {endings}")
    add("--as", dest="library", choices=LIBRARIES, help="what the code of a .py is for (default: numpy)")
    add("--epoch", type=frames, metavar="N", help="the network after that epoch (default: the last)")
    add("--chart", choices=CHARTS, help="what is drawn (default: loss)")
    add("--theme", choices=THEMES, help="inks and paper of what is drawn (default: light)")
    add("--log", action="store_true", help="draw the loss on a logarithmic axis")


def _add_compare(parser: argparse.ArgumentParser) -> None:
    text = "two to eight runs: ids or names of kept ones (see runs), or files (docs/protocol.md)"
    parser.add_argument("what", nargs="+", metavar="RUN", help=text)
    _add_window(parser)
    parser.add_argument("--headless", action="store_true", default=None, help="draw them off screen, as if no display")
    _add_out(parser, f"folder for compare.png and compare.json (default: {DEFAULT_PICTURES})")
    parser.add_argument("--frames", type=frames, metavar="N", help="end after N frames")


def _add_sweep(parser: argparse.ArgumentParser) -> None:
    text = "so many runs of each combination, with other seeds (default: 1)"
    parser.add_argument("--seeds", type=seeds, metavar="N", default=1, help=text)
    parser.add_argument("--json", action="store_true", help="print what it has come to as JSON, with every run")
    parser.add_argument("--no-window", dest="window", action="store_false", help="train and print, open nothing")
    parser.add_argument("--seed", type=seed, metavar="N", help="the first of the seeds (default: 0)")
    group = parser.add_argument_group("settings", "one value, or several parted by commas; of layers and features by /")
    for name, (metavar, text) in SETTINGS.items():
        group.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=text)
    _add_window(parser)
    parser.add_argument("--frames", type=frames, metavar="N", help=argparse.SUPPRESS)


def _add_run(parser: argparse.ArgumentParser) -> None:
    _add_window(parser)
    parser.add_argument("--seed", type=seed, metavar="N", help="same seed, same training run (embedded backend)")
    parser.add_argument("--url", type=url, metavar="URL", help="use this backend, not the embedded one")
    parser.add_argument(
        "--headless", action="store_true", default=None, help="draw the demo off screen, as if no display"
    )
    _add_csv(parser)
    _add_settings(parser)
    text = f"while nobody is there, play SCRIPT ({DEMO}) in the window, again and again; for exhibits"
    parser.add_argument("--attract", type=Path, nargs="?", const=Path(DEMO), metavar="SCRIPT", help=text)
    text = f"begin with that so long after the last touch (default: {PATIENCE:g}; at the start at once)"
    parser.add_argument("--patience", type=seconds, metavar="SECONDS", help=text)
    _add_out(parser, f"folder for headless pictures (default: {DEFAULT_PICTURES})")
    parser.add_argument("--frames", type=frames, metavar="N", help="end after N frames")
    _add_keep(parser)


def _add_kiosk(parser: argparse.ArgumentParser) -> None:
    text = "what the operator sets (see --example); without it, everything is as usual"
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.toml", help=text)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--example", action="store_true", help="print a file with every key explained")
    text = "write what a Debian needs to start it at power-on into a folder, and change nothing else"
    act.add_argument("--install", type=Path, nargs="?", const=Path("kiosk-install"), metavar="FOLDER", help=text)
    act.add_argument("--exhibit", action="store_true", help=argparse.SUPPRESS)  # the supervisor's own child
    parser.add_argument("--safe", action="store_true", help=argparse.SUPPRESS)


def _add_serve(parser: argparse.ArgumentParser, default_port: str) -> None:
    parser.add_argument(
        "--port", type=port, metavar="N", default=default_port, help=f"PORT or {DEFAULT_PORT}; 0 is any free one"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this machine)")
    parser.add_argument("--seed", type=seed, metavar="N", help="same seed, same answers")
    parser.add_argument("--delay", action="store_true", default=None, help="wait 300-500 ms before each answer")


def _add_play(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("script", type=Path, nargs="?", metavar="SCRIPT", help="the .script file to play")
    either.add_argument("--record", type=Path, metavar="FILE", help="open the window and write what you do to FILE")
    text = "play the whole script without a picture, and fail at once on what would fail later"
    parser.add_argument("--rehearse", action="store_true", help=text)
    text = "begin with another scene: compare lays runs beside each other, runs lists those that are kept, visit leads "
    text += "a visitor of an exhibit"
    parser.add_argument("--scene", choices=("dashboard", "compare", "runs", "visit"), help=text)
    parser.set_defaults(seed=SCRIPTED_SEED, url=None, vsync=None, frames=None)  # what only run can be told
    _add_out(parser, f"folder for DIR/<shot>.png and DIR/<shot>.json (default: {DEFAULT_PICTURES})")
    _add_picture_options(parser)
    _add_csv(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scripts", type=Path, nargs="+", metavar="SCRIPT", help="the .script files to play")
    parser.add_argument(
        "--golden", type=Path, metavar="DIR", help="folder of goldens, DIR/<script>/<shot>.png (default: beside it)"
    )
    parser.add_argument("--report", type=Path, metavar="FILE.html", help="write a page that shows what differs")
    parser.add_argument(
        "--accept",
        nargs="+",
        metavar="SHOT",
        help="accept these shots as the new goldens, as far as they failed; or all",
    )
    parser.add_argument("--force", action="store_true", help="accept also where another driver drew the golden")
    _add_picture_options(parser)
    _add_csv(parser)


def _add_film(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("script", type=Path, metavar="SCRIPT", help="the .script file to film, from end to end")
    text = "FILE.mp4, FILE.webp, FILE.gif, or a folder of pictures (default: SCRIPT's name as .mp4)"
    parser.add_argument("--out", type=film, metavar="FILE", help=text)
    text = "frames a second: 60, 30, 20, 15, 12 or 10 (default: 60; .webp and .gif: 30)"
    parser.add_argument("--fps", type=int, choices=FRAME_RATES, metavar="N", help=text)
    _add_picture_options(parser)
    _add_csv(parser)


def _add_csv(parser: argparse.ArgumentParser) -> None:
    text = "train on your own table: numbers and words, the class last, with or without a header"
    parser.add_argument("--csv", type=Path, metavar="FILE", help=text)
    text = "learn that column of it instead of the last one"
    parser.add_argument("--class", dest="class_column", metavar="NAME", help=text)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """What the next run is to have; what the words mean, and their bounds, is looked at once numpy is there."""
    group = parser.add_argument_group(
        "settings of the run", "as in scripts and in a copied line; the window shows them"
    )
    for name, (metavar, text) in SETTINGS.items():
        group.add_argument(f"--{name.replace('_', '-')}", metavar=metavar, help=text)


def _add_out(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--out", type=Path, metavar="DIR", default=DEFAULT_PICTURES, help=text)


def _add_faults(parser: argparse.ArgumentParser) -> None:
    text = "rows or groups, as in N B3 K10 (default: all rows); streams: what a server should not send"
    parser.add_argument("what", nargs="*", metavar="ROW", help=text)
    parser.add_argument("--only", metavar="TEXT", default="", help="those streams alone whose name holds TEXT")
    parser.add_argument("--list", action="store_true", help="name the rows, and play none")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def _check_faults(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """Raises SystemExit where streams are mixed up with rows."""
    if arguments.only and STREAMS not in arguments.what:
        parser.error(f"--only goes with {STREAMS}")
    if arguments.json and STREAMS in arguments.what and set(arguments.what) != {STREAMS}:
        parser.error(f"--json tells either of {STREAMS} or of rows")


def _add_soak(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group()
    text = f"run for so long, in real time (default: {SOAK:g})"
    either.add_argument("--minutes", type=lasting, metavar="N", help=text)
    text = "run for so many hours of the exhibit's own time, which does not wait: about 20 times as fast"
    either.add_argument("--hours", type=lasting, metavar="N", help=text)
    parser.add_argument("--json", action="store_true", help="print the figures and verdicts as JSON")


def _add_selftest(parser: argparse.ArgumentParser) -> None:
    text = "the file of the exhibit: its screen, language, volume and backend; without it, as usual"
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.toml", help=text)
    parser.add_argument("--windowed", action="store_true", help="in a window, not on the whole screen")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def _add_bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", type=size, metavar="WxH", help="picture size in pixels, such as 1280x720")
    parser.add_argument("--frames", type=frames, metavar="N", help="how many frames to time")
    parser.add_argument(
        "--scene",
        choices=("dashboard", "compare", "field", "charts", "ui", "server", "startup", "window"),
        default="dashboard",
        help="dashboard: its frames in training, off screen; compare: up to eight runs beside each other; "
        "field, charts: how they grow; ui: under a pointer; "
        "server: answers a second; startup: to the first frame; window: shares of a core",
    )
    parser.add_argument("--compare", type=Path, metavar="FILE", help="figures that --json printed: tell the ratios")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--peers", action="store_true", help="the same chart and field in matplotlib, pyqtgraph and VisPy, if installed"
    )
    parser.add_argument(
        "--document", type=Path, metavar="FILE", help="measure all of it, and write a page about it: ten minutes"
    )
    # what bench asks of the processes that it starts itself
    parser.add_argument("--peer", type=json.loads, help=argparse.SUPPRESS)
    parser.add_argument("--first-frame", action="store_true", help=argparse.SUPPRESS)
