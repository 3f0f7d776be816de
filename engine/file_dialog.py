"""The desktop's own dialog that chooses a file: another program, which is looked for and asked without waiting.

Of the libraries for this one is under the GPL and the others wait until the dialog is closed: a window would stand
still for as long as somebody looks for a file.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

TITLE, SUFFIXES = "Choose a table", "*.csv *.tsv *.txt *.dat"
ASK_WINDOWS = (
    "Add-Type -AssemblyName System.Windows.Forms; "
    "[Console]::OutputEncoding = [Text.Encoding]::UTF8; "
    "$d = New-Object System.Windows.Forms.OpenFileDialog; "
    f"$d.Title = '{TITLE}'; $d.Filter = 'Tables|{SUFFIXES.replace(' ', ';')}|All files|*.*'; "
    "if ($d.ShowDialog() -eq 'OK') { [Console]::Write($d.FileName) }"
)
Command = tuple[str, ...]


def commands(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> list[Command]:
    """What may be asked on such a machine, the best first; without a desktop, nothing."""
    zenity = (
        "zenity",
        "--file-selection",
        f"--title={TITLE}",
        f"--file-filter=Tables | {SUFFIXES}",
        "--file-filter=All | *",
    )
    kdialog = ("kdialog", "--title", TITLE, "--getopenfilename", ".", f"{SUFFIXES}|Tables\n*|All files")
    if platform == "win32":
        return [("powershell", "-NoProfile", "-STA", "-Command", ASK_WINDOWS)]
    if platform == "darwin":
        return [("osascript", "-e", f'POSIX path of (choose file with prompt "{TITLE}")')]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return []
    kde = "KDE" in environ.get("XDG_CURRENT_DESKTOP", "").split(":")
    return [kdialog, zenity] if kde else [zenity, kdialog]


class FileDialog:
    """Asks for one file at a time. `known` are the commands that may be tried: none, and there is no dialog."""

    def __init__(self, known: Sequence[Command] = ()) -> None:
        self.known = list(known)
        self._asked: subprocess.Popen[bytes] | None = None

    def ask(self) -> bool:
        """Open the dialog, unless it is open; whether there is one."""
        if self._asked:
            return True
        for program, *words in self.known:
            if found := shutil.which(program):
                try:
                    self._asked = subprocess.Popen(
                        [found, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                    )
                except OSError:
                    continue
                return True
        return False

    def chosen(self) -> Path | None:
        """The file that has been chosen, once; None while nobody has, and where nothing was."""
        if self._asked is None or self._asked.poll() is None:
            return None
        asked, self._asked = self._asked, None
        assert asked.stdout
        with asked.stdout:
            told = asked.stdout.read().decode("utf-8", errors="surrogateescape").strip("\r\n")
        return Path(told) if told and asked.returncode == 0 else None

    def close(self) -> None:
        """Close the dialog, if it is open: the window goes."""
        asked, self._asked = self._asked, None
        if asked:
            asked.terminate()
            asked.wait()
            if asked.stdout:
                asked.stdout.close()
