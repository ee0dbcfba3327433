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
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, cast

LOADED = re.compile(r"<(?:\w+:)?(?:feImage|image)\b")
PROGRAM = Path(__file__)  # started as a file: as a module it would import all of its package first


class WorkerError(Exception):
    """The worker could not draw, or died; the message says what happened."""


class Worker:
    """The build's end of the pipes. The renderer takes 0.4 s to start, which ``start`` does in advance."""

    def __init__(self) -> None:
        """Make a worker that is not at work yet."""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process, if it is not running; it warms up by itself."""
        if self._process:
            return
        command = [sys.executable, "-P", str(PROGRAM)]
        pipe = subprocess.PIPE
        # In a session of its own: Ctrl-C is for the build, which then closes the pipe.
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)
        self._to, self._from = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    def svg(self, spec: dict[str, Any]) -> str:
        """Return the SVG of a Vega-Lite specification. Raises ``WorkerError``."""
        return self._ask("svg", spec)

    def png(self, svg: str, scale: float) -> bytes:
        """Return a PNG of an SVG, ``scale`` pixels for each of its own. Raises ``WorkerError``."""
        return base64.b64decode(self._ask("png", svg, scale))

    def _ask(self, *task: object) -> str:
        """Return what a task gave. Raises ``WorkerError``; a dead process is started anew by the next task."""
        self.start()
        try:
            send(self._to, task)
            answer = receive(self._from)
        except (BrokenPipeError, EOFError):
            status = self.close()
            raise WorkerError(f"the drawing process died (exit status {status})") from None
        if "error" in answer:
            raise WorkerError(answer["error"])
        return str(answer["done"])

    def close(self) -> int:
        """End the process, if it is running; return its exit status."""
        if not self._process:
            return 0
        for pipe in (self._to, self._from):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        try:
            status = self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:  # still drawing, and nothing waits for it
            self._process.kill()
            status = self._process.wait()
        self._process = None
        return status


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
    import vl_convert  # noqa: PLC0415 - the build imports this module for its own end of the pipes

    def svg(spec: dict[str, Any]) -> str:
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])

    def png(svg: str, scale: float) -> str:
        if LOADED.search(svg):  # the renderer would fetch it, and no option forbids that
            raise ValueError("found an SVG that loads a picture, expected marks and text")
        return base64.b64encode(packed(vl_convert.svg_to_png(svg, scale))).decode()

    svg({"mark": "point", "data": {"values": []}})
    answer_all({"svg": svg, "png": png})


def packed(png: bytes) -> bytes:
    """Return an opaque PNG in fewer bytes, the same pixels: the renderer packs for speed, and keeps transparency."""
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415 - only a build that draws pictures needs it

    stream = io.BytesIO()
    PngImageFile(io.BytesIO(png)).convert("RGB").save(stream, "PNG")
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
            answer = {"error": reason(error)}
        send(sys.stdout.buffer, answer)


def reason(error: Exception) -> str:
    """Return what the renderer says went wrong: its stack begins on the third line."""
    return " ".join(line.strip() for line in str(error).strip().splitlines()[:2]).strip()


if __name__ == "__main__":
    main()
