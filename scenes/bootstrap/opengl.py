"""The OpenGL libraries of a Linux machine: found, or else had from the distribution's packages."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .commands import EXIT_NO_GL, Refusal, explain, run

LIBRARIES = ("libEGL.so.1", "libGL.so.1")
PACKAGES = ("libegl1", "libgl1", "libgl1-mesa-dri")
BY_HAND = (
    f"OpenGL is missing. Debian, Ubuntu: apt install {' '.join(PACKAGES)}. "
    "Fedora: dnf install mesa-libEGL mesa-libGL mesa-dri-drivers. Arch: pacman -S mesa libglvnd. Then start again."
)
TWICE_IS_FATAL = ("libc6", "libc-bin")  # a second C library beside the loader's own breaks every program

Runner = Callable[..., str]


def system_files() -> list[str]:
    """Files of the libraries that the loader finds by name; empty if one is missing."""
    import ctypes

    try:
        for name in LIBRARIES:
            ctypes.CDLL(name)
        mapped = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return sorted({line[line.index("/") :] for line in mapped if "/libEGL.so" in line or "/libGL.so" in line})


def unpacked_files(folder: Path) -> list[str]:
    """Files of the libraries that `fetch` unpacked into a folder; empty if it did not."""
    return [str(path) for name in LIBRARIES for path in folder.glob(f"usr/lib/*/{name}")]


def fetch(folder: Path, *, is_root: bool, runner: Runner = run) -> None:
    """Install OpenGL with apt as root, or unpack it into the folder as anyone else; raises Refusal (exit 3)."""
    from shutil import which

    if not which("apt-get"):
        raise Refusal(BY_HAND, EXIT_NO_GL)
    try:
        if is_root:
            _install(runner)
        else:
            _unpack(folder, runner)
    except Refusal as refusal:
        raise Refusal(f"{refusal}\n{BY_HAND}", EXIT_NO_GL) from None
    if not (system_files() or unpacked_files(folder)):
        raise Refusal(BY_HAND, EXIT_NO_GL)


def variables(folder: Path, *, library_path: str) -> dict[str, str]:
    """The environment in which programs find the unpacked libraries first, ahead of `library_path`."""
    libraries = Path(unpacked_files(folder)[0]).parent
    search = [str(libraries), str(folder / "lib" / libraries.name), library_path]
    return {
        "LD_LIBRARY_PATH": os.pathsep.join(filter(None, search)),
        "LIBGL_DRIVERS_PATH": str(libraries / "dri"),
        "__EGL_VENDOR_LIBRARY_DIRS": str(folder / "usr/share/glvnd/egl_vendor.d"),
    }


def planned(plan: str) -> list[str]:
    """Package names in what `apt-get install -s` wrote, but for those of which there may be only one."""
    names = [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]
    return [name for name in names if name.partition(":")[0] not in TWICE_IS_FATAL]


def _install(runner: Runner) -> None:
    """For the whole system; the package lists are renewed only if it does not go without."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *PACKAGES]
    try:
        runner(command)
    except Refusal:
        _after_update(command, ["apt-get"], runner)


def _unpack(folder: Path, runner: Runner) -> None:
    """For this program alone: needs no rights and leaves the system as it is, its package lists included."""
    from shutil import rmtree

    scratch = folder.with_name("gl.new")
    rmtree(scratch, ignore_errors=True)
    for part in ("lists/partial", "cache/archives/partial", "root"):
        (scratch / part).mkdir(parents=True)
    apt = ["apt-get", "-o", f"Dir::State::Lists={scratch}/lists", "-o", f"Dir::Cache={scratch}/cache"]
    plan = _after_update([*apt, "install", "-s", "--no-install-recommends", *PACKAGES], apt, runner)
    runner([*apt, "download", *planned(plan)], cwd=scratch)
    for package in sorted(scratch.glob("*.deb")):
        runner(["dpkg-deb", "-x", str(package), str(scratch / "root")])
    rmtree(folder, ignore_errors=True)
    (scratch / "root").rename(folder)  # all of it or nothing
    rmtree(scratch)


def _after_update(command: list[str], apt: list[str], runner: Runner) -> str:
    """Run a command on fresh package lists; if it fails for want of a list, tell that, which apt calls a success."""
    news = runner([*apt, "update"])
    try:
        return runner(command)
    except Refusal:
        if "Failed to fetch" in news:
            raise Refusal(explain(news, "apt-get update")) from None
        raise
