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
from urllib.parse import parse_qsl, urlsplit

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from press.desk.preview import Preview
from press.errors import BuildError, Problem
from press.pages.file import File
from tests.engine.previewing import BASE_URL, PATIENCE, ROOT, Server, make_story
from tests.engine.project import files_in

UPGRADE = (
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
)
HELLO = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
SLOW = "\nimport time\nprint('drawing slowly', flush=True)\ntime.sleep(1000)\n"


PAGE = File(b"<html><head><title>x</title></head></html>", "page.html")
INDEX, TESTED, CODE = "content/en/index.md", "content/en/tested.md", "story/charts/tested.py"


@pytest.fixture
def said():
    """Return what a preview in this process has said."""
    return []


@pytest.fixture
def preview(monkeypatch, said):
    """Return a function that makes a preview in this process; what it sets for its process is set back."""
    for name in ("dont_write_bytecode", "pycache_prefix"):
        monkeypatch.setattr(sys, name, getattr(sys, name))

    def make(root, build):
        def files(_first, _look):
            yield from build().items()

        return Preview(root, "/", files, said.append)

    return make


@pytest.fixture
def story(tmp_path, tmp_path_factory):
    """Return a story of the test's own, with its drawings."""
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
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
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


@pytest.mark.parametrize("path", ["nothing.html", "nothing", "deep/er/nothing.html", "nothing.css", "a%20b", "%C3%A4/"])
def test_an_unknown_address_gives_the_page_for_it_whole(server, path):
    """Status 404, and the site's own page, whose style and icon load from wherever it stands."""
    answer = server.get(f"/repository/{path}")
    loaded = re.findall(r'<link [^>]*href="(/[^"]+)"', answer.text)

    assert (answer.status, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "No such page" in answer.text
    assert [server.get(each).headers["content-type"] for each in loaded] == ["image/svg+xml", "text/css"]


def test_nothing_is_kept_by_the_browser(server):
    """What is fetched again is the newest."""
    assert server.get("/repository/tested.html").headers["cache-control"] == "no-store"


def test_nothing_of_the_preview_is_published(story, server):
    """site/ is what a build makes of the same sources, byte for byte."""
    assert story.built().returncode == 0
    site = files_in(server.root / "site")

    assert site == story.published()
    assert [name for name, body in site.items() if b"livereload" in body] == []


def test_a_page_gets_its_script_and_what_that_needs_and_no_more(tmp_path, preview):
    """The script goes to the end of the head, the socket into the policy; all else of a page is as it is published."""
    html = "<head><meta content=\"connect-src 'self'; img-src 'self'\">{}</head><p>connect-src 'self'</p>"
    previewed = preview(tmp_path, lambda: {"index.html": File(html.format("").encode(), "page.html")})
    previewed.rebuild()

    assert previewed.answer("index.html", "5500")[2].decode() == html.replace("'self';", "'self' ws:;").format(
        '<script src="/livereload.js?port=5500/1" defer></script>\n<script src="/-/unread.js" defer></script>\n'
    )


def test_the_pages_of_the_story_have_what_the_preview_looks_for():
    """Their head has one end, before which its script goes, and their policy one place that lets it connect."""
    text = (ROOT / "templates" / "base.html").read_text("utf-8")

    assert [text.count(part) for part in ("</head>", "connect-src 'self'")] == [1, 1]


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


def test_of_two_windows_the_older_is_told_to_reload(story, start):
    """A save between a page and its socket is not lost, and two windows on one address are told apart."""
    server = start()
    old = server.get("/tested.html").text
    story.change(TESTED, "^Text", "Changed")
    new = server.wait_until_shown("/tested.html", "Changed.")

    assert urlsplit(server.url).path == "/"  # without a base URL no path is made up
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
    story.change(TESTED, "^Text", "Changed")
    server.wait_until_shown("/tested.html", "Changed.")
    server.end(server.process.kill)

    assert server.complained == []


# What it says.


def test_each_build_is_told_in_a_line(tmp_path, preview, said):
    """Its number, whether it is good or how many problems there are, and how long it took."""
    outcomes = iter([0, 1, 2])

    def build():
        if count := next(outcomes):
            raise BuildError(Problem("x", line, "wrong") for line in range(1, count + 1))
        return {"index.html": PAGE}

    previewed = preview(tmp_path, build)
    for _ in range(3):
        previewed.rebuild()

    assert [re.sub(r"\d+ ms", "… ms", line) for line in said if line.startswith("build ")] == [
        "build 1: good, … ms",
        "build 2: 1 problem, … ms",
        "build 3: 2 problems, … ms",
    ]


class Windows:
    """Windows of a browser in which a site is open, and what they have been told."""

    def __init__(self, previewed, *opened):
        self.previewed, self.opened, self.told = previewed, set(opened), []

    def build(self):
        """Build; note at each news which windows have been made so far."""
        return self.previewed.steps(lambda: self.opened, lambda: self.told.append(self.previewed.shown))


def pages(text, *names):
    """Return files of pages that say a text."""
    return [(f"{name}.html", File(f"<head></head>{text} {name}".encode(), "x")) for name in names]


@pytest.fixture
def windows(tmp_path, monkeypatch):
    """Return windows of a preview that has built two pages; its next build gives what is in ``files``, or raises it."""
    for name in ("dont_write_bytecode", "pycache_prefix"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    files, asked = pages("old", "a", "b"), []

    def build(first, _look):
        asked.append(set(first))
        for item in files:
            if isinstance(item, BuildError):
                raise item
            yield item

    previewed = Preview(tmp_path, "/", build, lambda _line: None)
    previewed.rebuild()
    opened = Windows(previewed, "b.html")
    opened.files, opened.asked = files, asked
    return opened


def test_the_open_page_is_shown_before_the_rest_is_made(windows):
    """The build is asked for it first; its window is told at once, and only once."""
    windows.files[:] = pages("new", "b", "a")
    steps = windows.build()
    next(steps)

    assert windows.asked[-1] == {"b.html"}
    assert len(windows.told) == 1
    assert b"new b" in windows.previewed.answer("b.html", "1")[2]
    assert b"old a" in windows.previewed.answer("a.html", "1")[2]
    list(steps)
    assert len(windows.told) == 1
    assert b"new a" in windows.previewed.answer("a.html", "1")[2]


def test_a_page_that_was_fetched_too_early_is_told(windows):
    """A window that opens another page before it is made is told when it is; its page knows that it is late."""
    windows.files[:] = pages("new", "b", "a")
    steps = windows.build()
    next(steps)
    late = windows.previewed.answer("a.html", "1")[2].decode()
    coming = windows.previewed.shown.number_of("new.html")  # a page that is not there yet, and may be
    windows.opened.add("a.html")
    list(steps)

    assert "port=1/0" in late
    assert coming == 0
    assert len(windows.told) == 2
    assert f"port=1/{windows.previewed.shown.number}" in windows.previewed.answer("a.html", "1")[2].decode()


def test_a_problem_of_the_rest_is_shown_when_it_is_found(windows):
    """The open page was good; what stands in the way of the site takes its place."""
    windows.files[:] = [*pages("new", "b"), BuildError([Problem("x", 1, "wrong")])]
    list(windows.build())

    assert len(windows.told) == 2
    assert windows.previewed.answer("b.html", "1")[0] == 500


def test_a_mistake_is_not_covered_by_a_page_that_is_good(windows):
    """While problems are shown, nothing is shown in their place before all is well."""
    windows.files[:] = [*pages("new", "b"), BuildError([Problem("x", 1, "wrong")])]
    list(windows.build())
    windows.told.clear()
    for _ in windows.build():
        assert windows.previewed.answer("b.html", "1")[0] == 500

    assert len(windows.told) == 1


def test_a_build_that_is_left_shows_only_what_it_has_shown(windows):
    """A file saved meanwhile begins the next: what was made late of this one is not shown."""
    windows.files[:] = pages("new", "b", "a")
    steps = windows.build()
    next(steps)
    steps.close()
    windows.files[:] = pages("newer", "b", "a")
    list(windows.build())

    assert b"newer b" in windows.previewed.answer("b.html", "1")[2]
    assert b"newer a" in windows.previewed.answer("a.html", "1")[2]


def test_problems_of_the_first_build_are_shown_and_mended(project, preview):
    """It starts on a story that cannot be built, and goes on from there."""
    previewed, answers = preview(project.root, project.build), []
    for change in (("sources.md#list", "source.md"), ("source.md", "sources.md#list")):
        project.replace(INDEX, *change)
        previewed.rebuild()
        answers.append(previewed.answer("index.html", "1"))

    assert [status for status, *_ in answers] == [500, 200]
    assert f"{INDEX}:13" in answers[0][2].decode()
    assert "Nothing has been built yet." in answers[0][2].decode()


def test_a_save_during_the_first_build_is_not_lost(story, start):
    """What is saved before the site is there is built as soon as it is."""
    story.change("story/charts/tested.py", "Drawn", "Changed")
    server = start()
    server.wait_for("drawing ")
    story.change(TESTED, "^Text", "Changed")

    assert server.wait_until_shown("/tested.html", "<p>Changed.</p>")


def test_a_folder_that_is_replaced_is_watched_as_before(story, start):
    """Another folder takes the place of content/, as when a copy is put back; what is saved in it later is built."""
    content, copy = story.root / "content", story.root / "copy"
    shutil.copytree(content, copy)
    server = start()
    server.wait_for("Preview: ")
    content.rename(story.root / "old")
    copy.rename(content)
    for old, new in (("Text", "Changed"), ("Changed", "Again")):
        story.change(TESTED, f"^{old}", new)
        server.wait_until_shown("/tested.html", f"<p>{new}.</p>")

    assert "Again" in story.read("site/tested.html")


def shown(project, preview, old, new):
    """Return the page that stands in for a page with a mistake."""
    project.replace(INDEX, old, new)
    previewed = preview(project.root, project.build)
    previewed.rebuild()
    return previewed.answer("index.html", "1")[2].decode()


def test_an_excerpt_counts_lines_as_the_problem_does(project, preview):
    """A line separator or a form feed inside a line ends no line of the file."""
    text = shown(project, preview, "In 2023 trade", "One\u2028two\fthree.\n\n[Four](nothing.md).\n\nIn 2023 trade")

    assert f"{INDEX}:9" in text
    assert re.search(r'<li value="9" class="wrong"><code>\[Four\]\(nothing\.md\)\.</code>', text)


def test_the_words_that_are_false_are_marked_in_their_sentence(project, preview):
    """A number that new data made false is marked where it stands, with what is true and how to mend it."""
    text = shown(project, preview, "$240.1 billion", "$999 billion")

    assert f"<code>{INDEX}:7:24</code>" in text
    assert "expected &#34;$240 billion&#34; (exactly 240110 USD million)" in text
    assert "<code>In 2023 trade came to [<mark>$999 billion</mark>](fact:total/2023).</code>" in text


@pytest.mark.parametrize("name", [".#index.md", "#index.md#", "index.md~", ".index.md.swp", "4913", ".index.md"])
def test_what_editors_leave_beside_a_file_is_no_page(project, name):
    """Locks (which may be links that lead nowhere), backups and drafts are left alone."""
    path = project.root / "content" / "en" / name
    if name.startswith(".#"):
        path.symlink_to("somebody@somewhere.1234")
    else:
        path.write_text("half a page", "utf-8")

    assert sorted(address for address in project.build() if address.endswith(".html")) == [
        "404.html",
        "index.html",
        "sources.html",
    ]


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


@pytest.mark.parametrize(
    ("when", "kind"), [("idle", "SIGTERM"), ("idle", "Ctrl-C"), ("busy", "SIGINT"), ("busy", "Ctrl-C")]
)
def test_it_ends_whatever_it_is_doing_and_leaves_nothing_behind(story, start, tmp_path, kind, when):
    """Status 0, and no drawing is waited for: no process, no temporary file, no complaint."""
    server = start()
    server.wait_for("Preview: ")
    story.change("content/en/charts/tested.md", "Corner", "Changed")
    server.wait_for("build 2: good")  # so that a drawing process is there
    if when == "busy":
        story.write(CODE, story.read(CODE) + SLOW)
        server.wait_for("drawing slowly")
    server.end(ending(server, kind))

    assert (server.process.returncode, server.complained) == (0, [])
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [
        path for path in story.root.rglob("*") if path.suffix == ".tmp" or path.name in {"stage", "journal.json"}
    ] == []


@pytest.mark.parametrize("when", ["idle", "busy"])
def test_killed_it_leaves_no_process_and_the_next_build_is_whole(story, start, when):
    """Nobody can catch that signal: its drawing process ends by itself, and the site is mended by a build."""
    server = start("--base-url", BASE_URL)
    server.wait_for("Preview: ")
    story.change("story/charts/tested.py", "Drawn", "Changed")
    server.wait_for("drawing " if when == "busy" else "build 2: good")
    server.end(ending(server, "SIGKILL"))
    done = story.built()

    assert (server.process.returncode, done.returncode, done.stderr) == (-signal.SIGKILL, 0, "")
    assert b"Changed" in story.published()["tested.html"]
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


def test_pictures_are_drawn_only_when_somebody_asks_for_them(tmp_path, preview):
    """A build of the preview draws none and publishes none; the first who asks for one gets it."""
    drawn = []
    picture = File(lambda: drawn.append(1) or b"picture", "chart.md")
    previewed = preview(tmp_path, lambda: {"index.html": PAGE, "a.png": picture})

    previewed.rebuild()

    assert (drawn, (tmp_path / "site/index.html").exists(), (tmp_path / "site/a.png").exists()) == ([], True, False)
    assert [previewed.answer("a.png", "1") for _ in range(2)] == [(200, "image/png", b"picture")] * 2
    assert drawn == [1]


def test_a_picture_that_cannot_be_drawn_is_told_where_it_is_asked_for(tmp_path, preview, said):
    """The page is shown all the same; the terminal and whoever opens the picture are told why there is none."""

    def fail():
        raise BuildError([Problem("chart.md", 1, "its picture cannot be drawn: no luck")])

    previewed = preview(tmp_path, lambda: {"index.html": PAGE, "a.png": File(fail, "chart.md")})
    previewed.rebuild()

    assert previewed.answer("index.html", "1")[0] == 200
    assert previewed.answer("a.png", "1")[::2] == (500, b"chart.md:1: its picture cannot be drawn: no luck")
    assert "chart.md:1: its picture cannot be drawn: no luck\n" in said
