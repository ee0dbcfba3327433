"""The live preview without a browser: what it answers and whom, how it ends, what it leaves behind."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from urllib.parse import parse_qsl, urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from press.desk.preview import Preview
from press.errors import BuildError, Problem
from press.pages.file import File
from tests.engine.previewing import BASE_URL, PATIENCE, Server, make_story

UPGRADE = (
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
)
HELLO = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
SLOW = "\nimport time\nprint('drawing slowly', flush=True)\ntime.sleep(1000)\n"


@pytest.fixture
def story(tmp_path, tmp_path_factory):
    """Return a story of the test's own, with its drawings and its site."""
    return make_story(tmp_path_factory.getbasetemp(), tmp_path / "story")


@pytest.fixture
def start(story, tmp_path):
    """Return a function that starts a preview of the story; the fixture ends it."""
    servers = []
    (tmp_path / "temporary").mkdir()

    def start(*options):
        servers.append(Server(story.root, *options, temporary=tmp_path / "temporary"))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return the preview of a story that no test changes, below a path."""
    story = make_story(tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("served") / "story")
    server = Server(story.root, "--base-url", BASE_URL)
    assert server.wait_for_build(1) == "good"
    yield server
    server.kill()


def told_to_reload(server, page, path):
    """Open the socket of a page as livereload.js does; return whether it is asked to reload at once."""
    (script,) = re.findall(r'<script src="(/livereload\.js[^"]*)" defer>', page)
    port = dict(parse_qsl(urlsplit(script).query)).get("port", server.port)
    url = f"http://127.0.0.1:{server.port}"
    info = {"command": "info", "url": url + path}

    async def talk():
        socket = await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers={"Origin": url}))
        heard = []
        for message in (HELLO, info, HELLO):  # whatever the page is told at once comes before the second hello
            await socket.write_message(json.dumps(message))
        while heard.count("hello") < 2:
            message = await asyncio.wait_for(socket.read_message(), PATIENCE)
            heard.append(json.loads(message)["command"])
        socket.close()
        while await socket.read_message() is not None:  # until the other side has closed, too
            pass
        return heard

    with ThreadPoolExecutor(1) as thread:  # the tests in a browser keep a loop running in this one
        return "reload" in thread.submit(lambda: asyncio.run(talk())).result()


def close_at_once(server, number):
    """Open the socket of a page of a build as livereload.js does, and cut it before anything is answered."""
    told = [json.dumps(message).encode() for message in (HELLO, {"command": "info", "url": server.url})]
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        host = f"127.0.0.1:{server.port}"
        lines = (f"GET /{number}/livereload HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", *UPGRADE, "", "")
        connection.sendall("\r\n".join(lines).encode())
        connection.recv(4096)
        frames = (bytes([0x81, 0x80 + len(message), 0, 0, 0, 0]) + message for message in told)  # of the protocol
        connection.sendall(b"".join(frames))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # no farewell


def addresses_of_this_machine():
    """Return addresses that a server which listens to all of them would answer at."""
    found = {"127.0.0.2"} if sys.platform == "linux" else set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only looks up which way would be taken
            found.add(probe.getsockname()[0])
        except OSError:
            pass  # a machine without a network
    return sorted(found - {"127.0.0.1"})


def test_code_is_never_older_than_the_file_that_was_saved_beside_it(tmp_path, monkeypatch):
    """A build that a text has caused imports the code anew: the event of its file may still be on its way."""
    for name in ("dont_write_bytecode", "pycache_prefix"):  # a preview sets them for its process
        monkeypatch.setattr(sys, name, getattr(sys, name))
    (tmp_path / "story").mkdir()
    code, seen = tmp_path / "story" / "remembered.py", []

    def build():
        if "remembered" not in sys.modules:
            spec = spec_from_file_location("remembered", code)
            sys.modules["remembered"] = module_from_spec(spec)
            spec.loader.exec_module(sys.modules["remembered"])
        seen.append(sys.modules["remembered"].VALUE)
        raise BuildError([Problem("x", 1, "nothing is built")])

    preview = Preview(tmp_path, "/", build, lambda _line: None)
    for value in (1, 2):
        code.write_text(f"VALUE = {value}\n", "utf-8")
        preview.rebuild()
    del sys.modules["remembered"]

    assert seen == [1, 2]


# What it serves.


def test_the_site_is_served_below_its_path(server):
    """A base URL with a path is served below that path, as the publisher will."""
    answer = server.get("/repository/")

    assert urlsplit(server.url).path == "/repository/"
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text == server.get("/repository/index.html").text


@pytest.mark.parametrize("path", ["/", "/repository", "/elsewhere.html"])
def test_anything_outside_the_path_leads_to_the_site(server, path):
    """Whoever types only the port comes to the site."""
    answer = server.get(path)

    assert (answer.status, answer.headers["location"]) == (302, "/repository/")


def test_without_a_base_url_the_site_is_served_at_the_root(start):
    """No path is made up."""
    server = start()

    assert urlsplit(server.url).path == "/"
    assert server.get("/tested.html").status == 200


@pytest.mark.parametrize("path", ["nothing.html", "nothing", "deep/er/nothing.html", "nothing.css", "a%20b", "%C3%A4/"])
def test_an_unknown_address_gives_the_page_for_it_whole(server, path):
    """Status 404, the site's own page with its style, and an icon that loads from wherever it stands."""
    answer = server.get(f"/repository/{path}")
    (icon,) = re.findall(r'rel="icon" [^>]*href="([^"]+)"', answer.text)

    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Nothing here" in answer.text
    assert ".tested { color" in answer.text
    assert server.get(icon).headers["content-type"] == "image/svg+xml"


