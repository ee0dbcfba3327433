"""The live preview without a browser: what it answers and whom, how it ends, what it
leaves behind.
"""

import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import socket
import struct
import sys
from urllib.parse import urlsplit

import pytest

from press.desk.preview import Preview
from press.ground.errors import BuildError, Problem
from press.pages.file import File
from tests.engine.previewing import BASE_URL, PATIENCE, ROOT, Server, Story, make_story

UPGRADE = (
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
)
HELLO = {
    "command": "hello",
    "protocols": ["http://livereload.com/protocols/official-7"],
}
SLOW = "\nimport time\nprint('drawing slowly', flush=True)\ntime.sleep(1000)\n"


PAGE = File(b"<html><head><title>x</title></head></html>", "page.html")
INDEX, TESTED, CODE = (
    "content/en/index.md",
    "content/en/tested.md",
    "story/charts/tested.py",
)


@pytest.fixture
def said():
    """Return what a preview in this process has said."""
    return []


@pytest.fixture
def preview(monkeypatch, said):
    """Return a function that makes a preview in this process; what it sets for its
    process is set back.
    """
    for name in ("dont_write_bytecode", "pycache_prefix"):
        monkeypatch.setattr(sys, name, getattr(sys, name))

    def make(root, build):
        def files(judge_unread):
            assert judge_unread
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
        server.close()


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """Return a copy of the engine, and the preview of a story that lies elsewhere."""
    folder = tmp_path_factory.mktemp("apart")
    engine, story = folder / "engine", folder / "story"
    shutil.copytree(ROOT / "press", engine / "press")
    shutil.copytree(ROOT / "press" / "examples" / "marathon", story)
    shutil.copy(ROOT / "build.py", story)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(engine))
        server = Server(story)
    yield Story(engine / "press"), server
    server.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return the preview of a story that no test changes, below a path."""
    story = make_story(
        tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("served") / "story"
    )
    server = Server(story.root, "--base-url", BASE_URL)
    assert server.wait_for_build(1) == "good"
    yield server
    server.close()


def close_at_once(server, number, *told):
    """Open the socket of a page of a build, say something on it as a browser does, and
    cut it before anything is answered.
    """
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        host = f"127.0.0.1:{server.port}"
        lines = (
            f"GET /{number}/livereload HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            *UPGRADE,
            "",
            "",
        )
        connection.sendall("\r\n".join(lines).encode())
        connection.recv(4096)
        # of the protocol
        frames = (
            bytes([0x81, 0x80 + len(message), 0, 0, 0, 0]) + message for message in told
        )
        connection.sendall(b"".join(frames))
        # no farewell
        connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )


# What it serves.


def test_the_site_is_served_below_its_path(server):
    """A base URL with a path is served below that path, as the publisher will."""
    answer = server.get("/repository/")

    assert urlsplit(server.url).path == "/repository/"
    assert (answer.status, answer.headers["content-type"]) == (
        200,
        "text/html; charset=utf-8",
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == server.get("/repository/index.html").text
    assert server.get("/elsewhere.html").headers["location"] == "/repository/"


@pytest.mark.parametrize(
    "path",
    [
        "nothing.html",
        "nothing",
        "deep/er/nothing.html",
        "nothing.css",
        "a%20b",
        "%C3%A4/",
    ],
)
def test_an_unknown_address_gives_the_page_for_it_whole(server, path):
    """Status 404, and the site's own page, whose style and icon load from wherever it
    stands.
    """
    answer = server.get(f"/repository/{path}")
    loaded = re.findall(r'<link [^>]*href="(/[^"]+)"', answer.text)

    assert (answer.status, answer.headers["content-type"]) == (
        404,
        "text/html; charset=utf-8",
    )
    assert "No such page" in answer.text
    assert [server.get(each).headers["content-type"] for each in loaded] == [
        "image/svg+xml",
        "text/css",
    ]


def test_a_page_gets_its_script_and_what_that_needs_and_no_more(tmp_path, preview):
    """The script goes to the end of the head, the socket into the policy; all else of a
    page is as it is published.
    """
    html = (
        "<head><meta content=\"connect-src 'self'; img-src"
        " 'self'\">{}</head><p>connect-src 'self'</p>"
    )
    previewed = preview(
        tmp_path, lambda: {"index.html": File(html.format("").encode(), "page.html")}
    )
    previewed.rebuild()

    assert previewed.answer("index.html", "5500")[2].decode() == html.replace(
        "'self';", "'self' ws:;"
    ).format(
        f'<script src="/livereload.js?port=5500/{previewed.number}" defer></script>\n'
        '<script src="/-/unread.js" defer></script>\n'
    )


def test_a_mistake_of_the_engine_is_shown_in_place_of_the_last_good_page(
    tmp_path, preview
):
    """Whatever it is: a page from before would look as if all were well."""
    builds = [{"index.html": File(b"good", "page.html")}]
    previewed = preview(tmp_path, builds.pop)
    previewed.rebuild()
    previewed.rebuild()

    status, _, page = previewed.answer("index.html", "5500")
    assert (status, b"raises IndexError: pop from empty list" in page) == (500, True)


def test_a_problem_is_shown_as_a_terminal_shows_it(tmp_path, preview):
    """Shortly, and with what cannot be seen escaped."""

    def build():
        raise BuildError([Problem("a.md", 1, f"found \u202e{'x' * 100_000}", "\u202e")])

    previewed = preview(tmp_path, build)
    previewed.rebuild()

    page = previewed.answer("index.html", "5500").body.decode()
    assert page.count("\\u202e") == 2
    assert ("\u202e" in page, len(page) < 5_000) == (False, True)


def test_the_pages_of_the_story_have_what_the_preview_looks_for():
    """Their head has one end, before which its script goes, and their policy one place
    that lets it connect.
    """
    text = (ROOT / "press" / "theme" / "base.html").read_text("utf-8")

    assert [text.count(part) for part in ("</head>", "connect-src 'self'")] == [1, 1]


@pytest.mark.parametrize("path", ["", "nothing", "../livereload.js", "../elsewhere"])
def test_who_asks_for_the_head_alone_gets_what_stands_above_the_page(server, path):
    """And no body, whatever is asked for."""
    whole, head = (
        server.get(f"/repository/{path}", method=method) for method in ("GET", "HEAD")
    )

    assert (head.status, head.text) == (whole.status, "")
    assert head.headers["content-length"] == whole.headers["content-length"]


# Whom it answers.


@pytest.mark.parametrize("address", ["127.0.0.2", "::1"])
def test_only_this_computer_can_connect(server, address):
    """No other address of the machine is listened to, not even one of its own."""
    with pytest.raises(OSError, match=r"refused|assign|unreachable"):
        socket.create_connection((address, server.port), PATIENCE).close()


PATHS = [
    "/repository/",
    "/repository/nothing",
    "/",
    "/livereload.js",
    "/-/preview.css",
    "/-/unread.json",
    "/1/livereload",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.localhost",
    ],
)
def test_no_other_name_leads_here(server, path, host):
    """A page elsewhere, whose name was made to lead to this computer, reads nothing."""
    upgrade = dict(line.split(": ") for line in UPGRADE) | {
        "Origin": f"http://localhost:{server.port}"
    }

    assert server.get(path, Host=f"{host}:{server.port}", **upgrade).status == 404


def test_what_is_published_is_left_alone(tmp_path, tmp_path_factory):
    """The preview shows what it has built, and writes none of it."""
    story = make_story(
        tmp_path_factory.getbasetemp(), tmp_path / "published", published=True
    )
    before = story.published()
    with contextlib.closing(Server(story.root)) as server:
        assert server.wait_for_build(1) == "good"
        server.get("/")
        story.change(INDEX, "^title = .*", 'title = "Another"')
        server.wait_until_shown("/", "Another")

    assert story.published() == before


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1", "http://127.0.0.1:{port}", 101),
        ("localhost", "http://localhost:{port}", 101),
        ("127.0.0.1", "http://localhost:{port}", 403),
        ("127.0.0.1", "http://127.0.0.1:1", 403),
        ("127.0.0.1", "http://127.0.0.1", 403),
        ("127.0.0.1", "http://127.0.0.1.evil.example", 403),
        ("127.0.0.1", "null", 403),
        # no address at all: tornado refuses it in its own way
        ("127.0.0.1", "http://[", 500),
    ],
)
def test_only_its_own_pages_may_listen(server, host, origin, status):
    """A page of another origin, be it another server of this computer, is refused the
    socket.
    """
    headers = dict(line.split(": ") for line in UPGRADE) | {
        "Host": f"{host}:{server.port}",
        "Origin": origin.format(port=server.port),
    }

    assert server.get("/1/livereload", **headers).status == status


# What it tells a page that has just opened.


def test_a_window_that_is_closed_is_no_mistake(story, start):
    """Whoever closes a tab while its page is being told something reads
    no traceback.
    """
    server = start()
    told = [
        json.dumps(message).encode()
        for message in (HELLO, {"command": "info", "url": server.url})
    ]
    for number in (1, 1, 9):
        close_at_once(server, number, *told)
    story.change(TESTED, "^Text", "Changed")
    server.wait_until_shown("/tested.html", "Changed.")
    server.end(server.process.kill)

    assert server.complained == []


@pytest.mark.parametrize("told", [b"x", b"[]", b"1", b"{}", b"\xff", b"[" * 120])
def test_what_no_page_of_it_says_is_no_mistake(server, told):
    """A program may open the socket and say anything: it goes on without a traceback."""
    close_at_once(server, 1, told)
    close_at_once(server, "9" * 5000)

    assert server.get("/repository/").status == 200
    assert "Traceback (most recent call last):" not in server.complained


# What it says.


def test_problems_of_the_first_build_are_shown_and_mended(project, preview, said):
    """It starts on a story that cannot be built, and goes on from there; each build is
    told in a line.
    """
    previewed, answers = preview(project.root, project.build), []
    for change in (("sources.md#list", "source.md"), ("source.md", "sources.md#list")):
        project.replace(INDEX, *change)
        previewed.rebuild()
        answers.append(previewed.answer("index.html", "1"))

    assert [status for status, *_ in answers] == [500, 200]
    told = [
        re.sub(r"\d+ ms", "… ms", line) for line in said if line.startswith("build ")
    ]
    assert told == ["build 1: 1 problem, … ms", "build 2: good, … ms"]
    assert f"{INDEX}:13" in answers[0][2].decode()
    assert "Nothing has been built yet." in answers[0][2].decode()


def test_a_save_during_a_build_is_not_lost(story, start):
    """What is saved before the first site is there is built as soon as it is."""
    story.change("story/charts/tested.py", "Drawn", "Changed")
    server = start()
    server.wait_for("drawing ")
    story.change(TESTED, "^Text", "Changed")

    assert server.wait_until_shown("/tested.html", "<p>Changed.</p>")


def test_a_folder_that_is_replaced_is_watched_as_before(story, start):
    """Another folder takes the place of content/, as when a copy is put back; what is
    saved in it later is built.
    """
    content, copy = story.root / "content", story.root / "copy"
    shutil.copytree(content, copy)
    server = start()
    server.wait_for("Preview: ")
    content.rename(story.root / "old")
    copy.rename(content)
    for old, new in (("Text", "Changed"), ("Changed", "Again")):
        story.change(TESTED, f"^{old}", new)
        assert server.wait_until_shown("/tested.html", f"<p>{new}.</p>")


# What is shown of what is saved.


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a story that some tests save files of, and its preview; each save says
    what none before it said.
    """
    story = make_story(
        tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("saved") / "story"
    )
    server = Server(story.root)
    yield story, server
    server.close()


