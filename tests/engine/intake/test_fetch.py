"""Fetching over real HTTP: what is asked again, what is told in words, where nothing is fetched, what stays secret."""

from __future__ import annotations

import gzip
import logging
import socket
import ssl
import traceback
from datetime import UTC, datetime

import pytest
from urllib3 import exceptions as broken

from press.ground.steps import Step
from press.intake.fetch import (
    READ,
    WHOLE,
    Clock,
    Fetcher,
    FetchError,
    TurnedAwayError,
    _in_words,
    allowed,
)
from tests.engine.serving import Answer, serving

PRIVATE = "k3y+of/ours"
NOW = datetime(2026, 5, 9, 8, 0, tzinfo=UTC)


class Desk:
    """A fetcher whose pauses are written down, and what it reported."""

    def __init__(self, **clock):
        self.slept, self.said = [], []
        self.own = Fetcher(self.said.append, Clock(self.slept.append, now=lambda: NOW, **clock), largest=1000)

    def fetch(self, address, places=(), secret=None):
        return self.own.fetch(address, places or [address.rpartition("/")[0]], secret)

    def fails(self, address, *more, **secret):
        with pytest.raises(FetchError) as error:
            self.fetch(address, *more, **secret)
        return error.value


@pytest.fixture
def desk():
    return Desk()


def test_a_document_is_fetched_with_address_and_type(server, desk):
    """Its bytes are as they were sent; what is under way is told in steps."""
    address = server.says("/a", Answer(b"<p>\xff", headers={"Content-Type": "text/html; charset=gbk"}))

    document = desk.fetch(address)

    assert document == (address, b"<p>\xff", address, "text/html; charset=gbk")
    assert desk.said
    assert all(isinstance(line, Step) for line in desk.said)


def test_a_busy_host_is_asked_again(server, desk):
    """After as long as it says, else after longer and longer pauses."""
    busy = Answer(status=429, headers={"Retry-After": "7"}), Answer(status=500), Answer(status=503)
    address = server.says("/a", *busy, Answer(b"at last"))

    assert desk.fetch(address).body == b"at last"
    assert desk.slept == [7, 2, 4]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_stays_busy_is_given_up(server, desk, status):
    """After four times."""
    error = desk.fails(server.says("/a", Answer(status=status)))

    assert error.message == f"127.0.0.1 answers with status {status}, 4 times"
    assert (len(server.asked), desk.slept) == (4, [1, 2, 4])


@pytest.mark.parametrize("status", [401, 403, 412, 451])
def test_a_host_that_turns_scripts_away_is_told(server, desk, status):
    """What to do instead is said; a key that is refused is another matter."""
    address = server.says("/a", Answer(status=status))
    away, refused = desk.fails(address), desk.fails(address, secret={"Key": PRIVATE})

    assert isinstance(away, TurnedAwayError)
    assert away.message == f"127.0.0.1 turns scripts away (status {status})"
    assert away.hint.endswith("python build.py import FILE")
    assert ("refuses the key that was sent" in refused.message) == (status in {401, 403})


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            Answer(status=429, headers={"Retry-After": "3600"}),
            "127.0.0.1 answers with status 429, and it asks to wait 3,600 s, more than 60",
        ),
        (Answer(status=404), "127.0.0.1 has no such page (status 404)"),
        (Answer(status=204, body=b""), "127.0.0.1 answers with status 204, expected 200"),
        (Answer(status=302), "127.0.0.1 answers with status 302, expected 200"),
        (Answer(b""), "the answer is empty, expected a document"),
        (Answer(b"x" * 1001), "the answer has more than 1,000 bytes, expected a document of one release"),
        (Answer(b"x", length=10**12), "the answer has more than 1,000 bytes, expected a document of one release"),
        (
            Answer(gzip.compress(b"x" * 10**6), headers={"Content-Encoding": "gzip"}),
            "the answer has more than 1,000 bytes, expected a document of one release",
        ),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "the answer of 127.0.0.1 cannot be unpacked"),
    ],
)
def test_what_is_no_document_is_told(server, desk, answer, message):
    """At once: to ask again would not help."""
    assert desk.fails(server.says("/a", answer)).message == message
    assert len(server.asked) == 1


def test_a_packed_answer_is_unpacked(server, desk):
    """Some hosts pack without being asked to."""
    address = server.says("/a", Answer(gzip.compress(b"a page"), headers={"Content-Encoding": "gzip"}))

    assert desk.fetch(address).body == b"a page"


def test_an_answer_that_breaks_off_is_asked_for_again(server, desk):
    """Half a document is none."""
    address = server.says("/a", Answer(b"half", length=8), Answer(b"all of it"))

    assert desk.fetch(address).body == b"all of it"

    error = desk.fails(server.says("/b", Answer(b"half", length=8)))

    assert error.message in {
        "127.0.0.1 breaks off its answer, 4 times",
        "the answer broke off after 4 of 8 bytes, 4 times",
    }


