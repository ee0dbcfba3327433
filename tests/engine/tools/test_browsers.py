"""What ``make audit`` sees in other browsers, as far as that can be told without one."""

from __future__ import annotations

import io
import urllib.request
from contextlib import nullcontext
from functools import partial

import pytest

from tools import browser, browsers, drivers

FIGURE = """<figure id="race"><p class="title" id="t">Trade passed <a href="#">$200\u00a0billion</a> &amp; more</p>
<svg><text>9.21</text></svg><table><tr><th>May</th><td>–</td><td>9.21</td></tr></table></figure>"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait for nothing."""
    monkeypatch.setattr(drivers, "PATIENCE", 0)


def page(name, *, hears):
    """Return a browser whose page has what promise ``name`` is about, shows no fault and hears its keys or none."""
    focus, heard = browsers.PROMISES[name]
    answers = {focus: True, browsers.FAULTS: []} | dict.fromkeys(heard.values(), hears)
    return lambda command, *, script="", **_: answers.get(script, False) if command == "ExecuteScript" else None


def fetch(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - an address of ours
        return answer.read().decode()


def test_a_missing_browser_is_named_and_is_a_fault(monkeypatch, tmp_path, capsys):
    """Where there is no browser the audit says which, and what installs it, and does not pass."""
    monkeypatch.setattr(browser, "find", lambda _: None)

    assert browsers.look(tmp_path, []) is False
    told = capsys.readouterr().out
    for kind in (browser.FIREFOX, browsers.WEBKIT, browsers.W3M):
        assert f"{kind.label}: is missing: install it (Debian: {kind.packages})\n" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Trade passed $200 billion & more\n May – 9.21", True, id="both"),
        pytest.param("Trade passed $200\n  billion & more\n\n9.21", True, id="on several lines"),
        pytest.param("Trade passed $200 billion & more", False, id="no value"),
        pytest.param("9.21 Trade passed $200 billion & more", False, id="the value above"),
        pytest.param("May – 9.21", False, id="no finding"),
    ],
)
def test_a_text_says_the_finding_of_a_chart_and_then_its_values(text, said):
    """A figure whose finding, or the first value of its table below it, is not told in text is named."""
    assert [fault.split(":")[0] for fault in browsers.unsaid(FIGURE, text)] == ([] if said else ["race"])


@pytest.mark.parametrize("name", browsers.PROMISES)
def test_a_key_that_does_nothing_is_named(name):
    """What is promised of keys is a fault of the page where they do nothing, and none where they are heard."""
    keys = browsers.PROMISES[name][1]

    assert list(browsers.faults(page(name, hears=False))) == [f"{key} does nothing to {name}" for key in keys]
    assert list(browsers.faults(page(name, hears=True))) == []


def test_a_browser_that_stops_is_a_fault(tmp_path):
    """What goes wrong with a browser itself is told, and the audit goes on."""

    def ask(command, **_):
        raise OSError(f"no {command}")

    assert list(browsers.driven(nullcontext(ask), tmp_path, ["index.html"])) == ["stopped: no Navigate"]


def test_a_page_stands_in_a_frame_of_its_width(tmp_path):
    """Each page is asked for at each width, and its faults are told with both."""
    asked = []

    def ask(_, *, url="", script="", **__):
        asked.append(url.partition("frame/")[2])
        return ["fails"] if script == browsers.FAULTS else None

    found = list(browsers.driven(nullcontext(ask), tmp_path, ["a.html"]))

    assert [each for each in asked if each] == ["320/a.html", "1280/a.html"]
    assert found == ["a.html, 320 px: fails", "a.html, 1280 px: fails"]


def test_a_witness_stands_where_scripts_may_run(tmp_path):
    """A page that runs scripts begins with the one that notes errors; a page that runs none is served as it is."""
    run, still = "<meta content=\"script-src 'self'\"><title>a</title><script></script>", "<title>b</title>"
    (tmp_path / "run.html").write_text(run, "utf-8")
    (tmp_path / "still.html").write_text(still, "utf-8")
    (tmp_path / "figures.csv").write_text("1", "utf-8")

    with browsers.served(partial(browsers.Framed, directory=tmp_path)) as address:
        served = fetch(f"{address}run.html")
        assert served.index("/witness.js") < served.index("<title>")
        assert fetch(f"{address}still.html") == still
        assert fetch(f"{address}figures.csv") == "1"
        assert fetch(f"{address}witness.js") == browsers.WITNESS
        assert 'src="/run.html" style="width: 320px' in fetch(f"{address}frame/320/run.html")


def test_frames_of_firefox_are_read_one_by_one():
    """A frame is as many bytes as it says, and a stream that has ended is a browser that has gone."""
    stream = io.BytesIO(b'6:["\xc3\xbc"]2:{}')

    assert [drivers.read(stream), drivers.read(stream)] == [["\u00fc"], {}]
    with pytest.raises(OSError, match="gone"):
        drivers.read(stream)