CHART, TABLE = "content/en/charts/tested.md", "data/trade.csv"
# The file, the place in it that changes, what stands there then, and what the page
# shows: {n} is a number, {w} a word.
SAVES = {
    "a paragraph": (TESTED, r"^Text.*\.", "Text {w}.", "Text {w}."),
    "a word of a chart": (
        CHART,
        r"^corner = .*",
        'corner = "Corner {w}"',
        "Corner {w}",
    ),
    "a label": (
        "content/en/words.toml",
        r"^figure_table = .*",
        'figure_table = "Word {w}"',
        "Word {w}",
    ),
    "a figure": (TABLE, r"^2021,export,\d+(\.1)?,", "2021,export,67{n},", "Row 67,{n}"),
    "a description": (
        "data/trade.toml",
        r'^title = "Trade.*',
        'title = "Trade {n}"',
        "Trade {n}.",
    ),
    "a template": (
        "templates/tested.html",
        r"Template \d+",
        "Template {n}",
        "Template {n}.",
    ),
    "the code of a chart": (CODE, r'"Drawn.*"', '"Drawn {w}."', "Drawn {w}."),
    "a measure": ("story/measures.py", r"^TESTED = \d+", "TESTED = {n}", "Measure {n}"),
}

NUMBERS = itertools.count(100)