def test_a_host_that_falls_silent_is_given_up(server):
    """In the middle of an answer."""
    desk = Desk(read=0.02)

    error = desk.fails(server.says("/a", Answer(b"half", length=8, holds=True)))

    assert error.message == f"nothing more comes from 127.0.0.1 for {READ} s, 4 times"


def test_an_answer_that_drips_is_given_up(server):
    """Each byte in time, and all of them never."""
    ticks = iter([0, WHOLE + 1])
    desk = Desk(ticks=lambda: next(ticks))

    assert desk.fails(server.says("/a", Answer())).message == f"only 6 bytes came in {WHOLE} s"


def test_a_host_that_is_not_there_is_told(desk):
    """At once: nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))

        error = desk.fails(f"http://127.0.0.1:{taken.getsockname()[1]}/a")

    assert (error.message, desk.slept) == ("127.0.0.1 refuses the connection", [])


def test_a_document_that_has_moved_is_fetched(server, desk):
    """Within its places; it keeps the address under which it was asked for."""
    server.says("/b/c", Answer(b"moved"))
    address = server.says("/a", Answer(status=301, headers={"Location": "b/c"}))

    assert desk.fetch(address)[:3] == (address, b"moved", address)


def test_nothing_is_fetched_elsewhere(server, desk):
    """Neither at once nor when a host leads there; what is secret goes to the first host alone."""
    with serving() as other:
        other.says("/b", Answer())
        address = server.says("/a", Answer(status=302, headers={"Location": f"{other.address}/b?c"}))

        error = desk.fails(address, secret={"Key": PRIVATE})

        assert error.message.startswith("leads to http://127.0.0.1/b, outside of what may be fetched here: ")
        assert other.asked == []

        desk.fetch(address, [f"{server.address}/", f"{other.address}/"], {"Key": PRIVATE})

        assert (server.headers[-1]["Key"], "Key" in other.headers[-1]) == (PRIVATE, False)


def test_a_circle_is_left(server, desk):
    """A page that leads to itself."""
    error = desk.fails(server.says("/a", Answer(status=302, headers={"Location": "/a"})))

    assert error.message == "leads on and on, more than 5 times"


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("http://a.org/b/c", True),
        ("http://A.org:80/b/c", True),
        ("https://a.org/b/c", False),
        ("http://a.org/c", False),
        ("http://a.org.evil.com/b/c", False),
        ("http://x@a.org/b/c", False),
        ("http://a.org@evil.com/b/c", False),
        ("http://a.org/b/../c", False),
        ("http://a.org/b/%2e%2E/c", False),
        ("http://a.org\\@evil.com/b/c", False),
        ("http://a.org:81/b/c", False),
        ("http://a.org:port/b/c", False),
        ("http://a.org/b/\n", False),
        ("file:///b/", False),
        ("", False),
    ],
)
def test_only_declared_places_are_allowed(address, is_so):
    """By scheme, host, port and path."""
    assert allowed(address, ["http://a.org/b/"]) is is_so


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=403),
        Answer(status=500, body=PRIVATE.encode()),
        Answer(PRIVATE.encode()),
        Answer(b"half", length=8),
        Answer(status=302, headers={"Location": f"http://{PRIVATE}.example/{PRIVATE}"}),
        Answer(status=302, headers={"Location": f"//[{PRIVATE}"}),
        Answer(b"x", headers={"Content-Encoding": "gzip"}),
        Answer(b"x" * 1001),
    ],
)
def test_what_is_secret_is_never_told(server, desk, answer, caplog):
    """In no message, hint, step, log or traceback, whatever fails."""
    caplog.set_level(logging.DEBUG)

    error = desk.fails(server.says("/a", answer), secret={"Key": PRIVATE})

    told = "".join([error.message, error.hint, *desk.said, caplog.text, *traceback.format_exception(error)])
    assert server.headers[0]["Key"] == PRIVATE
    assert PRIVATE not in told


@pytest.mark.parametrize("key", ["", "two\nlines", "ключ", " space"])
def test_a_key_that_no_header_holds_is_refused(server, desk, key):
    """Nothing is asked then, and the key is not told."""
    error = desk.fails(server.says("/a", Answer()), secret={"Key": key})

    assert error.message == "a key in the environment is empty, or holds characters that no header may hold"
    assert server.asked == []


def test_a_certificate_is_told_in_words():
    """Why it cannot be trusted, and not how Python calls it."""
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_message = "certificate has expired"

    assert _in_words(broken.SSLError(cause), "a.org").message == (
        "the certificate of a.org cannot be trusted: certificate has expired"
    )
    assert _in_words(broken.SSLError("reset"), "a.org").message == "a.org breaks off the encrypted connection"
    unknown = broken.NameResolutionError("a.org", None, socket.gaierror(-2, "Name or service not known"))
    assert _in_words(unknown, "a.org").message == "there is no host a.org, or no network"
    assert _in_words(ValueError(PRIVATE), "a.org").message == "a.org cannot be asked (ValueError)"
