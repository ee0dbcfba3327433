"""What ``make links`` tells of the addresses that sources and pages name."""

import pytest

from tests.engine.serving import Answer, serving
from tools import links


@pytest.fixture
def server():
    """Give a server of one's own."""
    with serving() as found:
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

    assert links.ask(server.says("/page", *answers))[0] == state


def test_a_host_that_is_no_more_is_gone_with_its_pages(monkeypatch):
    """One that cannot be reached now may be there tomorrow."""
    monkeypatch.setattr(links, "MOVES", links.MOVES.new(connect=0))

    assert links.ask("http://nobody.invalid/page")[0] == links.GONE
    assert links.ask("http://127.0.0.1:9/page")[0] == links.UNKNOWN


def test_every_address_is_asked_once_and_what_is_gone_is_told_with_its_place(
    server, tmp_path, monkeypatch, capsys
):
    """Addresses stand in the sources and in texts; one with a fragment is that of its
    page.
    """
    page, gone = server.says("/page", Answer()), f"{server.address}/gone"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/sources.csv").write_text(
        f'id,address\n1,"{page}?a,b"\n2,{page}\n', "utf-8"
    )
    (tmp_path / "content/en").mkdir(parents=True)
    text = f"See [this]({page}#part), <{page}>.\n\n[That]({gone}).\n"
    (tmp_path / "content/en/index.md").write_text(text, "utf-8")

    monkeypatch.setattr(links, "PAUSE", 0)
    status = links.main(tmp_path)

    assert (status, sorted(server.asked)) == (1, ["/gone", "/page", "/page?a,b"])
    assert capsys.readouterr().out.splitlines() == [
        f"content/en/index.md:3: {gone} is gone: status 404",
        f"  an archive may have it: {links.ARCHIVE}{gone}",
        "Addresses: 3, of 1 host: 2 there, 0 not known, 1 gone",
    ]
