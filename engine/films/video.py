"""H.264 in an .mp4: raw RGB frames go through a pipe to ffmpeg, which is the system's or the `video` extra's."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np

from engine.files import beside, sweep

from .encoder import FilmError, Pixels, Size
from .h264 import writes_h264

QUALITY = 16  # x264's constant rate factor: below about 18 nothing is seen to be missing
MISSING = (
    "An .mp4 needs ffmpeg, and there is none: install it (Debian: apt install ffmpeg) or the extra "
    "ai-training-visualizer[video], or write a .webp, a .gif or a folder of pictures"
)
UNABLE = (
    "The ffmpeg at {} was built without libx264, so it cannot write an .mp4: install the extra "
    "ai-training-visualizer[video], or another ffmpeg, or write a .webp, a .gif or a folder of pictures"
)
# The colours of HD video, said and converted to: without this ffmpeg uses those of 1982 and players guess.
COLOURS = "scale=out_color_matrix=bt709:out_range=tv,setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709"


class VideoFilm:
    """One run of ffmpeg. It has a session of its own, so that Ctrl+C reaches only us, who end it in order."""

    def __init__(self, out: Path, size: Size, fps: int, *, program: str) -> None:
        if size[0] % 2 or size[1] % 2:
            even = f"{size[0] + size[0] % 2}x{size[1] + size[1] % 2}"
            raise FilmError(f"An .mp4 needs even sides, and {size[0]}x{size[1]} is odd: use --size {even}, or a .webp")
        self._out, self._begun = out, beside(out)
        self._said = TemporaryFile()  # noqa: SIM115 - closed by `close`; a pipe could fill up, and both sides wait
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            sweep(out)
            self._process = subprocess.Popen(
                command(program, self._begun, size, fps),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                start_new_session=True,
            )
        except OSError as why:
            self._said.close()
            raise FilmError(f"{out} cannot be written with {program} ({why.strerror})") from None

    def write(self, pixels: Pixels) -> None:
        """See Encoder."""
        assert self._process.stdin
        try:
            self._process.stdin.write(np.ascontiguousarray(pixels).data)
        except OSError:
            self.close()  # which tells why it has ended
            raise FilmError(f"ffmpeg ended before {self._out} was whole") from None

    def close(self) -> None:
        """See Encoder: ffmpeg finishes what it was given."""
        if self._said.closed:
            return
        assert self._process.stdin
        with contextlib.suppress(OSError):  # where it has ended already, its exit code tells why
            self._process.stdin.close()
        try:
            code = self._process.wait()
        except BaseException:
            self._process.kill()
            self._begun.unlink(missing_ok=True)
            raise
        with self._said:
            self._said.seek(0)
            told = self._said.read().decode(errors="replace").strip().splitlines()
        if code:
            self._begun.unlink(missing_ok=True)
            raise FilmError(f"ffmpeg could not write {self._out} ({told[-1] if told else f'exit code {code}'})")
        try:
            os.replace(self._begun, self._out)
        except OSError as why:
            raise FilmError(f"{self._out} cannot be written ({why.strerror}): name another file") from None


def program() -> str:
    """ffmpeg on PATH, or where that cannot write H.264, the one that imageio-ffmpeg brings. Raises FilmError."""
    found = shutil.which("ffmpeg")
    if found and writes_h264(found):
        return found
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise FilmError(UNABLE.format(found) if found else MISSING) from None


def command(program: str, out: Path, size: Size, fps: int) -> list[str]:
    """The words that start ffmpeg. It writes no date and no version, and the index before the frames (faststart)."""
    given = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", f"{size[0]}x{size[1]}", "-framerate", str(fps)]
    made = ["-vf", COLOURS, "-c:v", "libx264", "-preset", "medium", "-crf", str(QUALITY), "-pix_fmt", "yuv420p"]
    file = ["-movflags", "+faststart", "-fflags", "+bitexact", "-map_metadata", "-1", "-f", "mp4", f"file:{out}"]
    return [program, "-hide_banner", "-loglevel", "error", "-y", *given, "-i", "pipe:0", *made, *file]
