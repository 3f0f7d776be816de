"""Compares pictures: exactly where the same driver drew them, by the means of tiles elsewhere.

Counting pixels, or mean SSIM, cannot tell another driver from a missing dot; the largest difference between the means
of small tiles can. Measured on states.script at 1280x720: llvmpipe of Mesa 22.3 against that of Mesa 25.0 at most 1.35
levels for tiles of 16 pixels and 1.13 for 32, against softpipe 1.33 and 1.05. What must fail is in
tests/test_sabotage.py.
"""

import hashlib
import platform
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pygame
from numpy.typing import NDArray

LIMITS = {16: 2.0, 32: 1.25}  # pixels of a tile's side: levels of 255 that its mean may differ

LAST_CHUNK = b"IEND\xaeB`\x82"  # of every PNG

Pixels = NDArray[np.uint8]  # [height, width, 3], from the top row


def digest(pixels: Pixels) -> str:
    """SHA-256 of the raw rows: never of the PNG file, whose bytes depend on its writer."""
    return hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()


def tile_map(one: Pixels, other: Pixels, side: int) -> NDArray[np.float64]:
    """How far each tile's mean differs in the channel where it differs most, in levels: [rows, columns].

    The last tiles of a row or column may be smaller. Raises ValueError if the sizes differ.
    """
    if one.shape != other.shape:
        raise ValueError(f"the sizes differ: {one.shape[1]}x{one.shape[0]} and {other.shape[1]}x{other.shape[0]}")
    rows, columns = (np.arange(0, length, side) for length in one.shape[:2])
    if np.array_equal(one, other):
        return np.zeros((len(rows), len(columns)))
    difference = one.astype(np.float64) - other
    sums = np.add.reduceat(np.add.reduceat(difference, rows, axis=0), columns, axis=1)
    heights = np.diff([*rows, difference.shape[0]])[:, None, None]
    widths = np.diff([*columns, difference.shape[1]])[None, :, None]
    means: NDArray[np.float64] = np.abs(sums / (heights * widths)).max(axis=2)
    return means


def tile_difference(one: Pixels, other: Pixels, side: int) -> float:
    """The largest of `tile_map`, in levels. Raises ValueError if the sizes differ."""
    return float(np.max(tile_map(one, other, side)))


def alike(one: Pixels, other: Pixels) -> bool:
    """Whether every tile of every size lies within `LIMITS`."""
    return all(tile_difference(one, other, side) <= limit for side, limit in LIMITS.items())


def load(path: Path) -> Pixels:
    """A PNG as pixels. Raises ValueError that names the file if it is no whole picture."""
    try:
        if not path.read_bytes().endswith(LAST_CHUNK):
            raise ValueError(f"{path.name} is no picture, or has been cut short")
        surface = pygame.image.load(path)
    except (pygame.error, OSError) as why:
        raise ValueError(f"{path.name} is no picture: {why}") from None
    width, height = surface.get_size()
    return np.frombuffer(pygame.image.tobytes(surface, "RGB"), dtype=np.uint8).reshape(height, width, 3)


def fingerprint(driver: Mapping[str, str], assets: Path) -> dict[str, str]:
    """All that pixels may depend on besides the program: equal fingerprints must give equal bytes."""
    return {
        "renderer": driver["renderer"],
        "gl": driver["version"],
        "cpu": _cpu_vendor(),
        "pygame": pygame.version.ver,
        "sdl": ".".join(map(str, pygame.get_sdl_version())),
        "ttf": ".".join(map(str, pygame.font.get_sdl_ttf_version())),
        "freetype": _freetype(),
        "assets": _tree(assets),
    }


def _cpu_vendor() -> str:
    """llvmpipe's reciprocals differ in their low bits between makers of processors (pygfx #1318)."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("vendor_id")), platform.machine())


def _freetype() -> str:
    import pygame.freetype

    pygame.freetype.init()
    return ".".join(map(str, pygame.freetype.get_version()))


def _tree(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".ttf", ".svg")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]
