"""What the pages themselves offer: every link and form that somebody finds who clicks through them as each officer.

A new page is found by its link and a new form by its fields, so that neither has to be told of here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

MOST_PAGES = 150  # for each officer
HTML = "text/html"


@dataclass
class Offered:
    """`places`: what stands in an address, by the name it has there; `fields`: of each endpoint its fields and what
    they are offered to be; `files`: the names of fields that take a file.
    """

    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    fields: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    files: set[str] = field(default_factory=set)

    def of_any(self) -> dict[str, set[str]]:
        """The fields of all forms together: for a form nobody found."""
        together: dict[str, set[str]] = defaultdict(set)
        for fields in self.fields.values():
            for name, values in fields.items():
                together[name] |= values
        return together


@dataclass
class _Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


class _Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[_Form] = []
        self.files: set[str] = set()
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.links += [said[name] for name in ("href", "src") if name in said]
        if tag == "form":
            self.forms.append(_Form(said.get("action", ""), said.get("method", "get").upper()))
        elif self.forms:
            self._within_a_form(tag, said)

    def _within_a_form(self, tag: str, said: dict[str, str]) -> None:
        form = self.forms[-1]
        if "formaction" in said:
            self.forms.insert(-1, _Form(said["formaction"], form.method, form.fields))
        if tag == "select":
            self._select = said.get("name", "")
        if tag == "option":
            form.fields.append((self._select, said.get("value", "")))
        elif said.get("name"):
            form.fields.append((said["name"], said.get("value", "")))
        if said.get("type") == "file":
            self.files.add(said["name"])


def look_around(app: Flask, browsers: Iterable[FlaskClient]) -> Offered:
    """Click through an application at each of these browsers, sending nothing."""
    offered = Offered()
    for browser in browsers:
        _click_through(app, browser, offered)
    return offered


def _click_through(app: Flask, browser: FlaskClient, offered: Offered) -> None:
    seen, waiting = {"/"}, ["/"]
    while waiting and len(seen) < MOST_PAGES:
        with browser.get(waiting.pop(0)) as answer:
            if answer.mimetype != HTML:
                continue
            links = _read(app, answer.text, offered)
        fresh = [link for link in dict.fromkeys(links) if link not in seen]
        seen.update(fresh)
        waiting += fresh


def _read(app: Flask, page: str, offered: Offered) -> list[str]:
    """Take down what a page offers; its links to pages of ours."""
    found = _Page()
    found.feed(page)
    offered.files |= found.files
    for form in found.forms:
        _note(app, form.action, form.method, form.fields, offered)
    ours = [link for link in found.links if link.startswith("/")]
    return [link for link in ours if _note(app, link, "GET", parse_qsl(urlsplit(link).query), offered)]


def _note(app: Flask, address: str, method: str, fields: Iterable[tuple[str, str]], offered: Offered) -> bool:
    try:
        endpoint, places = app.url_map.bind("").match(urlsplit(address).path, method=method)
    except HTTPException:
        return False
    for name, value in places.items():
        offered.places[name].add(str(value))
    for name, value in fields:
        offered.fields[endpoint][name].add(value)
    return not endpoint.endswith("static")
