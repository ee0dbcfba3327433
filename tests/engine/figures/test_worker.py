"""The drawing process: messages on pipes, and what is said when it cannot draw or dies."""

import contextlib
import io
import struct
import subprocess
import sys
import threading
from concurrent.futures import CancelledError

import pytest
from PIL import Image

from press.figures.worker import PROGRAM, Worker, WorkerError

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20">{}</svg>'
POINT = {"mark": "point", "data": {"values": [{"x": 1}]}, "encoding": {"x": {"field": "x", "type": "quantitative"}}}

LONGEST = 120  # seconds that a test waits for what must come


@pytest.fixture
def impostor(tmp_path, monkeypatch):
    """Return a function that puts a program in the place of the drawing process."""

    def replace(program: str):
        (tmp_path / "worker.py").write_text(program, "utf-8")
        monkeypatch.setattr("press.figures.worker.PROGRAM", tmp_path / "worker.py")

    return replace


@pytest.fixture
def eager():
    """Return a worker that begins with pictures at once."""
    with contextlib.closing(Worker(2, eager=True)) as both:
        yield both


def test_the_process_draws_and_goes_on_after_what_it_cannot_draw(worker):
    """A specification that is no chart is told, and the next is drawn by the same process."""
    with pytest.raises(WorkerError):
        worker.svg({"mark": "bars"})

    assert worker.svg(POINT).startswith("<svg ")


def test_a_process_that_has_begun_gives_what_is_asked(worker):
    """Not the drawing with which it began; nor does one that is started anew."""
    early = Worker()
    early.begin()

    assert [early.svg(POINT), early.rest(), early.svg(POINT)] == [worker.svg(POINT), None, worker.svg(POINT)]
    early.close()


def test_nothing_is_fetched_while_drawing(worker):
    """The process opens no address, not even one of this machine."""
    with pytest.raises(WorkerError):
        worker.svg({**POINT, "data": {"url": "http://127.0.0.1:9/x.json"}})


@pytest.mark.parametrize("scale", [1, 1.5, 2])
def test_a_picture_is_as_large_as_its_scale_says(worker, scale):
    """A PNG has as many pixels for each of the SVG's own as was asked for."""
    png = worker.png(PICTURE.format(""), scale)

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (30 * scale, 20 * scale)


def test_a_picture_of_few_colours_names_each_once(worker):
    """It has a palette, which makes it smaller, and every pixel the colour that it was drawn in."""
    png = worker.png(PICTURE.format('<path d="M1,1h9v9z" fill="#0b6e5f"/><path d="M3,9l9,9z" fill="#aa0000"/>'), 4)
    image = Image.open(io.BytesIO(png))

    assert image.mode == "P"
    assert {(0x0B, 0x6E, 0x5F)} <= {colour for _, colour in image.convert("RGB").getcolors()}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        pytest.param("", "the document does not have a root node", id="nothing"),
        pytest.param(PICTURE.format("<g>"), "expected 'g' tag, not 'svg' at 1:67", id="an element without an end"),
        pytest.param(PICTURE.format("</g>"), "expected 'svg' tag, not 'g' at 1:64", id="an end without a beginning"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_told_in_a_line_and_ends_nothing(worker, broken, told):
    """What is wrong with an SVG is said without the renderer's stack, and the same process draws the next one."""
    with pytest.raises(WorkerError) as found:
        worker.png(broken, 2)
    process = worker._idle.get()  # noqa: SLF001 - that it is the same cannot be seen from outside
    worker._idle.put(process)  # noqa: SLF001

    assert str(found.value) == told
    assert worker.png(PICTURE.format(""), 2)
    assert worker._idle.queue == [process]  # noqa: SLF001


def test_the_time_zone_is_nothing_to_a_drawing(monkeypatch):
    """An axis of time has the same ticks everywhere."""
    x = {"field": "at", "type": "temporal", "axis": {"format": "%Y-%m-%d %H:%M"}}
    spec = {
        "mark": "point",
        "encoding": {"x": x},
        "data": {"values": [{"at": "2020-01-01"}, {"at": "2021-07-01T12:00"}]},
    }
    drawn = set()
    for zone in ("UTC", "Asia/Tokyo", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        with contextlib.closing(Worker()) as process:
            drawn.add(process.svg(spec))

    assert len(drawn) == 1


def test_the_process_ends_when_its_pipe_is_closed():
    """A build that is done, or killed, leaves no process behind."""
    ended = subprocess.run(
        [sys.executable, "-P", PROGRAM],
        input=b"",
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("program", "status"),
    [
        pytest.param("raise SystemExit(3)", "3", id="it ends by itself"),
        pytest.param("import os, sys; sys.stdin.buffer.read(9); os.kill(os.getpid(), 9)", "-9", id="it is killed"),
        pytest.param("import sys; sys.stdin.buffer.read(9); sys.stdout.buffer.write(b'\\0')", "0", id="half an answer"),
    ],
)
def test_a_process_that_dies_is_told_with_its_exit_status(impostor, program, status):
    """Whenever the process dies, before or amid a drawing, the build hears how."""
    impostor(program)
    process = Worker()

    with pytest.raises(WorkerError, match=rf"^the drawing process died \(exit status {status}\)$"):
        process.svg(POINT)
    process.close()


def test_a_dead_process_is_followed_by_another(impostor, monkeypatch):
    """The chart after the one that killed the process is drawn."""
    impostor("raise SystemExit(3)")
    process = Worker()
    with pytest.raises(WorkerError):
        process.svg(POINT)
    monkeypatch.setattr("press.figures.worker.PROGRAM", PROGRAM)

    drawn = process.svg(POINT)
    process.close()

    assert drawn.startswith("<svg ")


def test_two_processes_draw_two_things_at_a_time(monkeypatch):
    """Each of its processes draws one, before anybody wants it: each waits here for the other."""
    both = threading.Barrier(2, timeout=LONGEST)
    monkeypatch.setattr(Worker, "_ask", lambda *_: str(both.wait()))
    with contextlib.closing(Worker(2, eager=True)) as eager:
        drawn = [eager.soon(lambda: eager.svg({})) for _ in range(2)]

        assert sorted(each() for each in drawn) == ["0", "1"]


def test_what_goes_wrong_early_is_told_to_whoever_asks(eager):
    """A picture that cannot be drawn is told where its bytes are wanted; the others are drawn."""
    wrong, right = (eager.soon(lambda svg=svg: eager.png(svg, 1)) for svg in ("", PICTURE.format("")))

    with pytest.raises(WorkerError):
        wrong()
    assert right()


def test_what_has_not_begun_when_a_worker_is_closed_never_begins(eager):
    """A build that fails does not wait for pictures that nobody will see."""
    go, begun = threading.Event(), threading.Semaphore(0)
    for _ in range(2):
        eager.soon(lambda: begun.release() or go.wait(LONGEST))
    for _ in range(2):
        assert begun.acquire(timeout=LONGEST)
    late = eager.soon(lambda: "late")
    closing = threading.Thread(target=eager.close)
    closing.start()

    with pytest.raises(CancelledError):
        late()
    go.set()
    closing.join()
