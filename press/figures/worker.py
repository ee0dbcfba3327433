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
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import LifoQueue
from typing import IO, Any, TypeVar, cast

FONTS = Path(__file__).with_name("fonts")  # for pictures, beside those that the renderer brings along
PROGRAM = Path(__file__)  # started as a file: as a module it would import all of its package first

STILL = 5  # seconds in which a process may end by itself: it may be drawing
Made = TypeVar("Made")


class WorkerError(Exception):
    """The worker could not draw, or died; the message says what happened."""


class Worker:
    """Draws, in one process or several: whichever is idle takes what is asked, whichever threads ask."""

    def __init__(self, processes: int = 1, *, eager: bool = False) -> None:
        """Make a worker that is not at work yet; an ``eager`` one begins with pictures before anybody wants them."""
        self.processes, self._eager = processes, eager
        self._threads, self._idle = ThreadPoolExecutor(processes), LifoQueue[subprocess.Popen[str] | None]()
        for _ in range(processes):
            self._idle.put(None)

    def begin(self) -> None:
        """Start one process before there is anything to draw: its first drawing takes as long as ten others."""
        self._idle.put(self._idle.get() or _started("early"))

    def svg(self, spec: str | dict[str, Any]) -> str:
        """Return the SVG of a Vega-Lite specification, as JSON or what that holds. Raises ``WorkerError``."""
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
            process = process or _started()
            print(json.dumps(task), file=process.stdin, flush=True)
            answer = json.loads(cast("IO[str]", process.stdout).readline())
        except (BrokenPipeError, ValueError):  # there is no answer, or half of one
            status, process = _ended(process), None
            raise WorkerError(f"the drawing process died (exit status {status})") from None
        finally:
            self._idle.put(process)
        if "error" in answer:
            raise WorkerError(answer["error"])
        return str(answer["done"])

    def close(self) -> None:
        """End with what is under way: what has not begun will not."""
        self._threads.shutdown(cancel_futures=True)
        self.rest()

    def rest(self) -> None:
        """End the processes; the next task starts one anew."""
        for process in [self._idle.get() for _ in range(self.processes)]:
            _ended(process)
            self._idle.put(None)


def _started(*how: str) -> subprocess.Popen[str]:
    """Start a process, in a session of its own: Ctrl-C is for the build, which then closes the pipe."""
    command, pipe = [sys.executable, "-P", str(PROGRAM), *how], subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)


def _ended(process: subprocess.Popen[str] | None) -> int:
    """End a process, if there is one; return its exit status."""
    if not process:
        return 0
    try:
        process.communicate(timeout=STILL)
    except subprocess.TimeoutExpired:  # it still draws, and nothing waits for that
        process.kill()
        process.communicate()
    return process.returncode


def main() -> None:
    """Answer until the pipe closes."""
    os.environ["TZ"] = "UTC"  # axes of time are drawn in the renderer's time zone
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")  # those of a machine take long, on Linux
    import vl_convert  # noqa: PLC0415 - the build imports this module for its own end of the pipes

    vl_convert.register_font_directory(str(FONTS))

    def svg(spec: str | dict[str, Any]) -> str:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])

    def png(svg: str, scale: float) -> str:
        return base64.b64encode(packed(vl_convert.svg_to_png(svg, scale))).decode()

    tasks: dict[str, Callable[..., str]] = {"svg": svg, "png": png}
    if sys.argv[1:]:  # it is started early
        svg({"mark": "point"})
    with contextlib.suppress(BrokenPipeError):  # the other side has gone
        for line in sys.stdin:
            name, *given = json.loads(line)
            try:
                answer = {"done": tasks[name](*given)}
            except (ValueError, RuntimeError) as error:  # what the renderer raises for charts, and for pictures
                said = str(error).strip().splitlines()[:2]  # the renderer's stack begins on the third line
                answer = {"error": " ".join(each.strip() for each in said).strip()}
            print(json.dumps(answer), flush=True)  # noqa: T201 - to the pipe


def packed(png: bytes) -> bytes:
    """Return an opaque PNG of at most 256 colours, in far fewer bytes: the renderer packs for speed.

    Pictures have few colours, and many shades of them at the edges of letters.
    """
    from PIL import Image, PngImagePlugin  # noqa: PLC0415 - only a build that draws pictures needs it

    image, stream = PngImagePlugin.PngImageFile(io.BytesIO(png)).convert("RGB"), io.BytesIO()
    image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(stream, "PNG")
    return stream.getvalue()


if __name__ == "__main__":
    main()
