"""Where the files lie that are not code: beside the packages, in a checkout and in a wheel alike."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHADERS = ROOT / "shaders"
ASSETS = ROOT / "assets"
