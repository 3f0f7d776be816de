"""The composition root: words to settings, settings to a backend and a stage.

Beside scenes/embedded.py it is the only file that sees both sides.

The first statement puts the folder above this package on the path: in the wheel our packages lie together inside one
private folder, and the code names them as the checkout does.
"""

import os
import signal
import sys
from pathlib import Path


def _leave(number: int, _frame: object) -> None:
    """End at once, and quietly: nothing has been begun yet, or all is done."""
    os._exit(128 + number)


if __name__ == "__main__":  # before all that takes time; viz.py has held back what came since it started us
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    if os.environ.pop("VIZ_SIGNALS_HELD", ""):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import argparse
import errno
import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from typing import Any

from scenes.cli.arguments import parse
from scenes.cli.values import DEMO, PATIENCE, SCRIPTED_SEED
from scenes.embedded import Embedded, embedded

OK, FAILURE, USAGE, NO_GRAPHICS, NO_BACKEND, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 130, 143


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the words say; the exit code. No traceback reaches the user, unless VIZ_DEBUG asks for it."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: more threads only wait for each other
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name that a terminal cannot show is shown all the same
            stream.reconfigure(errors="backslashreplace")
    words = sys.argv[1:] if argv is None else list(argv)
    arguments = parse(words)
    before = [signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        code = VERBS[arguments.verb](arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        printing = error.filename is None and error.errno in (errno.EPIPE, errno.ENOSPC)
        if not printing:
            return _told(error)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
        _say(f"Not all that was to be printed could be ({error.strerror}).")
        return FAILURE
    except Exception as error:
        if os.environ.get("VIZ_DEBUG"):
            raise
        return _told(error)
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(number, handler)


def _unwind() -> None:
    """From here on there is something to end in order: films, files, and what is told of them.

    Not before: while modules are imported, some of them swallow whatever is raised.
    """
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: object) -> None:
    """The first Ctrl+C unwinds, so that nothing half done stays; another one meanwhile leaves."""
    signal.signal(signal.SIGINT, _leave)
    raise KeyboardInterrupt


def _end(number: int, frame: object) -> None:
    """The same for SIGTERM."""
    signal.signal(signal.SIGTERM, _leave)
    sys.exit(TERMINATED)


def _run(arguments: argparse.Namespace) -> int:
    from engine.window import WindowError, display_present

    if arguments.attract and (arguments.headless or not display_present()):
        raise WindowError("--attract needs a display: start it on a desktop, or film the script off screen.")
    _settings(arguments)  # what cannot be is told, whether or not there is a window to show it
    if arguments.headless or not display_present():
        if not arguments.headless:
            _say("There is no display: the scripted demo is drawn off screen instead.")
        return _perform(arguments, DEMO)
    return _show(arguments)


def _show(arguments: argparse.Namespace, *, moment: Any = None, compared: Sequence[Any] = ()) -> int:
    from engine.settings import default_path
    from scenes.cli.settings import APPLICATION, resolve
    from scenes.exhibit import window as show
    from scenes.exhibit.rehearsed import rehearse_apart
    from scenes.training.table_file import own_rows

    path, attract = default_path(APPLICATION), vars(arguments).get("attract")
    chosen = resolve(arguments, os.environ, None if attract else path, say=_say)  # not what somebody chose yesterday
    if attract:
        rehearse_apart(attract, url=chosen.url, csv=arguments.csv, class_column=arguments.class_column)
    backend = Embedded(arguments.seed) if not chosen.url else None
    with backend or nullcontext():
        wishes = show.Wishes(
            url=lambda: backend.url if backend else chosen.url,
            server=backend,
            warm=backend.warm if backend else lambda: None,
            seed=arguments.seed,
            vsync=arguments.vsync is not False,
            frames=arguments.frames,
            csv=own_rows(arguments.csv),
            settings=_settings(arguments),
            moment=moment,
            compared=compared,
            class_column=arguments.class_column or "",
            record=vars(arguments).get("record"),
            attract=attract,
            patience=vars(arguments).get("patience") or PATIENCE,
            keep=_keep(arguments),
        )
        interrupted = show.run(chosen, wishes, settings_path=path, say=_say)
    return INTERRUPTED if interrupted else OK


def _keep(arguments: argparse.Namespace) -> bool:
    """Whether runs are kept: in a person's own window, unless somebody says otherwise."""
    told: bool | None = vars(arguments).get("keep")
    watched = arguments.verb in ("run", "open", "compare", "sweep") and not vars(arguments).get("attract")
    return watched if told is None else told


def _runs(arguments: argparse.Namespace) -> int:
    from scenes.kept.command import run

    _unwind()
    run(arguments, _say)
    return OK


def _open(arguments: argparse.Namespace) -> int:
    """Show a recorded or kept run, or a moment that a line or a picture tells; without a display, draw it."""
    from engine.window import display_present
    from scenes.cli.opening import what_is_meant
    from scenes.training.sources.file import opened

    meant = what_is_meant(arguments.what)
    if not isinstance(meant, Path):
        return _open_moment(arguments, meant)
    arguments.file, file = meant, opened(meant)
    if arguments.headless or not display_present():
        if not arguments.headless:
            _say("There is no display: the last epoch of the run is drawn off screen instead.")
        return _draw_last(arguments)
    from engine.settings import default_path
    from scenes.cli.settings import APPLICATION, resolve
    from scenes.exhibit import window as show

    path = default_path(APPLICATION)
    chosen = resolve(arguments, os.environ, path, say=_say)
    wishes = show.Wishes(
        url=lambda: "",
        server=None,
        warm=lambda: None,
        vsync=arguments.vsync is not False,
        frames=arguments.frames,
        file=file,
    )
    return INTERRUPTED if show.run(chosen, wishes, settings_path=path, say=_say) else OK


def _compare(arguments: argparse.Namespace) -> int:
    """Lay runs beside each other; without a display, draw them."""
    from engine.window import display_present
    from scenes.cli.opening import run_paths
    from scenes.kept.label import label_path, read_label
    from scenes.kept.place import kept_id
    from scenes.training.sources.whole_file import whole_file

    runs = []
    for path in run_paths(arguments.what):
        runs.append(whole_file(path))
        if kept := kept_id(path):
            runs[-1].run.kept_as, runs[-1].run.called = kept, read_label(label_path(path.parent, kept)).name
    arguments.attract = arguments.csv = arguments.seed = arguments.url = arguments.record = arguments.class_column = (
        None
    )
    if not arguments.headless and display_present():
        return _show(arguments, compared=runs)
    from scenes.scripting.last_epoch import draw_compared

    if not arguments.headless:
        _say("There is no display: the runs are drawn off screen instead.")
    _unwind()
    with embedded("") as (url, server):
        for path in draw_compared(runs, url=url, server=server, out=arguments.out, **_picture_options(arguments)):
            print(path)
    return OK


def _sweep(arguments: argparse.Namespace) -> int:
    from engine.window import display_present
    from scenes.cli.arguments import SETTINGS
    from scenes.sweep.command import sweep

    told = {name: text for name in SETTINGS if (text := vars(arguments).get(name)) is not None}
    told |= {} if arguments.seed is None else {"seed": str(arguments.seed)}
    _unwind()
    medians, interrupted = sweep(told, seeds=arguments.seeds, as_json_text=arguments.json)
    if interrupted:
        return INTERRUPTED
    if not arguments.window or arguments.json or not display_present() or len(medians) < 2:
        return OK
    for name in (*SETTINGS, "attract", "csv", "seed", "url", "record", "class_column"):
        setattr(arguments, name, None)
    return _show(arguments, compared=medians)


def _open_moment(arguments: argparse.Namespace, line: Any) -> int:
    """Show that moment, trained anew; without a display, draw it."""
    from engine.window import display_present

    if arguments.headless or not display_present():
        from scenes.scripting.last_epoch import draw_moment

        _unwind()
        with embedded("") as (url, server):
            written, failure = draw_moment(
                line, out=arguments.out, url=url, server=server, **_picture_options(arguments)
            )
        for path in written:
            print(path)
        if failure:
            raise failure
        return OK
    for name in ("attract", "csv", "class_column", "seed", "url", "record"):  # what only run can be told
        setattr(arguments, name, None)
    return _show(arguments, moment=line)


def _draw_last(arguments: argparse.Namespace) -> int:
    from scenes.scripting.last_epoch import draw_last
    from scenes.training.playback import INTERVAL

    seen = {"ramp": arguments.ramp or "seed", "motion": arguments.motion or "full"}
    interval = arguments.interval or INTERVAL
    written, failure = draw_last(
        arguments.file, out=arguments.out, interval=interval, **seen, **_picture_options(arguments)
    )
    for path in written:
        print(path)
    if failure:
        raise failure
    return OK


def _perform(arguments: argparse.Namespace, script: str | Path) -> int:
    """Play a script off screen, and say where its pictures are."""
    from scenes.scripting.play import perform

    options = _picture_options(arguments)
    _unwind()
    with _backend(arguments) as (url, server):
        written = perform(Path(script), url=url, server=server, out=arguments.out, **options)
    for path in written:
        print(path)
    return OK


def _performed(arguments: argparse.Namespace) -> int:
    return _perform(arguments, arguments.script)


def _rehearse(arguments: argparse.Namespace) -> int:
    """Play a script without a picture, and say how long it is."""
    from engine.clock import TICKS_PER_SECOND
    from scenes.scripting.film import rehearse

    ticks = rehearse(arguments.script, backend=partial(_backend, arguments), **_picture_options(arguments))
    print(f"{arguments.script}: {ticks:,} ticks, {ticks / TICKS_PER_SECOND:.1f} s; every line holds")
    return OK


def _check(arguments: argparse.Namespace) -> int:
    """Compare with the goldens. Of the user's settings nothing counts; each script has a backend of its own."""
    from scenes.checking.command import run

    _unwind()
    return run(arguments, server=lambda: Embedded(SCRIPTED_SEED))


def _film(arguments: argparse.Namespace) -> int:
    from scenes.scripting.film import shoot

    backend = partial(_backend, arguments)
    _unwind()
    shoot(arguments.script, arguments.out, backend=backend, fps=arguments.fps, **_picture_options(arguments))
    print(arguments.out)
    return OK


def _settings(arguments: argparse.Namespace) -> dict[str, str]:
    """The settings of the next run that were named. Raises ValueError for what cannot be."""
    from scenes.cli.arguments import SETTINGS
    from scenes.stage import BEGIN_WITH
    from scenes.training.parameter_words import changed

    told = {name: text for name in SETTINGS if (text := vars(arguments).get(name)) is not None}
    changed(BEGIN_WITH, told)
    return told


def _picture_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """How a script is to look when it begins: nothing of the user's settings."""
    from scenes.cli.settings import DESIGN
    from scenes.stage import OPENINGS
    from scenes.training.table_file import own_rows

    size, theme, scale = arguments.size or DESIGN, arguments.theme or "dark", arguments.scale or 1.0
    rows = {"csv": own_rows(vars(arguments).get("csv")), "class_column": vars(arguments).get("class_column") or ""}
    scene = vars(arguments).get("scene")
    return {"size": size, "theme": theme, "scale": scale, **rows, **({"opening": OPENINGS[scene]} if scene else {})}


def _backend(arguments: argparse.Namespace) -> AbstractContextManager[tuple[str, Embedded | None]]:
    """The backend of a script. Of the user's settings only its address counts."""
    from scenes.cli.settings import Settings

    url = getattr(arguments, "url", None) or os.environ.get("VIZ_API_URL", "")
    Settings(url=url).checked()
    return embedded(url.rstrip("/"))


def _kiosk(arguments: argparse.Namespace) -> int:
    from scenes.kiosk import start

    if arguments.example:
        start.print_example()
        return OK
    if arguments.install:
        from engine.resources import ROOT
        from scenes.kiosk.installation import write

        for path in write(arguments.install, source=ROOT):
            print(path)
        return OK
    if arguments.exhibit:
        return start.exhibit(arguments.file, safe=arguments.safe)
    from engine.window import WindowError, display_present

    if not display_present():
        raise WindowError("An exhibit needs a display: start it on a desktop, or see docs/kiosk.md.")
    return start.supervise(arguments.file, _say)


def _serve(arguments: argparse.Namespace) -> int:
    from simulation_server.__main__ import main as serve

    words = ["--host", arguments.host, "--port", str(arguments.port)]
    words += [] if arguments.seed is None else ["--seed", str(arguments.seed)]
    return serve([*words, "--delay"] if arguments.delay else words)


def _bench(arguments: argparse.Namespace) -> int:
    from scenes.cli.settings import DESIGN
    from scenes.diagnosis import bench, bench_growth, bench_server, bench_window, bench_words, peers, performance

    size = arguments.size or DESIGN
    if arguments.first_frame:
        bench.first_frame(size)
        return OK
    if arguments.peer:
        name, kind, step = arguments.peer
        print(peers.measure(name, kind, step, size))
        return OK
    other = bench_words.loaded(arguments.compare) if arguments.compare else None
    if arguments.document:
        performance.write(arguments.document)
        print(arguments.document)
        return OK
    with Embedded(SCRIPTED_SEED) as backend:
        if arguments.peers:
            figures = peers.compare(size)
        elif arguments.scene == "startup":
            figures = bench.start_up(size)
        elif arguments.scene == "window":
            figures = bench_window.measure(url=backend.url, size=size)
        elif arguments.scene == "server":
            figures = bench_server.measure()
        elif arguments.scene == "compare":
            figures = bench_growth.compare(size, arguments.frames or bench_growth.FRAMES, backend.url)
        elif arguments.scene in bench_growth.SCENES:
            figures = bench_growth.SCENES[arguments.scene](size, arguments.frames or bench_growth.FRAMES)
        else:
            figures = bench.measure(url=backend.url, size=size, frames=arguments.frames or bench.FRAMES)
        print(bench_words.told(figures, as_json=arguments.json, other=other))
    return OK


def _doctor(arguments: argparse.Namespace) -> int:
    from scenes.diagnosis.doctor import examine

    return examine()


def _faults(arguments: argparse.Namespace) -> int:
    """Play rows of the fault catalogue, misbehaving streams, or both one after the other."""
    from scenes.cli.arguments import STREAMS
    from scenes.diagnosis.fault_rows import rows
    from scenes.diagnosis.faults import streams

    names = [name for name in arguments.what if name != STREAMS]
    code = OK
    if names or STREAMS not in arguments.what:
        code = rows(names, as_json=arguments.json, listed=arguments.list)
    if STREAMS in arguments.what:
        if arguments.list:
            print(f"{STREAMS}: what a server should not send, one stream after the other")
        else:
            code = max(code, streams(only=arguments.only, as_json=arguments.json))
    return code


def _soak(arguments: argparse.Namespace) -> int:
    from scenes.diagnosis.soak import soak

    _unwind()
    return soak(minutes=arguments.minutes or 0.0, hours=arguments.hours or 0.0, as_json=arguments.json)


def _selftest(arguments: argparse.Namespace) -> int:
    from engine.window import WindowError, display_present

    if not display_present():
        raise WindowError("A self-test needs a display: start it on the desktop or screen that is to be tried.")
    from scenes.selftest.start import run

    return run(arguments.file, windowed=arguments.windowed, as_json=arguments.json)


def _test(arguments: argparse.Namespace) -> int:
    _say("The tests run from a checkout: python3 viz.py test")
    return USAGE


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "open": _open,
    "compare": _compare,
    "sweep": _sweep,
    "runs": _runs,
    "play": lambda given: (_show if given.record else _rehearse if given.rehearse else _performed)(given),
    "check": _check,
    "film": _film,
    "kiosk": _kiosk,
    "serve": _serve,
    "bench": _bench,
    "doctor": _doctor,
    "faults": _faults,
    "soak": _soak,
    "selftest": _selftest,
    "test": _test,
}


def _told(error: Exception) -> int:
    """One line for what went wrong, and the exit code that goes with it."""
    code = {"Unreachable": NO_BACKEND, "WindowError": NO_GRAPHICS, "GraphicsError": NO_GRAPHICS}
    code |= {"ScriptError": FAILURE, "FilmError": FAILURE, "RunError": FAILURE, "CannotListen": NO_BACKEND}
    for kind in type(error).__mro__:  # by name: when an import is what failed, another one must not fail here
        if kind.__name__ in code:
            _say(" ".join([str(error), getattr(error, "hint", "")]).strip())
            return code[kind.__name__]
    if isinstance(error, ValueError):
        _say(f"{error}" if str(error).endswith(("?", ".")) else f"{error}.")
        return USAGE
    _say(f"The visualizer has to end: {type(error).__name__}: {error}. VIZ_DEBUG=1 shows where.")
    return FAILURE


def _say(text: str) -> None:
    print(f"viz: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        code = main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else OK if ended.code is None else FAILURE
    with suppress(OSError, ValueError):  # a pipe that nobody reads any more, told above
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # while Python takes itself apart, signals would end it in their own way
