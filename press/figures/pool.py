"""The processes that draw: one pool for a command, started when there is something to
draw.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TypeVar

from press.drawing import DrawingError, draw_png, draw_svg, prepare_drawing_process

PROCESSES = 2  # each takes about 150 MB
Drawn = TypeVar("Drawn", str, bytes)


class DrawingPool:
    """Draws in processes of its own, which begin with what is asked in the order in
    which it is asked.
    """

    def __init__(self, processes: int = PROCESSES) -> None:
        """Make a pool that has not started any process yet."""
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None

    def begin_svg(self, spec: str) -> Callable[[], str]:
        """Begin to draw a Vega-Lite specification, given as JSON; return what waits for
        its SVG.

        That raises ``DrawingError`` where it cannot be drawn, or where a process has
        died.
        """
        return self._begin_drawing(draw_svg, spec)

    def begin_png(self, svg: str, scale: float) -> Callable[[], bytes]:
        """Begin to draw an SVG as PNG, ``scale`` pixels for each of its own; return
        what waits for it, as for SVG.
        """
        return self._begin_drawing(draw_png, svg, scale)

    def _begin_drawing(
        self, draw: Callable[..., Drawn], *given: object
    ) -> Callable[[], Drawn]:
        with _hold_ctrl_c_back():
            try:
                drawing = self._start_processes().submit(draw, *given)
            except BrokenProcessPool:
                # of an earlier drawing, of which whoever asked for it has heard
                self.close()
                drawing = self._start_processes().submit(draw, *given)
        return lambda: _wait_for(drawing)

    def _start_processes(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # A forked copy of a process that has threads may hang; a spawned one is the
            # same on every system.
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(
                self._processes, context, initializer=prepare_drawing_process
            )
        return self._executor

    def close(self) -> None:
        """End the processes; what has not begun will not be drawn.

        The next drawing starts others.
        """
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


@contextmanager
def _hold_ctrl_c_back() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile, and never come to the processes that begin meanwhile:
    it is for the build, which then ends them.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    # else it begins with the first process, and lets Ctrl-C come again
    resource_tracker.ensure_running()
    held_before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held_before)


def _wait_for(drawing: Future[Drawn]) -> Drawn:
    try:
        return drawing.result()
    except BrokenProcessPool:
        raise DrawingError("a process that draws has died") from None
