"""Firefox and WebKit as programs that take the commands of WebDriver: WebKit through its driver, Firefox on a socket.

Both start with an empty profile and end with all that they have started.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[..., Any]  # takes the name of a command and what it needs, and returns its answer or raises OSError

PATIENCE = 10.0  # seconds to wait for what does not come
# Where a driver takes the commands that are given here, below the address of its session.
PATHS = {"Navigate": "url", "SwitchToFrame": "frame", "ExecuteScript": "execute/sync", "PerformActions": "actions"}


@contextlib.contextmanager
def webkit(driver: Path) -> Iterator[Ask]:
    """Start WebKit by its driver, on a screen that nobody sees where there is none. Raises ``OSError``."""
    port, seen = _free_port(), {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    screen = () if seen else (shutil.which("xvfb-run") or "xvfb-run", "--auto-servernum")
    address = f"http://127.0.0.1:{port}/session"
    with _running(*screen, str(driver), f"--port={port}"):
        session = patiently(partial(_post, address, {"capabilities": {}}))
        yield lambda command, **given: _post(f"{address}/{session['sessionId']}/{PATHS[command]}", given)


def _post(address: str, given: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
    heads = {"Content-Type": "application/json"}
    request = urllib.request.Request(address, json.dumps(given).encode(), heads)  # noqa: S310 - an address of ours
    with urllib.request.urlopen(request, timeout=6 * PATIENCE) as answer:  # noqa: S310
        return json.load(answer)["value"]


@contextlib.contextmanager
def firefox(program: Path) -> Iterator[Ask]:
    """Start Firefox with nothing in its profile. Raises ``OSError``."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="audit-", ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
        with (
            _running(str(program), "--headless", "--no-remote", "--marionette", "--profile", profile),
            patiently(partial(socket.create_connection, ("127.0.0.1", port), 6 * PATIENCE)) as connection,
            connection.makefile("rwb") as stream,
        ):
            read(stream)  # it introduces itself
            ask = partial(_exchanged, stream, itertools.count())
            ask("NewSession")
            yield ask


def _exchanged(stream: IO[bytes], numbers: Iterator[int], command: str, **given: object) -> Any:  # noqa: ANN401 - JSON
    body = json.dumps([0, next(numbers), f"WebDriver:{command}", given]).encode()
    stream.write(b"%d:%b" % (len(body), body))
    stream.flush()
    _, _, error, answer = read(stream)
    if error:
        raise OSError(f"{command}: {error['message']}")
    return answer.get("value")


def read(stream: IO[bytes]) -> Any:  # noqa: ANN401 - JSON
    """Receive one frame of Firefox: a length, a colon, JSON. Raises ``OSError`` where the other side has gone."""
    length = b""
    while (byte := stream.read(1)) != b":":
        if not byte:
            raise OSError("Firefox has gone")
        length += byte
    return json.loads(stream.read(int(length)))


@contextlib.contextmanager
def _running(*command: str) -> Iterator[None]:
    """Run a program, and at the end stop it with all that it has started."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGTERM)
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def patiently(ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - what is asked
    """Return what is asked as soon as it is there and true; at the end of patience, as it is. Raises ``OSError``."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if found := ask():
                return found
        time.sleep(0.1)
    return ask()
