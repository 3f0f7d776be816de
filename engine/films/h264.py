"""Whether an ffmpeg can write what an .mp4 of ours holds: many are built without it. Standard library only."""

import subprocess

ENCODER = "libx264"
PATIENCE = 10.0  # seconds


def writes_h264(program: str) -> bool:
    """Ask the program itself, which lists its encoders one a line."""
    try:
        listed = subprocess.run([program, "-hide_banner", "-encoders"], capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return any(line.split()[1:2] == [ENCODER.encode()] for line in listed.stdout.splitlines())
