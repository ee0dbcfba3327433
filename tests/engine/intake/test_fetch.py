"""Fetching over real HTTP: what is asked again, what is told in words, where nothing is
fetched, what stays secret.
"""

import gzip
import socket
import sys

import pytest

from press.ground.steps import Step
from press.intake import Document, UnreadableError
from press.intake.fetch import allowed, fetch
from tests.engine.serving import Answer, run_server

LATE = "no whole answer came in 0.1 s"


class Desk:
    """What fetching has reported, and for how long it waited."""

    def __init__(self, monkeypatch):
        self.slept, self.said, self.patch = [], [], monkeypatch
        monkeypatch.setattr("time.sleep", self.slept.append)
        self.limit(LARGEST=1000)

    def limit(self, **limits):
        for name, value in limits.items():
            self.patch.setattr(sys.modules["press.intake.fetch"], name, value)

    def fetch(self, address):
        return fetch(address, [address.rpartition("/")[0] + "/"], self.said.append)

    def fails(self, address):
        with pytest.raises(UnreadableError) as error:
            self.fetch(address)
        return error.value


@pytest.fixture
def desk(monkeypatch):
    return Desk(monkeypatch)


def test_a_document_is_fetched_with_its_address(server, desk):
    """Its bytes are as they were sent; what is under way is told in steps."""
    address = server.says("/a", Answer(b"<p>\xff"))

    document = desk.fetch(address)

    assert document == Document(address, b"<p>\xff", address)
    assert desk.said
    assert all(isinstance(line, Step) for line in desk.said)


def test_a_busy_host_is_asked_again(server, desk):
    """After a pause that grows."""
    busy = Answer(status=429), Answer(status=500), Answer(status=503)
    address = server.says("/a", *busy, Answer(b"at last"))

    assert desk.fetch(address).body == b"at last"
    assert desk.slept == [1, 2, 3]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_stays_busy_is_given_up(server, desk, status):
    """After five times."""
    error = desk.fails(server.says("/a", Answer(status=status)))

    assert error.message == f"answers with status {status}, 5 times"
    assert (len(server.asked), desk.slept) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize("status", [401, 403, 412, 451])
def test_a_host_that_turns_scripts_away_is_told(server, desk, status):
    """What to do instead is said."""
    away = desk.fails(server.says("/a", Answer(status=status)))

    assert away.away
    assert away.message == f"127.0.0.1 turns scripts away (status {status})"
    assert away.hint.endswith("python build.py import FILE --address ADDRESS")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(b"half", length=8), "127.0.0.1 cannot be asked (ProtocolError)"),
        (Answer(status=404), "127.0.0.1 answers with status 404, expected 200"),
        (
            Answer(status=204, body=b""),
            "127.0.0.1 answers with status 204, expected 200",
        ),
        (Answer(status=302), "127.0.0.1 answers with status 302, expected 200"),
        (
            Answer(b"x" * 1001),
            "the answer has more than 1,000 bytes, expected a document of one release",
        ),
        (
            Answer(gzip.compress(b"x" * 10**6), headers={"Content-Encoding": "gzip"}),
            "the answer has more than 1,000 bytes, expected a document of one release",
        ),
        (
            Answer(b"no gzip", headers={"Content-Encoding": "gzip"}),
            "127.0.0.1 cannot be asked (DecodeError)",
        ),
    ],
)
def test_what_is_no_document_is_told(server, desk, answer, message):
    """At once: to ask again would not help."""
    assert desk.fails(server.says("/a", answer)).message == message
    assert len(server.asked) == 1


def test_a_packed_answer_is_unpacked(server, desk):
    """Some hosts pack without being asked to."""
    address = server.says(
        "/a", Answer(gzip.compress(b"a page"), headers={"Content-Encoding": "gzip"})
    )

    assert desk.fetch(address).body == b"a page"


@pytest.mark.parametrize(
    ("limits", "answer", "message"),
    [
        (
            {"READ": 0.02},
            Answer(b"half", length=8, holds=True),
            "127.0.0.1 cannot be asked (ReadTimeoutError)",
        ),
        ({"WHOLE": 0.1}, Answer(b"x", length=900, holds=True, drips=0.02), LATE),
        ({"WHOLE": 0.1}, Answer(before=b"H", drips=0.02), LATE),
        (
            {"WHOLE": 0.1},
            Answer(before=b"HTTP/1.1 100 Continue\r\n\r\n", drips=0),
            LATE,
        ),
    ],
)
def test_an_answer_that_never_ends_is_given_up(server, desk, limits, answer, message):
    """One that falls silent, and one of which each byte comes in time, and all of them
    never: body, head, promise.
    """
    desk.limit(**limits)

    assert message in desk.fails(server.says("/a", answer)).message


def test_a_host_that_is_not_there_is_told(desk):
    """At once: nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))

        error = desk.fails(f"http://127.0.0.1:{taken.getsockname()[1]}/a")

    assert (error.message, desk.slept) == (
        "127.0.0.1 cannot be asked (NewConnectionError)",
        [],
    )


def test_a_document_that_has_moved_is_fetched(server, desk):
    """Within its places; it keeps the address under which it was asked for."""
    server.says("/b/c", Answer(b"moved"))
    address = server.says("/a", Answer(status=301, headers={"Location": "b/c"}))

    assert desk.fetch(address) == Document(address, b"moved", address)


@pytest.mark.parametrize(
    "location", ["{other}/b?c", "file:///etc/passwd", "//[", "\\\\host\\share"]
)
def test_nothing_is_fetched_elsewhere(server, desk, location):
    """Where a host leads to another one, to a file, or to what is no address."""
    with run_server() as other:
        location = location.format(other=other.address)
        error = desk.fails(
            server.says("/a", Answer(status=302, headers={"Location": location}))
        )

        assert error.message.startswith(("leads to ", "127.0.0.1 cannot be asked"))
        assert other.asked == []


def test_a_circle_is_left(server, desk):
    """A page that leads to itself."""
    error = desk.fails(
        server.says("/a", Answer(status=302, headers={"Location": "/a"}))
    )

    assert error.message == "answers with status 302, 5 times"


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("http://a.org/b/c", True),
        ("https://a.org/b/c", False),
        ("http://a.org.evil.com/b/c", False),
        ("http://a.org/b", False),
        ("http://a.org@evil.com/b/c", False),
        ("http://a.org/b/../c", False),
        ("http://a.org/b/%2e%2E/c", False),
        ("http://a.org\\@evil.com/b/c", False),
        ("http://a.org:81/b/c", False),
        ("http://a.org/b/\n", False),
    ],
)
def test_only_declared_places_are_allowed(address, is_so):
    """By scheme, host, port and path."""
    assert allowed(address, ["http://a.org/b/"]) is is_so
