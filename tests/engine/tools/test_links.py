"""What ``make links`` tells of the addresses that sources and pages name."""

import socket

import pytest

from tests.engine.serving import Answer, run_server
from tools import links


def write_story(root, addresses, text):
    """Write sources with some addresses, and a text."""
    (root / "data").mkdir()
    rows = [f"{number},{address}\n" for number, address in enumerate(addresses, 1)]
    (root / "data/sources.csv").write_text("".join(["id,address\n", *rows]), "utf-8")
    (root / "content/en").mkdir(parents=True)
    (root / "content/en/index.md").write_text(text, "utf-8")


def write_known(root, text):
    """Write the list of pages that are known to be gone."""
    (root / "tools").mkdir()
    (root / "tools/links.toml").write_text(text, "utf-8")


def entry(address, note):
    """Return an entry of that list."""
    return f'[[gone]]\naddress = "{address}"\nsince = 2026-11-26\n{note}\n\n'


@pytest.fixture
def server():
    """Give a server of one's own."""
    with run_server() as found:
        yield found


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        pytest.param([Answer()], links.FINE, id="there"),
        pytest.param(
            [Answer(status=301, headers={"Location": "/moved"})], links.FINE, id="moved"
        ),
        pytest.param(
            [Answer(status=301, headers={"Location": "/none"})],
            links.GONE,
            id="moved to where nothing is",
        ),
        pytest.param(
            [Answer(status=302, headers={"Location": "/page"})],
            links.UNKNOWN,
            id="moves round and round",
        ),
        pytest.param([Answer(status=404)], links.GONE, id="not found"),
        pytest.param([Answer(status=410)], links.GONE, id="gone"),
        pytest.param([Answer(status=403)], links.UNKNOWN, id="turns scripts away"),
        pytest.param([Answer(status=429)], links.UNKNOWN, id="asked too often"),
        pytest.param([Answer(status=503)], links.UNKNOWN, id="busy"),
        pytest.param([Answer(length=10**12, holds=True)], links.FINE, id="endless"),
    ],
)
def test_a_page_is_gone_only_where_its_host_says_so(server, answers, state):
    """A page that has moved is there; a host that turns scripts away, or is busy, says
    nothing of its page.
    """
    server.says("/moved", Answer())

    assert links.ask_for_page(server.says("/page", *answers))[0] == state


def test_a_host_that_cannot_be_asked_says_nothing_of_its_pages(monkeypatch):
    """One without a name, a connection or an answer now may be there tomorrow."""
    monkeypatch.setattr(links, "MOVES", links.MOVES.new(connect=0))
    monkeypatch.setattr(links, "LIMITS", links.LIMITS.from_float(0.2))

    assert links.ask_for_page("http://nobody.invalid/page") == (
        links.UNASKED,
        "no such host",
    )
    assert links.ask_for_page("http://127.0.0.1:9/page") == (
        links.UNASKED,
        "no connection",
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/page"
        assert links.ask_for_page(address) == (links.UNASKED, "no answer in time")


def test_every_address_is_asked_once_and_what_is_gone_is_told_with_its_place(
    server, tmp_path, monkeypatch, capsys
):
    """Addresses stand in the sources and in texts; one with a fragment is that of its
    page.
    """
    page, gone = server.says("/page", Answer()), f"{server.address}/gone"
    text = f"See [this]({page}#part), <{page}>.\n\n[That]({gone}).\n"
    write_story(tmp_path, [f'"{page}?a,b"', page], text)

    monkeypatch.setattr(links, "PAUSE", 0)
    status = links.main(tmp_path)

    assert (status, sorted(server.asked)) == (1, ["/gone", "/page", "/page?a,b"])
    assert capsys.readouterr().out.splitlines() == [
        f"content/en/index.md:3: {gone}: gone, status 404",
        f"  an archive may have it: {links.ARCHIVE}{gone}",
        "  if it stays cited, say so in tools/links.toml",
        "Addresses: 3, of 1 host: 2 there, 0 not known, 0 cannot be asked, 1 gone",
    ]


def test_a_page_that_is_known_to_be_gone_is_told_and_is_no_failure(
    server, tmp_path, monkeypatch, capsys
):
    """Nor is one that is there again, or that nothing cites any more; whoever reads it
    takes that entry out.
    """
    back, gone = server.says("/back", Answer()), f"{server.address}/gone"
    write_story(tmp_path, [back, gone], "Nothing is linked.\n")
    entries = [
        entry(gone, 'note = "https://archive.example/gone"'),
        entry(back, 'note = "It is closed."'),
        entry("https://example.org/other", 'note = "It is closed."'),
    ]
    write_known(tmp_path, "".join(entries))

    monkeypatch.setattr(links, "PAUSE", 0)
    status = links.main(tmp_path)

    since = "known to be gone since 2026-11-26"
    assert status == 0
    assert capsys.readouterr().out.splitlines() == [
        f"data/sources.csv:3: {gone} is {since}: https://archive.example/gone",
        f"tools/links.toml:6: {back} is there again: take it out",
        "tools/links.toml:11: nothing cites https://example.org/other: take it out",
        "Addresses: 2, of 1 host: 1 there, 0 not known, 0 cannot be asked, 1 gone",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            entry("https://example.org/", ""),
            "tools/links.toml:1: note is missing in gone",
            id="no note",
        ),
        pytest.param(
            entry("https://example.org/", "note = 1"),
            "tools/links.toml:4: note is 1, expected text in quotes",
            id="no words",
        ),
        pytest.param("gone = 1\n", "tools/links.toml:1: gone is 1", id="no table"),
        pytest.param(
            'lost = "x"\n', "tools/links.toml:1: found the unknown key", id="unknown"
        ),
        pytest.param(
            entry("https://example.org/", 'note = "x"') * 2,
            "tools/links.toml:6: found https://example.org/ again, expected once",
            id="twice",
        ),
        pytest.param("gone = \n", "tools/links.toml:1: ", id="no TOML"),
    ],
)
def test_what_is_wrong_in_the_list_is_told_before_anything_is_asked(
    server, tmp_path, capsys, text, problem
):
    """With file and line."""
    write_story(tmp_path, [server.says("/page", Answer())], "Nothing is linked.\n")
    write_known(tmp_path, text)

    assert (links.main(tmp_path), server.asked) == (1, [])
    assert capsys.readouterr().err.startswith(problem)


def test_the_list_of_this_repository_is_right():
    """Each entry has an address, a day, and where the page is kept or why it stays."""
    assert isinstance(links.read_known_lost_pages(links.ROOT), dict)
