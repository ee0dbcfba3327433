"""The processes that draw: what they give, what is said when something cannot be drawn,
and when one dies.
"""

import contextlib
import io
import json
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from press.drawing import DrawingError
from press.figures.pool import DrawingPool

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">{}</svg>'
POINT = {
    "mark": "point",
    "data": {"values": [{"x": 1}]},
    "encoding": {"x": {"field": "x", "type": "quantitative"}},
}
LONGEST = 120  # seconds that a test waits for what must come
# Draws, says which process has drawn, and ends as a build that is killed does.
KILLED = """
import json, os, signal
from press.figures.pool import DrawingPool

if __name__ == "__main__":
    pool = DrawingPool(1)
    pool.begin_svg(json.dumps({"mark": "point"}))()
    print(*pool._executor._processes, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
# Is interrupted while a process that draws begins.
INTERRUPTED = """
import json, os, signal
from press.figures.pool import DrawingPool

if __name__ == "__mp_main__":
    os.kill(os.getpid(), signal.SIGINT)
if __name__ == "__main__":
    pool = DrawingPool(1)
    print(pool.begin_svg(json.dumps({"mark": "point"}))()[:5])
    pool.close()
"""


def draw(pool, spec):
    return pool.begin_svg(json.dumps(spec))()


def end_process(*_given):
    """End the process in which it is called, as a crash of the renderer does."""
    os.kill(os.getpid(), signal.SIGKILL)


def process_of(*_given):
    """Return the number of the process in which it is called."""
    return str(os.getpid())


def test_a_process_goes_on_after_what_it_cannot_draw(pool):
    """A specification that is no chart is told, and the next is drawn."""
    with pytest.raises(DrawingError):
        draw(pool, {"mark": "bars"})

    assert draw(pool, POINT).startswith("<svg ")


def test_nothing_is_fetched_while_drawing(pool):
    """The process opens no address, not even one of this machine."""
    with pytest.raises(DrawingError):
        draw(pool, {**POINT, "data": {"url": "http://127.0.0.1:9/x.json"}})


@pytest.mark.parametrize("scale", [1, 1.5, 2])
def test_a_picture_is_as_large_as_its_scale_says(pool, scale):
    """A PNG has as many pixels for each of the SVG's own as was asked for."""
    png = pool.begin_png(PICTURE.format(""), scale)()

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (30 * scale, 20 * scale)


def test_a_picture_of_few_colours_names_each_once(pool):
    """It has a palette, which makes it smaller, and every pixel the colour that it was
    drawn in.
    """
    drawn = PICTURE.format(
        '<path d="M1,1h9v9z" fill="#0b6e5f"/><path d="M3,9l9,9z" fill="#aa0000"/>'
    )
    image = Image.open(io.BytesIO(pool.begin_png(drawn, 4)()))

    assert image.mode == "P"
    assert {(0x0B, 0x6E, 0x5F)} <= {
        colour for _, colour in image.convert("RGB").getcolors()
    }


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param("", "the document does not have a root node", id="nothing"),
        pytest.param(
            PICTURE.format("<g>"),
            "expected 'g' tag, not 'svg' at 1:67",
            id="an element without an end",
        ),
        pytest.param(
            PICTURE.format("</g>"),
            "expected 'svg' tag, not 'g' at 1:64",
            id="an end without a beginning",
        ),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_told_in_a_line(pool, broken, told):
    """What is wrong with an SVG is said without the renderer's stack, and the next one
    is drawn.
    """
    with pytest.raises(DrawingError) as found:
        pool.begin_png(broken, 2)()

    assert str(found.value) == told
    assert pool.begin_png(PICTURE.format(""), 2)()


def test_the_time_zone_is_nothing_to_a_drawing(monkeypatch):
    """An axis of time has the same ticks everywhere."""
    x = {"field": "at", "type": "temporal", "axis": {"format": "%Y-%m-%d %H:%M"}}
    values = [{"at": "2020-01-01"}, {"at": "2021-07-01T12:00"}]
    spec = {"mark": "point", "encoding": {"x": x}, "data": {"values": values}}
    drawn = set()
    for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        with contextlib.closing(DrawingPool(1)) as own:
            drawn.add(draw(own, spec))

    assert len(drawn) == 1


def test_a_process_that_dies_is_told_and_another_draws_the_next(monkeypatch):
    """Whoever waits for the drawing hears of it; the chart after the one that killed
    the process is drawn.
    """
    with contextlib.closing(DrawingPool(1)) as own:
        with monkeypatch.context() as patched:
            patched.setattr("press.figures.pool.draw_svg", end_process)
            wait = own.begin_svg(json.dumps(POINT))
        with pytest.raises(DrawingError, match=r"^a process that draws has died$"):
            wait()

        assert draw(own, POINT).startswith("<svg ")


def test_a_pool_that_was_closed_starts_another_process(monkeypatch):
    """A preview that has ended its processes can draw again."""
    monkeypatch.setattr("press.figures.pool.draw_svg", process_of)
    with contextlib.closing(DrawingPool(1)) as own:
        first = draw(own, POINT)
        own.close()

        assert draw(own, POINT) != first


@pytest.mark.skipif(
    sys.platform == "win32", reason="there a process has no such signal"
)
def test_the_processes_end_with_a_build_that_is_killed():
    """None is left behind, waiting for what will never be asked."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )  # which reads until the last process that may write has gone

    assert (ended.returncode, len(ended.stdout.split())) == (-signal.SIGKILL, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="there a process hears of Ctrl-C")
def test_a_process_that_begins_does_not_hear_of_ctrl_c(tmp_path):
    """A terminal sends it to all that runs; it is for the build alone."""
    program = tmp_path / "program.py"
    program.write_text(INTERRUPTED, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}

    ended = subprocess.run(
        [sys.executable, program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "<svg \n", "")
