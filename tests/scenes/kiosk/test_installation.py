"""What an exhibit's machine needs is written into a folder, can be read by sh and systemd, and respects edits."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from scenes.kiosk.installation import LEFT_OVER, RECORD, Places, filled, write

SCRIPTS = ["install.sh", "uninstall.sh", "update.sh", "weston-start.sh"]
UNITS = ["visualizer-kiosk-weston.service", "visualizer-kiosk.service"]
NAMES = sorted(["README.txt", *SCRIPTS, *UNITS, "weston.ini"])
SOURCE = Path("/media/it's a stick/visualizer")
MOVED = Places(
    program="/srv/show",
    settings="/srv/settings/show.toml",
    cage="/usr/local/bin/cage",
    terminal="/dev/tty7",
    user="guest",
)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="scripts of sh, and modes of files")


class Keys(ConfigParser):
    """Reads units and ini files: names as they are written, and of a key that stands there twice the last value."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def read(text: str) -> ConfigParser:
    parser = Keys(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.read_string(text)
    return parser


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_of_it_is_written_and_its_paths_returned(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "kit"
    written = write(folder, source=SOURCE)
    assert sorted(path.name for path in written) == NAMES
    assert sorted(contents(folder)) == sorted([*NAMES, RECORD])


@needs_posix
def test_scripts_can_be_run_and_nothing_else(tmp_path: Path) -> None:
    for path in write(tmp_path, source=SOURCE):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.name in SCRIPTS else 0o644)


def test_nothing_is_written_where_all_is_there(tmp_path: Path) -> None:
    write(tmp_path, source=SOURCE)
    before = contents(tmp_path)
    assert write(tmp_path, source=SOURCE) == []
    assert contents(tmp_path) == before


def test_an_edited_file_is_kept_and_the_new_one_lies_beside(tmp_path: Path) -> None:
    write(tmp_path, source=SOURCE)
    unit = tmp_path / "visualizer-kiosk.service"
    whole = unit.read_bytes()
    unit.write_bytes(b"edited")
    (tmp_path / "theirs.txt").write_bytes(b"theirs")
    beside = tmp_path / "visualizer-kiosk.service.new"
    assert write(tmp_path, source=SOURCE) == [beside]
    assert (unit.read_bytes(), beside.read_bytes()) == (b"edited", whole)
    assert write(tmp_path, source=SOURCE) == []
    assert (tmp_path / "theirs.txt").read_bytes() == b"theirs"
    unit.unlink()
    assert write(tmp_path, source=SOURCE) == [unit]
    assert unit.read_bytes() == whole and not beside.exists()


def test_a_file_that_was_there_before_us_is_kept(tmp_path: Path) -> None:
    (tmp_path / "install.sh").write_bytes(b"theirs")
    written = write(tmp_path, source=SOURCE)
    assert tmp_path / "install.sh.new" in written and (tmp_path / "install.sh").read_bytes() == b"theirs"


def test_what_nobody_has_edited_becomes_the_new_version(tmp_path: Path) -> None:
    write(tmp_path, source=SOURCE)
    (tmp_path / "update.sh").write_bytes(b"edited")
    names = {path.name for path in write(tmp_path, source=SOURCE, places=MOVED)}
    assert "visualizer-kiosk.service" in names and "update.sh.new" in names and "update.sh" not in names
    assert b"/srv/show" in (tmp_path / "visualizer-kiosk.service").read_bytes()


def test_a_record_that_cannot_be_read_keeps_what_is_there(tmp_path: Path) -> None:
    write(tmp_path, source=SOURCE)
    (tmp_path / RECORD).write_bytes(b"\xff\n\nnothing")
    names = {path.name for path in write(tmp_path, source=SOURCE, places=MOVED)}
    assert "visualizer-kiosk.service.new" in names and "visualizer-kiosk.service" not in names


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no sha256sum here")
def test_the_record_can_be_checked_by_hand(tmp_path: Path) -> None:
    write(tmp_path, source=SOURCE)
    subprocess.run(["sha256sum", "--quiet", "-c", RECORD], cwd=tmp_path, check=True)


@needs_posix
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_read_by_sh(tmp_path: Path, name: str) -> None:
    write(tmp_path, source=SOURCE)
    subprocess.run(["sh", "-n", name], cwd=tmp_path, check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", name], cwd=tmp_path, check=True)


@needs_posix
@pytest.mark.parametrize("name", ["install.sh", "uninstall.sh", "update.sh"])
def test_a_script_that_is_misused_says_so_and_does_nothing(tmp_path: Path, name: str) -> None:
    write(tmp_path, source=SOURCE)
    before = contents(tmp_path)
    done = subprocess.run(["sh", name, "--wrong"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode in (1, 2) and done.stderr.startswith(f"{name}: ")
    assert contents(tmp_path) == before


def test_the_unit_of_cage_has_what_the_exhibit_stands_on() -> None:
    unit = read(filled(SOURCE, Places())["visualizer-kiosk.service"])
    service = unit["Service"]
    assert unit["Unit"]["StartLimitIntervalSec"] == "0" and "getty@tty1.service" in unit["Unit"]["Conflicts"]
    assert service["ExecStart"] == (
        "/usr/bin/cage -- /usr/bin/python3 /opt/visualizer/viz.py kiosk /etc/visualizer/kiosk.toml"
    )
    assert (service["Type"], service["NotifyAccess"], service["WatchdogSec"]) == ("notify", "all", "30")
    assert (service["Restart"], service["RestartSec"], service["User"]) == ("always", "2", "kiosk")
    assert (service["TTYPath"], service["MemoryMax"]) == ("/dev/tty1", "75%")
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_the_unit_of_cage_says_what_sdl_and_wlroots_have_to_know() -> None:
    lines = filled(SOURCE, Places())["visualizer-kiosk.service"].splitlines()
    told = {line.removeprefix("Environment=") for line in lines if line.startswith("Environment=")}
    assert told >= {"SDL_VIDEODRIVER=wayland", "SDL_VIDEO_WAYLAND_ALLOW_LIBDECOR=0", "WLR_LIBINPUT_NO_DEVICES=1"}


@pytest.mark.parametrize("name", UNITS)
def test_who_is_moved_into_a_login_is_not_asked_to_speak_for_the_unit(name: str) -> None:
    """`PAMName` with `NotifyAccess=all` is what systemd warns of: the supervisor would not be heard."""
    service = read(filled(SOURCE, Places())[name])["Service"]
    assert ("PAMName" in service) == (service["NotifyAccess"] == "main")


def test_weston_is_told_what_to_start_and_ends_with_it() -> None:
    texts = filled(SOURCE, Places())
    ini = read(texts["weston.ini"])
    assert ini["core"]["shell"] == "kiosk-shell.so" and ini["core"]["modules"] == "systemd-notify.so"
    assert ini["output"]["transform"] == "rotate-90" and ini["autolaunch"]["watch"] == "true"
    assert ini["autolaunch"]["path"] == "/etc/visualizer/weston-start.sh"
    start = "exec setpriv --pdeathsig TERM /usr/bin/python3 /opt/visualizer/viz.py kiosk /etc/visualizer/kiosk.toml\n"
    assert texts["weston-start.sh"].endswith(start)
    service = read(texts["visualizer-kiosk-weston.service"])["Service"]
    assert service["ExecStart"] == "/usr/bin/weston --config=/etc/visualizer/weston.ini"


def test_every_place_can_be_another_one() -> None:
    texts = filled(SOURCE, MOVED)
    unit = read(texts["visualizer-kiosk.service"])
    assert unit["Service"]["ExecStart"] == (
        "/usr/local/bin/cage -- /usr/bin/python3 /srv/show/viz.py kiosk /srv/settings/show.toml"
    )
    assert unit["Service"]["User"] == "guest" and "getty@tty7.service" in unit["Unit"]["Conflicts"]
    for text in texts.values():
        assert not [word for word in ("/opt/visualizer", "/etc/visualizer", "tty1") if word in text]
        assert not LEFT_OVER.search(text)


@needs_posix
def test_a_checkout_with_a_space_and_a_quote_in_its_path_is_found() -> None:
    line = next(line for line in filled(SOURCE, Places())["install.sh"].splitlines() if line.startswith("source="))
    done = subprocess.run(["sh", "-c", f'{line}\nprintf %s "$source"'], capture_output=True, text=True, check=True)
    assert done.stdout == str(SOURCE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"user": "a b"},
        {"user": ""},
        {"program": "/opt/$(x)"},
        {"settings": "kiosk.toml"},
    ],
)
def test_a_place_that_scripts_could_not_take_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is '"):
        Places(**wrong)