def save(story, what):
    """Save a file; return what the page is to show."""
    number = next(NUMBERS)
    word = "".join("abcdefghij"[int(digit)] for digit in str(number))
    place, pattern, *texts = SAVES[what]
    new, text = (
        text.replace("{n}", str(number)).replace("{w}", word) for text in texts
    )
    story.change(place, pattern, new)
    return text


@pytest.mark.parametrize("what", SAVES)
def test_a_save_is_shown(saved, what):
    """Whatever file it is: the page shows what it says now."""
    story, server = saved

    assert server.wait_until_shown("/tested.html", save(story, what))


# The file of the engine, what stands there, and what takes its place.
ENGINE_SAVES = {
    "a template": ("theme/base.html", "<h1>.+</h1>", "<h1>New</h1>"),
    "a label": ("labels/en.toml", "Skip to the text", "To the text"),
    "the grammar": ("languages/en.toml", "; multiple", "; many times"),
}


@pytest.mark.parametrize("what", ENGINE_SAVES)
def test_a_save_of_the_engine_is_shown(apart, what):
    """Its pages, its labels and its grammar are read anew, wherever they lie."""
    engine, server = apart
    place, old, new = ENGINE_SAVES[what]
    server.wait_for("Preview: ")
    engine.change(place, old, new)

    assert server.wait_until_shown("/numbers.html", new)


