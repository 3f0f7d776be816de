"""The kept runs that are listed: what is looked for, which one is spoken of, which are chosen, and what is done."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from engine.input import Event, Key, Scroll
from engine.scene import Entries
from engine.worker import Cancellation, Report, Worker
from scenes.kept.contents import contents
from scenes.kept.index import RUNNING, UNREADABLE, Index, Run
from scenes.kept.label import LONGEST_NAME, checked, relabel
from scenes.kept.numbers import note_numbers
from scenes.kept.run_file import mend
from scenes.kit.part import Moment, Part
from scenes.kit.toast import Toast
from scenes.kit.words import counted, say
from scenes.training.controller import TrainingController
from scenes.training.failure import RunError
from scenes.training.sources.whole_file import RecordedRun, whole_file
from scenes.training.worlds import MOST

from .layout import rows_of

SEARCH, NAME = "search", "name"  # what is typed
LONGEST_SEARCH = 60  # characters


class Shelf(Part):
    """Reads the folder whenever the list comes to the front, not while it is looked at; whole runs on another thread.

    `show` brings another scene to the front instead, `in_front` says whether the list is there.
    """

    def __init__(
        self,
        folder: Path | None,
        controller: TrainingController,
        toast: Toast,
        *,
        show: Callable[[str], object],
        in_front: Callable[[], bool],
    ) -> None:
        self.folder = folder
        self._in_front, self._seen = in_front, False
        self.runs: list[Run] = []  # all of them, those with a pin first, then the newest
        self.found: list[Run] = []  # of these, what is looked for
        self.search = self.name = ""
        self.typing = ""  # SEARCH or NAME while keys are letters
        self.current = 0  # which of those that are found is spoken of
        self.top = 0  # which of them stands in the first row
        self.chosen: list[str] = []  # ids, in the order in which they were chosen
        self.version = 0  # another one after each change
        self._by_id: dict[str, Run] = {}
        self._rows = 1
        self._gone: list[str] = []  # removed, and not yet for good
        self._controller, self._toast, self._show = controller, toast, show
        self._worker: Worker | None = None  # while runs are read
        self._keys: dict[str, Callable[[], object]] = {
            "up": partial(self.go, -1),
            "down": partial(self.go, 1),
            "page up": self.page_up,
            "page down": self.page_down,
            "home": partial(self.go, -(10**9)),
            "end": partial(self.go, 10**9),
            "space": lambda: self.choose(self.current),
            "return": self.open,
            "c": self.lay_beside,
            "n": self.begin_name,
            "p": lambda: self.pin(self.current),
            "delete": self.remove,
            "/": self.begin_search,
            "ctrl+f": self.begin_search,
            "ctrl+z": self.undo,
            "escape": self.back,
            "h": self.back,
        }

    @property
    def loading(self) -> bool:
        """Whether runs are being read."""
        return self._worker is not None

    @property
    def spoken_of(self) -> Run | None:
        """The run that keys mean."""
        return self.found[self.current] if self.current < len(self.found) else None

    @property
    def below(self) -> int:
        """How many there are from the first row on."""
        return len(self.found) - self.top

    @property
    def meant(self) -> list[Run]:
        """Those that are chosen; where none is, the one that is spoken of."""
        chosen = [self._by_id[each] for each in self.chosen if each in self._by_id]
        return chosen or ([self.spoken_of] if self.spoken_of else [])

    def begin(self) -> None:
        """Read what is kept now; whoever comes here again finds everything as it was left."""
        self.typing = ""
        if self.folder:
            self._try(partial(note_numbers, self.folder, self._controller.numbers))
            self._read(self.folder)
            self._controller.recall_numbers({run.id: run.number for run in self.runs if run.number is not None})
        self._look()

    def _read(self, folder: Path) -> None:
        try:
            mend(folder)
            self.runs = sorted(Index(folder).runs(), key=lambda run: not run.pinned)
            self._by_id = {run.id: run for run in self.runs}
        except OSError as why:
            self._toast.say(say("runs.unread", why=why.strerror or ""))

    def _look(self) -> None:
        """Find what is looked for; the run that was spoken of stays so, if it is among them."""
        words, before = self.search.casefold().split(), self.spoken_of
        there = [run for run in self.runs if run.id not in self._gone]
        self.found = [run for run in there if all(word in _text(run) for word in words)]
        places = {run.id: place for place, run in enumerate(self.found)}
        self.chosen = [each for each in self.chosen if each not in self._gone]
        self._stand(places.get(before.id, 0) if before else 0)

    def _stand(self, place: int) -> None:
        """Speak of that one, and have it in sight."""
        self.current = max(0, min(place, len(self.found) - 1))
        self.top = max(self.current - self._rows + 1, min(self.top, self.current, max(0, len(self.found) - self._rows)))
        self.version += 1

    def go(self, steps: int) -> None:
        """Speak of another run."""
        self._stand(self.current + steps)

    def page_up(self) -> None:
        """A window's height towards the newest."""
        self.scroll(-self._rows)

    def page_down(self) -> None:
        """The same towards the oldest."""
        self.scroll(self._rows)

    def scroll(self, rows: int) -> None:
        """Move the list; the run that is spoken of stays in sight."""
        self.top = max(0, min(self.top + rows, len(self.found) - self._rows))
        self._stand(max(self.top, min(self.current, self.top + self._rows - 1)))

    def choose(self, place: int) -> None:
        """Choose that run, or do not any more; it is spoken of."""
        if place >= len(self.found):
            return
        self._stand(place)
        own = self.found[place].id
        if own in self.chosen:
            self.chosen.remove(own)
        elif len(self.chosen) < MOST:
            self.chosen.append(own)
        else:
            self._toast.say(say("runs.most", count=MOST))

    def pin(self, place: int) -> None:
        """Let that run stay, however full the folder is, or let it go with the others."""
        if place < len(self.found):
            run = self.found[place]
            self._write(run, pinned=not run.pinned)

    def begin_search(self) -> None:
        """From now on keys are letters of what is looked for."""
        self.typing = SEARCH
        self.version += 1

    def begin_name(self) -> None:
        """From now on they are letters of a name."""
        if self.spoken_of:
            self.typing, self.name = NAME, self.spoken_of.name
            self.version += 1

    def open(self) -> None:
        """Show the run again, at its end; several are laid beside each other."""
        self._load(self.meant)

    def lay_beside(self) -> None:
        """Lay those that are chosen beside each other."""
        if len(self.meant) > 1:
            self._load(self.meant)
        else:
            self._toast.say(say("runs.choose"))

    def remove(self) -> None:
        """Take runs away; for good once this list is left."""
        running = [run for run in self.meant if run.status == RUNNING]
        gone = [run.id for run in self.meant if run.status != RUNNING]
        if running:
            self._toast.say(say("runs.running"))
        if gone:
            self._gone += gone
            self._toast.say(counted("runs.removed", len(gone)))
            self._look()

    def undo(self) -> None:
        """Have back what was removed, and speak of it again."""
        gone, self._gone = self._gone, []
        self._look()
        self._stand(next((place for place, run in enumerate(self.found) if run.id in gone), self.current))

    def back(self) -> None:
        """Leave the list: what was removed is gone for good."""
        self._settle()
        self._show("")

    def _settle(self) -> None:
        gone, self._gone = self._gone, []
        files = contents(self.folder) if self.folder and gone else {}
        for each in gone:
            if each in files and not files[each].being_written:
                self._try(files[each].remove)

    def _load(self, runs: Sequence[Run]) -> None:
        """Read them whole, behind the list, and show them."""
        if not runs or self.loading or not self.folder:
            return
        if any(run.status == RUNNING for run in runs):
            self._toast.say(say("runs.running"))
            return
        files = contents(self.folder)
        paths = [(run, files[run.id].path) for run in runs if run.id in files and run.status != UNREADABLE]
        if not paths:
            self._toast.say(say("runs.unreadable"))
            return
        self._worker = Worker()
        self._worker.submit(partial(_whole, paths))
        self.version += 1

    def tick(self, moment: Moment, dt: float) -> None:
        """See Part: as many rows as there is room for; runs that have been read are shown."""
        seen, self._seen = self._seen, self._in_front()
        if self._seen and not seen:
            self.begin()
        if (rows := rows_of(moment.page)) != self._rows:
            self._rows = rows
            self._stand(self.current)
        for message in self._worker.drain() if self._worker else ():
            self._loaded(message.value)

    def _loaded(self, told: list[RecordedRun] | Exception) -> None:
        if self._worker:
            self._worker.close()
        self._worker = None
        self.version += 1
        if isinstance(told, Exception):
            self._toast.say(told.sentence if isinstance(told, RunError) else say("runs.unreadable"))
            return
        self._settle()
        if self._controller.lay_out([(each.run, each.asked) for each in told]):
            self._controller.refresh()  # else a frame would show what was there before
            self._show("dashboard" if len(told) == 1 else "compare")

    def handle(self, event: Event, moment: Moment) -> bool:
        """See Part: the wheel moves the list; keys are letters while something is typed."""
        if isinstance(event, Scroll):
            self.scroll(-round(event.steps))
            return True
        if not isinstance(event, Key):
            return False
        if self.typing and not event.ctrl:
            return self._typed(event)
        act = self._keys.get(f"ctrl+{event.name}" if event.ctrl else event.name)
        if act:
            act()
        return act is not None

    def _typed(self, key: Key) -> bool:
        """A key while something is typed: letters are added, Backspace takes one, Enter and Esc end it."""
        name = key.name
        text, most = (self.search, LONGEST_SEARCH) if self.typing == SEARCH else (self.name, LONGEST_NAME)
        if name in ("up", "down"):
            self.go(1 if name == "down" else -1)
            return True
        if name in ("return", "escape"):
            self._end_typing(keep=name == "return")
            return True
        letter = " " if name == "space" else name.upper() if key.shift else name
        if len(letter) != 1 and name != "backspace":
            return False
        text = (text[:-1] if name == "backspace" else text + letter)[:most]
        if self.typing == SEARCH:
            self.search = text
            self._look()
        else:
            self.name = text
            self.version += 1
        return True

    def _end_typing(self, *, keep: bool) -> None:
        typed, self.typing = self.typing, ""
        self.version += 1
        if typed == SEARCH and not keep:
            self.search = ""
            self._look()
        elif typed == NAME and keep and self.spoken_of:
            self._rename(self.spoken_of, checked(self.name, "name", LONGEST_NAME))

    def _rename(self, run: Run, name: str) -> None:
        same = name.casefold()
        if name and any(other.name.casefold() == same for other in self.runs if other.id != run.id):
            self._toast.say(say("runs.taken", name=name))
        else:
            self._write(run, name=name)

    def _write(self, run: Run, **values: str | bool) -> None:
        """Write on a run, and read all of them again."""
        if self.folder and self._try(partial(relabel, self.folder, run.id, **values)):
            self._read(self.folder)
            self._look()

    def _try(self, act: Callable[[], object]) -> bool:
        """Whether the disk let it be done; else a sentence says why."""
        try:
            act()
        except OSError as why:
            self._toast.say(say("runs.unwritten", why=why.strerror or ""))
            return False
        return True

    def begin_anew(self) -> None:
        """See Part."""
        self.search, self.typing, self.chosen, self.current, self.top = "", "", [], 0, 0

    def describe(self, moment: Moment) -> Entries:
        """See Part."""
        return {
            "kept_runs": lambda: [run.name or run.id for run in self.found],
            "chosen": lambda: list(self.chosen),
            "search": lambda: self.search,
        }


def _whole(paths: Sequence[tuple[Run, Path]], cancellation: Cancellation, report: Report) -> list[RecordedRun]:
    """The runs in these files, each with its name and the id that it is kept under. Raises RunError."""
    del report
    told = []
    for kept, path in paths:
        if cancellation.cancelled:
            break
        told.append(whole_file(path))
        told[-1].run.kept_as, told[-1].run.called = kept.id, kept.name
    return told


def _text(run: Run) -> str:
    """All that can be looked for in a run."""
    return " ".join((run.name, run.note, run.line, run.status, run.id, run.began)).casefold()
