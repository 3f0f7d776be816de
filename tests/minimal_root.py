"""A minimal Debian in a folder, and users who work in it; needs root. Serves `fresh_root.py`, holds no tests.

Nothing is left mounted: every command has its own mount namespace, which the kernel dissolves with it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VISITOR, VISITOR_ID = "visitor", "4321"
PACKAGES = "python3,python3-pip,ca-certificates"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
LIMIT = 1800.0  # seconds for one command

# Mounts what programs expect below $0, then gives its arguments to chroot.
ENTER = """
mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/dev/shm" && exec chroot "$@"
"""

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Guest:
    """One user inside one root, with the variables that the user's commands get and no others."""

    root: Path
    user: str
    environment: Mapping[str, str]

    @property
    def project(self) -> Path:
        """Where the repository lies, as the guest sees it."""
        return Path("/root/project" if self.user == "root" else f"/home/{VISITOR}/project")

    @property
    def project_on_host(self) -> Path:
        """Where the repository lies, as the host sees it."""
        return self.root / self.project.relative_to("/")

    def run(self, *command: str) -> Done:
        """Run a command in the project's folder as this user, output captured."""
        who = [] if self.user == "root" else [f"--userspec={VISITOR_ID}:{VISITOR_ID}"]
        inside = ["/usr/bin/env", "-i", "-C", str(self.project), f"HOME={self.project.parent}"]
        given = [f"{name}={value}" for name, value in self.environment.items()]
        return enter(self.root, *who, str(self.root), *inside, *given, *command)


def make(root: Path, *, suite: str, mirror: str) -> Done:
    """Have debootstrap make a root with Python, pip and certificates, and nothing else that can be left out."""
    source = [mirror] if mirror else []
    command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(root), *source]
    return _captured(command)


def copy(pristine: Path, root: Path) -> None:
    """Copy a root, owners and all."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(pristine), str(root)], check=True)


def connect(root: Path, *, certificates: Path, pip_conf: Path | None, apt_sources: Path | None) -> None:
    """Give a root the host's ways to the network."""
    copies = [(Path("/etc/resolv.conf"), "etc/resolv.conf"), (certificates, str(CERTIFICATES).lstrip("/"))]
    if pip_conf:
        copies.append((pip_conf, "etc/pip.conf"))
    if apt_sources:
        shutil.rmtree(root / "etc/apt/sources.list.d", ignore_errors=True)
        (root / "etc/apt/sources.list").unlink(missing_ok=True)
        copies.append((apt_sources, f"etc/apt/sources.list.d/given{apt_sources.suffix}"))
    for source, target in copies:
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, root / target)


def bring(repository: Path, guest: Guest) -> None:
    """Copy the files that git tracks into the guest's project folder; makes the plain user on the way."""
    owner = "0" if guest.user == "root" else VISITOR_ID
    if guest.user != "root":
        add = ["useradd", "--create-home", "--uid", VISITOR_ID, "--user-group", VISITOR]
        enter(guest.root, str(guest.root), *add).check_returncode()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        target = guest.project_on_host / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(repository / name, target)
    subprocess.run(["chown", "-R", f"{owner}:{owner}", str(guest.project_on_host)], check=True)


def enter(root: Path, *words: str) -> Done:
    """Run `chroot` with these words in namespaces of its own; its mounts and processes end with it."""
    return _captured(["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, str(root), *words])


def _captured(command: list[str]) -> Done:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=LIMIT
    )