def test_the_last_of_quick_saves_is_shown(saved):
    """Of many files in turn, as fast as they can be written."""
    story, server = saved
    turns = ("a paragraph", "a label", "a figure", "a template", "a measure")
    last = [save(story, what) for _ in range(4) for what in turns][-len(turns) :]

    assert [server.wait_until_shown("/tested.html", text) for text in last]


def test_a_page_that_is_deleted_goes(saved):
    """As it came."""
    story, server = saved
    story.write(
        "content/en/fresh.md",
        '+++\ntitle = "Fresh"\ndescription = "New."\n+++\n\nNew.\n',
    )
    server.wait_until_shown("/fresh.html", "<h1>Fresh")
    (story.root / "content/en/fresh.md").unlink()

    assert server.wait_until_shown("/fresh.html", "No such page")


def plainly(story, place, body):
    """Save as programs do: the file is emptied, then written."""
    (story.root / place).write_bytes(body)


def renamed(story, place, body):
    """Save as most editors do: a draft beside the file takes its place at once."""
    draft = story.root / f"{place}.draft"
    draft.write_bytes(body)
    draft.replace(story.root / place)


def in_pieces(story, place, body):
    """Save in many small pieces, each of which can be read."""
    with (story.root / place).open("wb", buffering=0) as file:
        for start in range(0, len(body), 16):
            file.write(body[start : start + 16])