def test_nothing_is_kept_by_the_browser(server):
    """What is fetched again is the newest."""
    assert server.get("/repository/tested.html").headers["cache-control"] == "no-store"


def test_nothing_of_the_preview_is_published(story, start):
    """site/ is what a build makes of the same sources, byte for byte, but for pictures that nobody asked for."""
    start("--base-url", BASE_URL).wait_for_build(1)
    previewed = story.published()

    assert story.build("--base-url", BASE_URL).returncode == 0
    built = story.published()
    waiting = {name for name in built if name.endswith((".png", ".zip")) and name.startswith(("charts/", "cards/"))}
    manifest = ".press/manifest.json"
    assert json.loads(previewed.pop(manifest)) == [
        name for name in json.loads(built.pop(manifest)) if name not in waiting
    ]
    assert previewed == {name: body for name, body in built.items() if name not in waiting}
    assert not [name for name, body in previewed.items() if b"livereload" in body]


# Whom it answers.


@pytest.mark.parametrize("address", [*addresses_of_this_machine(), "::1"])
def test_only_this_computer_can_connect(server, address):
    """No other address of the machine is listened to."""
    with pytest.raises(OSError, match=r"refused|assign|unreachable"):
        socket.create_connection((address, server.port), PATIENCE).close()


@pytest.mark.parametrize("path", ["/repository/", "/repository/nothing", "/", "/livereload.js", "/-/preview.css"])
def test_no_other_name_leads_here(server, path):
    """A page elsewhere, whose name was made to lead to this computer, reads nothing."""
    assert server.get(path, Host=f"evil.example:{server.port}").status == 403


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_the_names_of_this_computer_lead_here(server, name):
    """Both are typed."""
    assert server.get("/repository/", Host=f"{name}:{server.port}").status == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:{port}", 101),
        ("http://localhost:{port}", 101),
        ("https://evil.example", 403),
        ("http://127.0.0.1.evil.example", 403),
        ("null", 403),
        ("http://[", 500),  # no address at all: tornado refuses it in its own way
    ],
)
def test_only_its_own_pages_may_listen(server, origin, status):
    """A page of another origin is refused the socket."""
    headers = dict(line.split(": ") for line in UPGRADE) | {"Origin": origin.format(port=server.port)}

    assert server.get("/1/livereload", **headers).status == status


