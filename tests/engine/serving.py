"""A server on this computer that answers as a test says, faults and all, and keeps what
it was asked.
"""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Answer(NamedTuple):
    """What a server says; ``length`` is what it says of its body, ``holds`` keeps it
    open until the test ends.

    With ``drips`` one byte more comes whenever so many seconds have passed, or once
    more what it says ``before`` it begins, if anything.
    """

    body: bytes = b"a page"
    status: int = 200
    headers: Mapping[str, str] = {}
    length: int | None = None
    holds: bool = False
    drips: float | None = None
    before: bytes = b""


class Server:
    """Answers each path with what stands in ``answers``, one after the other, the last
    again and again.
    """

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.end = threading.Event()
        self.address = ""

    def says(self, path: str, *answers: Answer) -> str:
        """Prepare what a path is answered with; return its address."""
        self.answers[path] = list(answers)
        return self.address + path

    def next(self, path: str) -> Answer:
        found = self.answers.get(path.partition("?")[0], [Answer(b"no such page", 404)])
        return found.pop(0) if len(found) > 1 else found[0]


@contextlib.contextmanager
def run_server() -> Iterator[Server]:
    """Run a server of one's own for as long as the block lasts."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            answer = server.next(self.path)
            with contextlib.suppress(ConnectionError):
                while answer.before and not server.end.wait(answer.drips):
                    self.wfile.write(answer.before)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header(
                "Content-Length",
                str(len(answer.body) if answer.length is None else answer.length),
            )
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(answer.body)
                self.wfile.flush()
                while answer.holds and not server.end.wait(answer.drips):
                    self.wfile.write(b".")
                    self.wfile.flush()

        def log_message(self, *_):
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass  # a client that goes away is what some tests are about

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.address = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.end.set()
            http.shutdown()
            thread.join()
