"""The verb `runs`: lists what is kept, names it, notes on it, pins, removes and exports it."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from scenes.training.failure import RunError

from .choosing import chosen
from .contents import Files, contents
from .index import Index, Run
from .label import LONGEST_NAME, LONGEST_NOTE, checked, relabel
from .listing import listed
from .place import usual_folder
from .run_file import mend, mended

Say = Callable[[str], object]


def run(arguments: argparse.Namespace, say: Say) -> None:
    """Do what was asked with the runs of this user. Raises ValueError, RunError or OSError in words."""
    folder = usual_folder()
    mend(folder)
    ACTS[arguments.act or "list"](arguments, folder, say)


def kept_path(text: str) -> Path:
    """The file of the kept run that `text` means: an id, a part of one, or a name. Raises NotOneRun, OSError."""
    folder = usual_folder()
    files = contents(folder)[chosen(text, Index(folder).runs()).id]
    if files.plain:
        mended(files.path)  # of a program that was killed: else its last line would be told as a fault
    return contents(folder).get(files.run, files).path


def _list(arguments: argparse.Namespace, folder: Path, _: Say) -> None:
    runs = Index(folder).runs()
    print(as_json(runs) if arguments.json else listed(runs))


def as_json(runs: Sequence[Run]) -> str:
    """The runs for another program."""
    told = [{**msgspec.structs.asdict(run), "line": run.line} for run in runs]
    return msgspec.json.format(msgspec.json.encode(told)).decode()


def _rename(arguments: argparse.Namespace, folder: Path, _: Say) -> None:
    runs = Index(folder).runs()
    run, name = chosen(arguments.run, runs), checked(" ".join(arguments.name), "name", LONGEST_NAME)
    if taken := [other.id for other in runs if name and other.name.casefold() == name.casefold() and other != run]:
        raise ValueError(f"{taken[0]} is called '{name}' already")
    _write(folder, run, {"name": name})


def _note(arguments: argparse.Namespace, folder: Path, _: Say) -> None:
    run = chosen(arguments.run, Index(folder).runs())
    _write(folder, run, {"note": checked(" ".join(arguments.text), "note", LONGEST_NOTE)})


def _pin(arguments: argparse.Namespace, folder: Path, _: Say) -> None:
    _write(folder, chosen(arguments.run, Index(folder).runs()), {"pinned": not arguments.off})


def _write(folder: Path, run: Run, values: Mapping[str, str | bool]) -> None:
    relabel(folder, run.id, **values)
    Index(folder).runs()


def _remove(arguments: argparse.Namespace, folder: Path, _: Say) -> None:
    """All of them, or none where one of them cannot be."""
    runs, files = Index(folder).runs(), contents(folder)
    asked = dict.fromkeys(chosen(text, runs).id for text in arguments.runs)
    for name in asked:
        if files[name].being_written:
            raise ValueError(f"{name} is still being trained: stop it first")
    for name in asked:
        files[name].remove()
        print(name)
    Index(folder).runs()


def _export(arguments: argparse.Namespace, folder: Path, say: Say) -> None:
    from .export import DRAWN, check, export_from  # which needs numpy: a list does not wait for it

    to, epoch = arguments.to, arguments.epoch
    drawn = to.suffix.lower() in DRAWN
    check(to, arguments.library, epoch, arguments.chart, len(arguments.runs))
    for name in ("theme", "log"):
        if getattr(arguments, name) and not drawn:
            raise ValueError(f"--{name} goes with a file that ends in {', '.join(DRAWN)}")
    known, files = Index(folder).runs(), contents(folder)
    if drawn:
        try:
            from scenes.figures.command import draw
        except ModuleNotFoundError as why:
            if not (why.name or "").startswith("matplotlib"):
                raise
            hint = "Install the extra ai-training-visualizer[figures]; python3 viz.py runs export does so by itself."
            raise RunError(
                "Charts are drawn by matplotlib, which is not installed.", hint=hint, code="export"
            ) from None
        named = [_named(text, known, files) for text in arguments.runs]
        draw(named, to, chart=arguments.chart, epoch=epoch, theme=arguments.theme, log=arguments.log)
    else:
        run = chosen(arguments.runs[0], known)
        export_from(files[run.id].path, run, to, library=arguments.library, epoch=epoch, say=say)
    print(to)


def _named(text: str, known: Sequence[Run], files: Mapping[str, Files]) -> tuple[Path, str]:
    """The file of a kept run, or one that is named, and what a person calls it."""
    if Path(text).is_file():
        return Path(text), ""
    run = chosen(text, known)
    return files[run.id].path, run.name


def _rebuild(_: argparse.Namespace, folder: Path, __: Say) -> None:
    runs = Index(folder).rebuild()
    print(f"{len(runs):,} runs are in the index")


ACTS: Mapping[str, Callable[[argparse.Namespace, Path, Say], None]] = {
    "list": _list,
    "rename": _rename,
    "note": _note,
    "pin": _pin,
    "remove": _remove,
    "export": _export,
    "rebuild": _rebuild,
}