# What it tells a page that has just opened.


@pytest.mark.parametrize("path", ["", "tested.html", "nothing.html", "a%20b", "%C3%A4/", "tested.html?a=b", "nothing/"])
def test_a_page_that_is_new_is_not_told_to_reload(server, path):
    """Else it would reload for ever."""
    page = server.get(f"/repository/{path}").text

    assert not told_to_reload(server, page, f"/repository/{path}#text")


def test_a_page_that_is_old_when_it_opens_is_told_to_reload(story, start):
    """A save between the page and its socket is not lost."""
    server = start()
    page = server.get("/tested.html").text
    story.change("content/en/tested.md", r"Text \d+", "Text 1")
    server.wait_for_build(2)

    assert told_to_reload(server, page, "/tested.html")


def test_the_older_of_two_windows_is_told_to_reload(story, start):
    """Two windows on one address, of two widths, are told apart."""
    server = start()
    old = server.get("/tested.html").text
    story.change("content/en/tested.md", r"Text \d+", "Text 1")
    server.wait_for_build(2)
    new = server.get("/tested.html").text

    assert [told_to_reload(server, page, "/tested.html") for page in (new, old)] == [False, True]


def test_a_page_of_an_earlier_preview_is_told_to_reload(server):
    """A window that was left open when the preview was ended and started again shows what there is now."""
    page = re.sub(r'/1" defer>', '/9" defer>', server.get("/repository/tested.html").text)

    assert told_to_reload(server, page, "/repository/tested.html")


def test_a_window_that_is_closed_is_no_mistake(story, start):
    """Whoever closes a tab while its page is being told something reads no traceback."""
    server = start()
    for number in (1, 1, 9):
        close_at_once(server, number)
    story.change("content/en/tested.md", r"Text \d+", "Text 1")
    server.wait_for_build(2)
    server.end()

    assert server.complained == []


# What it says.


def test_each_build_is_told_in_a_line(story, start):
    """Its number, whether it is good or how many problems there are, and how long it took."""
    server = start()
    first = server.wait_for_build(1)
    story.change("content/en/tested.md", r"Text \d+", "[Text](nothing.md)")
    second = server.wait_for_build(2)
    story.change("content/en/tested.md", r"\[Text\].*", "[Text](nothing.md) [text](no.md)")

    assert (first, second, server.wait_for_build(3)) == ("good", "1 problem", "2 problems")


def test_problems_of_the_first_build_are_shown_and_mended(story, start):
    """It starts on a story that cannot be built, and goes on from there."""
    good = story.read("content/en/tested.md")
    story.write("content/en/tested.md", good.replace("Text 0", "[Text](testd.md)"))
    server = start()
    wrong = (server.wait_for_build(1), server.get("/tested.html"))
    story.write("content/en/tested.md", good)
    server.wait_for_build(2)

    assert (wrong[0], wrong[1].status) == ("1 problem", 500)
    assert "content/en/tested.md:7" in wrong[1].text
    assert "Nothing has been built yet." in wrong[1].text
    assert server.get("/tested.html").status == 200


def test_a_save_during_the_first_build_is_not_lost(story, start):
    """What is saved before the site is there is built as soon as it is."""
    story.change("content/en/charts/tested.md", "Corner 0", "Corner 1")
    server = start()
    server.wait_for("drawing ")
    story.change("content/en/tested.md", r"Text \d+", "Text 1")
    server.wait_for_build(2)

    assert "Text 1." in server.get("/tested.html").text