def from_windows(story, place, body):
    """Save with a byte-order mark and the line ends of Windows."""
    (story.root / place).write_bytes(b"\xef\xbb\xbf" + body.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("by", [plainly, renamed, in_pieces, from_windows])
def test_it_is_shown_however_it_is_saved(saved, by):
    """Editors differ in what they do to a file."""
    story, server = saved
    text = story.changed(TESTED, r"^Text.*", f"Text {by.__name__}.")
    by(story, TESTED, text.encode())
    assert server.wait_until_shown("/tested.html", f"Text {by.__name__}.")
    story.write(TESTED, text)


# What is shown of mistakes.


def shown(project, preview, old, new):
    """Return the page that stands in for a page with a mistake."""
    project.replace(INDEX, old, new)
    previewed = preview(project.root, project.build)
    previewed.rebuild()
    return previewed.answer("index.html", "1")[2].decode()


def test_an_excerpt_counts_lines_as_the_problem_does(project, preview):
    """A line separator or a form feed inside a line ends no line of the file."""
    text = shown(
        project,
        preview,
        "In 2023 trade",
        "One\u2028two\fthree.\n\nFour\u202e.\n\nIn 2023 trade",
    )

    assert f"{INDEX}:9:5" in text
    assert '<li value="9" class="wrong"><code>Four<mark>\\u202e</mark>.</code>' in text


def test_an_excerpt_shows_invisible_characters(project, preview):
    """By their escapes, also those beside the one that is marked: none turns the line
    round.
    """
    text = shown(project, preview, "In 2023 trade", "In \u202e2023\u2028 trade")

    assert "<code>In <mark>\\u202e</mark>2023\\u2028 trade came to" in text
    assert "<code>In \\u202e2023<mark>\\u2028</mark> trade came to" in text


def test_the_words_that_are_false_are_marked_in_their_sentence(project, preview):
    """A number that new data made false is marked where it stands, with what is true
    and how to mend it.
    """
    text = shown(project, preview, "$240.1 billion", "$999 billion")

    assert f"<code>{INDEX}:7:24</code>" in text
    assert "expected &#34;$240 billion&#34; (exactly 240110 USD million)" in text
    assert (
        "<code>In 2023 trade came to [<mark>$999"
        " billion</mark>](fact:total/2023).</code>" in text
    )


@pytest.mark.parametrize(
    "name",
    [".#index.md", "#index.md#", "index.md~", ".index.md.swp", "4913", ".index.md"],
)
def test_what_editors_leave_beside_a_file_is_no_page(project, name):
    """Locks (which may be links that lead nowhere), backups and drafts
    are left alone.
    """
    path = project.root / "content" / "en" / name
    if name.startswith(".#"):
        path.symlink_to("somebody@somewhere.1234")
    else:
        path.write_text("half a page", "utf-8")

    assert sorted(
        address for address in project.build() if address.endswith(".html")
    ) == ["404.html", "index.html", "sources.html"]


# How it ends.


def ending(server, kind):
    """Return a function that ends the preview as a person or a program does."""
    process = server.process
    return {
        "SIGTERM": process.terminate,
        "SIGINT": lambda: process.send_signal(signal.SIGINT),
        # a terminal sends it to all that it runs
        "Ctrl-C": lambda: os.killpg(process.pid, signal.SIGINT),
        "SIGKILL": process.kill,
    }[kind]


@pytest.mark.parametrize(
    ("when", "kind"),
    [("idle", "SIGTERM"), ("idle", "Ctrl-C"), ("busy", "SIGINT"), ("busy", "Ctrl-C")],
)
def test_it_ends_whatever_it_is_doing_and_leaves_nothing_behind(
    story, start, tmp_path, kind, when
):
    """Status 0, and no drawing is waited for: no process, no file, temporary or in
    site/, no complaint.
    """
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
    assert not (story.root / "site").exists()
    assert [path for path in story.root.rglob("*") if path.suffix == ".tmp"] == []


@pytest.mark.parametrize("when", ["idle", "busy"])
def test_killed_it_leaves_no_process_and_the_next_build_is_whole(story, start, when):
    """Nobody can catch that signal: the processes that it has started end by
    themselves.
    """
    server = start("--base-url", BASE_URL)
    server.wait_for("Preview: ")
    story.change("story/charts/tested.py", "Drawn", "Changed")
    server.wait_for("drawing " if when == "busy" else "build 2: good")
    server.end(ending(server, "SIGKILL"))
    done = story.built()

    assert (server.process.returncode, done.returncode, done.stderr) == (
        -signal.SIGKILL,
        0,
        "",
    )
    assert b"Changed" in story.published()["tested.html"]


def test_a_port_that_is_taken_is_told_in_a_sentence(start, server):
    """It ends with status 1 before it builds."""
    other = start(f"--port={server.port}")
    other.process.wait(PATIENCE)
    other.end(lambda: None)

    assert (other.process.returncode, other.said) == (1, [])
    assert other.complained == [
        (
            f"cannot serve on port {server.port}: Address already in use; choose another"
            " with --port"
        )
    ]


def test_pictures_are_drawn_only_when_somebody_asks_for_them(tmp_path, preview, said):
    """A build of the preview draws none; the first who asks for one gets it, or is told
    why there is none.
    """
    drawn = []

    def fail():
        raise BuildError(
            [Problem("chart.md", 1, "its picture cannot be drawn: no luck")]
        )

    good, bad = (
        File(lambda: drawn.append(1) or b"picture", "chart.md"),
        File(fail, "chart.md"),
    )
    previewed = preview(
        tmp_path, lambda: {"index.html": PAGE, "a.png": good, "b.png": bad}
    )
    previewed.rebuild()

    assert drawn == []
    assert [previewed.answer("a.png", "1") for _ in range(2)] == [
        (200, "image/png", b"picture")
    ] * 2
    assert drawn == [1]
    assert previewed.answer("b.png", "1")[::2] == (
        500,
        b"chart.md:1: its picture cannot be drawn: no luck",
    )
    assert "chart.md:1: its picture cannot be drawn: no luck\n" in said
