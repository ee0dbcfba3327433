"""``python press/figures/worker.py``: draws Vega-Lite as SVG, and SVG as PNG, in a process of its own.

vl-convert holds Python's lock for as long as it draws, and may die (vl-convert#206): so it works beside the build and
not inside it. Both talk on pipes, a line of JSON for each message. What is asked is a list, the name of a task and what
it takes; the answer is {"done": …} or {"error": what went wrong}.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from queue import LifoQueue
from typing import IO, Any, TypeVar, cast

FONTS = Path(__file__).with_name("fonts")  # for pictures, beside those that the renderer brings along
PROGRAM = Path(__file__)  # started as a file: as a module it would import all of its package first

PALETTE, NEAR = 256, 4  # colours that a picture can name once, and each pixel by a number; how near two are one
STILL, DYING = 2, 60  # seconds to wait for the end of a process that may draw, and of one that has closed its pipe
Made = TypeVar("Made")


class WorkerError(Exception):
    """The worker could not draw, or died; the message says what happened."""


class _Process:
    """The build's end of the pipes of one process, which is started by the first task, and anew where it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._begins = False  # with a drawing for which nobody waits

    def begin(self) -> None:
        """Start it, and have it draw a point: its first drawing takes as long as ten others."""
        self._start()
        send(self._to, ("svg", {"mark": "point"}))
        self._begins = True

    def _start(self) -> None:
        command, pipe = [sys.executable, "-P", str(PROGRAM)], subprocess.PIPE
        # In a session of its own: Ctrl-C is for the build, which then closes the pipe.
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)
        self._to, self._from = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    def ask(self, *task: object) -> str:
        """Return what a task gave. Raises ``WorkerError``."""
        if not self._process:
            self._start()
        try:
            send(self._to, task)
            answer = receive(self._from)
            if self._begins:
                self._begins, answer = False, receive(self._from)
        except (BrokenPipeError, EOFError):
            status = self.end(DYING)
            raise WorkerError(f"the drawing process died (exit status {status})") from None
        if "error" in answer:
            raise WorkerError(answer["error"])
        return str(answer["done"])

    def end(self, patience: int = STILL) -> int:
        """End the process, if it is running; return its exit status."""
        if not self._process:
            return 0
        for pipe in (self._to, self._from):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        try:
            status = self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:  # still drawing, and nothing waits for it
            self._process.kill()
            status = self._process.wait()
        self._process, self._begins = None, False
        return status


class Worker:
    """Draws, in one process or several: whichever is idle takes what is asked, whichever threads ask."""

    def __init__(self, processes: int = 1, *, eager: bool = False) -> None:
        """Make a worker that is not at work yet; an ``eager`` one begins with pictures before anybody wants them."""
        self.processes, self._eager = processes, eager
        self._threads, self._idle = ThreadPoolExecutor(processes), LifoQueue[_Process]()
        for _ in range(processes):
            self._idle.put(_Process())

    def begin(self) -> None:
        """Start one process before there is anything to draw."""
        process = self._idle.get()
        process.begin()
        self._idle.put(process)

    def svg(self, spec: dict[str, Any]) -> str:
        """Return the SVG of a Vega-Lite specification. Raises ``WorkerError``."""
        return self._ask("svg", spec)

    def png(self, svg: str, scale: float) -> bytes:
        """Return a PNG of an SVG, ``scale`` pixels for each of its own. Raises ``WorkerError``."""
        return base64.b64decode(self._ask("png", svg, scale))

    def soon(self, make: Callable[[], Made]) -> Callable[[], Made]:
        """Return what gives what ``make`` makes, and raises what it raises; an eager worker begins with it now."""
        return self._threads.submit(make).result if self._eager else make

    def _ask(self, *task: object) -> str:
        process = self._idle.get()
        try:
            return process.ask(*task)
        finally:
            self._idle.put(process)

    def close(self) -> None:
        """End with what is under way: what has not begun will not."""
        self._threads.shutdown(cancel_futures=True)
        self.rest()

    def rest(self) -> None:
        """End the processes, which the next task starts anew."""
        for process in [self._idle.get() for _ in range(self.processes)]:
            process.end()
            self._idle.put(process)


def send(stream: IO[bytes], message: object) -> None:
    """Send one message."""
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # noqa: ANN401 - JSON
    """Receive one message. Raises ``EOFError`` where the other side has gone."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return json.loads(line)


def main() -> None:
    """Answer until the pipe closes."""
    os.environ["TZ"] = "UTC"  # axes of time are drawn in the renderer's time zone
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")  # those of a machine take long, on Linux
    import vl_convert  # noqa: PLC0415 - the build imports this module for its own end of the pipes

    vl_convert.register_font_directory(str(FONTS))

    def svg(spec: dict[str, Any]) -> str:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])

    def png(svg: str, scale: float) -> str:
        return base64.b64encode(packed(vl_convert.svg_to_png(svg, scale))).decode()

    with contextlib.suppress(BrokenPipeError):  # the other side has gone
        answer_all({"svg": svg, "png": png})


def packed(png: bytes) -> bytes:
    """Return an opaque PNG in fewer bytes: the renderer packs for speed, and keeps transparency.

    Pictures have few colours, and many shades of them at the edges of letters: of those that are as good as one the
    most frequent stands for all. Pillow finds what is nearest exactly where all shades are multiples of 4.
    """
    from PIL import Image, PngImagePlugin  # noqa: PLC0415 - only a build that draws pictures needs it

    image, stream = PngImagePlugin.PngImageFile(io.BytesIO(png)).convert("RGB"), io.BytesIO()
    if shades := image.getcolors(4 * PALETTE):
        kept = dict[tuple[int, ...], tuple[int, ...]]()
        for _, shade in sorted(cast("list[tuple[int, tuple[int, ...]]]", shades), reverse=True):
            kept.setdefault(tuple(value // NEAR * NEAR for value in shade), shade)
        most, palette = [*kept][:PALETTE], Image.new("P", (1, 1))
        palette.putpalette([*chain.from_iterable(most)])
        image = image.point([value // NEAR * NEAR for value in range(256)] * 3)
        image = image.quantize(palette=palette, dither=Image.Dither.NONE)
        image.putpalette([*chain.from_iterable(kept[each] for each in most)])
    image.save(stream, "PNG")
    return stream.getvalue()


def answer_all(tasks: Mapping[str, Callable[..., str]]) -> None:
    """Do what is asked on standard input, one task after another, until it closes."""
    while True:
        try:
            name, *given = receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = {"done": tasks[name](*given)}
        except (ValueError, RuntimeError) as error:  # what the renderer raises for charts, and for pictures
            said = str(error).strip().splitlines()[:2]  # the renderer's stack begins on the third line
            answer = {"error": " ".join(line.strip() for line in said).strip()}
        send(sys.stdout.buffer, answer)


if __name__ == "__main__":
    main()