def test_a_folder_that_is_replaced_is_watched_as_before(story, start):
    """Another folder takes the place of content/, as when a copy is put back; what is saved in it later is built."""
    content, copy = story.root / "content", story.root / "copy"
    shutil.copytree(content, copy)
    server = start()
    server.wait_for("Preview: ")
    content.rename(story.root / "old")
    copy.rename(content)
    for text in ("Text 1", "Text 2"):
        before = server.builds()
        story.change("content/en/tested.md", r"Text \d+", text)
        server.wait_for_build(before + 1)

    assert "Text 2." in server.get("/tested.html").text


@pytest.mark.parametrize(
    ("place", "text", "shown"),
    [
        ("data/tested.csv", "id,value\none,200\n", b"Row 200"),
        ("story/measures.py", "TESTED = 200\n", b"Measure 200"),
    ],
    ids=["a table", "code"],
)
def test_a_save_in_the_middle_of_a_build_is_in_the_next(story, place, text, shown):
    """What is drawn from the file as it was is not taken for a drawing of the file as it is.

    The story's own check, which runs when all is loaded and nothing is drawn, saves the file.
    """
    after = text if place.endswith(".csv") else story.read(place).replace("TESTED = 100\n", text)
    with (story.root / "story" / "checks.py").open("a") as file:
        file.write("\n\nfrom pathlib import Path\n\nfrom story import measures\n\ncheck_all = check\n")
        file.write(
            f"\n\ndef check(data):\n    Path({place!r}).write_text({after!r}, 'utf-8')\n    return check_all(data)\n"
        )
    builds = [story.build(), story.build()]

    assert [build.returncode for build in builds] == [0, 0]
    assert shown in story.published()["tested.html"]


def test_an_excerpt_counts_lines_as_the_problem_does(story, start):
    """A line separator or a form feed inside a line ends no line of the file."""
    story.change("content/en/tested.md", r"Text \d+\.", "One\u2028two\fthree.\n\n[Four](nothing.md).")
    server = start()
    server.wait_for_build(1)
    text = server.get("/tested.html").text

    assert "content/en/tested.md:9" in text
    assert re.search(r'<li value="9" class="wrong"><code>\[Four\]\(nothing\.md\)\.</code>', text)


def test_the_words_that_are_false_are_marked_in_their_sentence(story, start):
    """A number that new data made false is marked where it stands, with what is true and how to mend it."""
    story.change("content/en/tested.md", r"Text \d+\.", "In 2023 trade came to [$999 billion](fact:total/2023).")
    server = start()
    server.wait_for_build(1)
    text = server.get("/tested.html").text

    assert "<code>content/en/tested.md:7:24</code>" in text
    assert "expected &#34;$240 billion&#34; (exactly 240.11 USD billion)" in text
    assert "<code>In 2023 trade came to [<mark>$999 billion</mark>](fact:total/2023).</code>" in text


@pytest.mark.parametrize("name", [".#tested.md", "#tested.md#", "tested.md~", ".tested.md.swp", "4913", ".tested.md"])
def test_what_editors_leave_beside_a_file_is_no_page(story, start, name):
    """Locks (which may be links that lead nowhere), backups and drafts are left alone."""
    path = story.root / "content" / "en" / name
    if name.startswith(".#"):
        path.symlink_to("somebody@somewhere.1234")
    else:
        path.write_text("half a page", "utf-8")

    assert start().wait_for_build(1) == "good"


# How it ends.


def ending(server, kind):
    """Return a function that ends the preview as a person or a program does."""
    process = server.process
    return {
        "SIGTERM": process.terminate,
        "SIGINT": lambda: process.send_signal(signal.SIGINT),
        "Ctrl-C": lambda: os.killpg(process.pid, signal.SIGINT),  # a terminal sends it to all that it runs
        "SIGKILL": process.kill,
    }[kind]


