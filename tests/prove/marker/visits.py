"""Officers at real browsers' doors: signed in, every page there is read, and every link on it followed."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import product
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
from flask import Flask

from tests.prove.marker.search import Search

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
CODE = re.compile(r"<strong>(\d{6})</strong>")
# What the routes ask for besides a case and its parts.
ASKED = {
    "figure_id": ("channels",),
    "language": ("cmn",),
    "name": ("greet",),
    "purpose": ("ack",),
    "filename": ("pages.css",),
    "village_id": ("C17",),
    "quarter": ("2026Q3",),
    "publication_id": (1,),
    "term": ("help",),
    "kind": ("pension",),
}
Things = dict[str, tuple[object, ...]]


class Browser:
    """One person's browser; it keeps its cookies and goes where it is sent."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, trust_env=False, follow_redirects=True, timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def send(self, path: str, on: str, **fields: str) -> httpx.Response:
        """Send a form of the page `on`."""
        token = TOKEN.search(self.get(on).text)
        answer = self._http.post(path, data={"csrf_token": token[1] if token else "", **fields})
        assert answer.status_code == httpx.codes.OK, (on, answer.status_code)
        return answer

    def sign_in(self, login: str, password: str) -> "Browser":
        self.send("/sign-in", "/sign-in", form="sign-in", login=login, password=password)
        return self

    def show_code(self) -> "Browser":
        """The code of this half-minute, which a demonstration shows beside its field."""
        code = CODE.search(self.get("/sign-in/code").text)
        assert code, "no code beside its field"
        self.send("/sign-in/code", "/sign-in/code", form="code", code=code[1])
        return self


def read_all(search: Search, browser: Browser, who: str, paths: Iterable[str], *, most: int) -> None:
    """These pages and whatever they link to on the same site, each once, `most` of them."""
    to_read, read = list(paths), set[str]()
    while to_read and len(read) < most:
        path = to_read.pop(0)
        if path in read:
            continue
        read.add(path)
        answer = browser.get(path)
        search.look("pages", f"{_place(path)} before {who}", _whole(answer))
        to_read += _links(answer)


def addresses(app: Flask, things: Things) -> Iterator[str]:
    """The path of every GET route of an application, about each of these things. Raises KeyError for a route that asks
    for something new: say above what it is to be asked about.
    """
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        names = sorted(rule.arguments)
        for values in product(*((things | ASKED)[name] for name in names)):
            built = rule.build(dict(zip(names, values, strict=True)), append_unknown=False)
            if built:
                yield built[1]


def _whole(answer: httpx.Response) -> bytes:
    return f"{answer.url}\n{answer.headers}\n".encode() + answer.content


def _links(answer: httpx.Response) -> list[str]:
    """Where the page leads on the same site. Signing out is a form, and is not followed."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    here = str(answer.url)
    whole = [urlsplit(urljoin(here, unescape(link))) for link in LINK.findall(answer.text)]
    same = [one for one in whole if one.netloc == urlsplit(here).netloc and "/static/" not in one.path]
    return [f"{one.path}?{one.query}" if one.query else one.path for one in same]


def _place(path: str) -> str:
    return re.sub(r"\d{7}", "<number>", path)