@pytest.mark.parametrize("kind", ["SIGTERM", "SIGINT", "Ctrl-C"])
@pytest.mark.parametrize("when", ["idle", "busy"])
def test_it_ends_at_once_and_leaves_nothing_behind(story, start, tmp_path, kind, when):
    """Status 0 within two seconds, whatever it is doing: no process, no temporary file, no complaint."""
    if when == "busy":
        with (story.root / "story" / "charts" / "tested.py").open("a") as file:
            file.write(SLOW)
    server = start()
    server.wait_for("drawing slowly" if when == "busy" else "Preview: ")
    story.change("content/en/charts/tested.md", "Corner 0", "Corner 1")  # so that a drawing process is there
    if when == "idle":
        server.wait_for_build(2)
    seconds = server.end(ending(server, kind))

    assert (server.process.returncode, server.complained) == (0, [])
    assert seconds < 2
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [
        path for path in story.root.rglob("*") if path.suffix == ".tmp" or path.name in {"stage", "journal.json"}
    ] == []


@pytest.mark.parametrize("when", ["idle", "busy"])
def test_killed_it_leaves_no_process_and_the_next_build_is_whole(story, start, when):
    """Nobody can catch that signal: its drawing process ends by itself, and the site is mended by a build."""
    server = start("--base-url", BASE_URL)
    server.wait_for("Preview: ")
    story.change("content/en/charts/tested.md", "Corner 0", "Corner 1")
    server.wait_for("drawing " if when == "busy" else "build 2: good", start=2)
    server.end(ending(server, "SIGKILL"))
    done = story.build("--base-url", BASE_URL)

    assert (server.process.returncode, done.returncode, done.stderr) == (-signal.SIGKILL, 0, "")
    assert b"Corner 1" in story.published()["tested.html"]
    assert [path for path in (story.root / "site").rglob("*") if path.name in {"stage", "journal.json"}] == []


def test_a_port_that_is_taken_is_told_in_a_sentence(start, server):
    """It ends with status 1 before it builds."""
    other = start(f"--port={server.port}")
    other.process.wait(PATIENCE)
    other.end(lambda: None)

    assert (other.process.returncode, other.said) == (1, [])
    assert other.complained == [
        f"cannot serve on port {server.port}: Address already in use; choose another with --port"
    ]


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_cannot_be_is_told(start, port):
    """A slip in a number is not a fault of the program."""
    other = start(f"--port={port}")
    other.process.wait(PATIENCE)
    other.end(lambda: None)

    assert (other.process.returncode, other.said) == (2, [])
    assert [line for line in other.complained if line.startswith("build.py preview: error: argument --port: ")]
    assert not [line for line in other.complained if "Traceback" in line]


PAGE = File(b"<html><head><title>x</title></head></html>", "page.html")


def test_pictures_are_drawn_only_when_somebody_asks_for_them(tmp_path):
    """A build of the preview draws none and publishes none; the first who asks for one gets it."""
    drawn = []
    picture = File(lambda: drawn.append(1) or b"picture", "chart.md")
    preview = Preview(tmp_path, "/", lambda: {"index.html": PAGE, "a.png": picture}, lambda _line: None)

    preview.rebuild()

    assert (drawn, (tmp_path / "site/index.html").exists(), (tmp_path / "site/a.png").exists()) == ([], True, False)
    assert [preview.answer("a.png", "1") for _ in range(2)] == [(200, "image/png", b"picture")] * 2
    assert drawn == [1]


def test_a_picture_that_cannot_be_drawn_is_told_where_it_is_asked_for(tmp_path):
    """The page is shown all the same; the terminal and whoever opens the picture are told why there is none."""
    said = []

    def fail():
        raise BuildError([Problem("chart.md", 1, "its picture cannot be drawn: no luck")])

    preview = Preview(tmp_path, "/", lambda: {"index.html": PAGE, "a.png": File(fail, "chart.md")}, said.append)
    preview.rebuild()

    assert preview.answer("index.html", "1")[0] == 200
    assert preview.answer("a.png", "1")[::2] == (500, b"chart.md:1: its picture cannot be drawn: no luck")
    assert "chart.md:1: its picture cannot be drawn: no luck\n" in said
