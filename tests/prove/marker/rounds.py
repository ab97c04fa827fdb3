"""Looking through the whole house once: who goes where, and where a marker must be found."""

from collections.abc import Iterator
from pathlib import Path

import httpx
from sqlalchemy import select

from gateway.app import pages, sealed_desk, webhooks
from models.petition import Statement
from tests.journeys.village import ROOT, Village
from tests.prove.marker import commands, search, technician
from tests.prove.marker.reports import Report
from tests.prove.marker.search import Search, found_in
from tests.prove.marker.visits import Browser, Things, addresses, read_all
from worker.front_page import cards
from worker.queue_server import socket_path

CARRIERS_OWN = frozenset({"exchange"})
INSPECTOR = "jiwei"
A_FEW = ("huawu", "liuping", "jishu")  # who took it in, the village she accuses, and who may see every table
FEW_PAGES, MANY_PAGES = 60, 400  # one person turns over
NOBODY = "nobody"
SORTS = (
    *("house", "temporary folder", "core files", "processes", "queue", "pages", "commands", "written by commands"),
    *("texts", "boxes the server opens"),
)


def look_everywhere(village: Village, found: Search, told: list[Report], folder: Path, *, short: bool) -> None:
    things, most = _things(village, told), FEW_PAGES if short else MANY_PAGES
    for card in cards(village.data):
        if card.role != "inspector" and (card.login in A_FEW or not short):
            with Browser(village.plate["pages"]) as browser:
                browser.sign_in(card.login, card.password)
                read_all(found, browser, card.login, addresses(pages(village.desk), things), most=most)
    _as_nobody(village, found, things, most)
    written = folder / "written"
    written.mkdir()
    commands.run_all(found, village.data, [report.number for report in told], written)
    _texts(village, found)
    technician.open_everything(found, village)
    search.queue(found, socket_path(village.data))
    search.processes(found, village.plate["pids"] | {"worker": village.pid("worker")})
    search.files(found, village.data, sort="house", without=CARRIERS_OWN)
    search.files(found, folder / "temporary", sort="temporary folder")
    search.files(found, written, sort="written by commands")
    search.cores(found, ROOT)


def what_only_she_sees(village: Village, found: Search, told: list[Report]) -> list[str]:
    """The looking itself is tried: an inspector's page has her words, as said or as heard, and her number."""
    (card,) = [card for card in cards(village.data) if card.login == INSPECTOR]
    with Browser(village.plate["sealed"]) as browser:
        browser.sign_in(card.login, card.password).show_code()
        return [sentence for report in told for sentence in _missing(found, report, browser)]


def _missing(found: Search, report: Report, browser: Browser) -> Iterator[str]:
    seen = found_in(browser.get(f"/cases/{report.number}").content, found.marks)
    if f"the number of {report.name}" not in seen:
        yield f"an inspector does not see the number of {report.name}"
    if not {f"words of {report.name}", f"what was heard of {report.name}"} & seen:
        yield f"an inspector does not see the words of {report.name}"


def must_show(found: Search, where: str, there: bytes, name: str) -> None:
    """Here a marker is to be seen: a probe that finds nothing would prove nothing."""
    if not any(name in kind for kind in found_in(there, found.marks)):
        found.finds.add(f"nothing is found where it must be: {where}")


def unheard_of(found: Search) -> list[str]:
    """Places where nobody looked, and commands of which nobody said whether they show anything."""
    return [f"nobody looked into: {sort}" for sort in SORTS if not found.looked_into.get(sort)] + [
        f"of this command nobody has said whether it shows anything: {name}" for name in sorted(commands.unknown())
    ]


def _as_nobody(village: Village, found: Search, things: Things, most: int) -> None:
    """Whoever has not signed in, at each of the three doors, and what monitoring asks."""
    for door, app in (("pages", pages), ("sealed", sealed_desk), ("webhooks", webhooks)):
        with Browser(village.plate[door]) as browser:
            read_all(found, browser, f"{NOBODY} at the {door}", addresses(app(village.desk), things), most=most)


def _texts(village: Village, found: Search) -> None:
    """Every text that left the house, in the carrier's own list, without whom it went to."""
    account = village.desk.settings.account_sid
    url = f"{village.plate['exchange']}/2010-04-01/Accounts/{account}/Messages.json"
    asked = {"From": village.number, "PageSize": "1000"}
    auth = (account, village.desk.settings.auth_token.get_secret_value())
    for text in httpx.get(url, params=asked, auth=auth, trust_env=False).raise_for_status().json()["messages"]:
        found.look("texts", "to somebody", text["body"].encode())


def _things(village: Village, told: list[Report]) -> Things:
    """What the routes can be asked about: the reports, and every statement there is."""
    with village.desk.sessions.reading() as session:
        statements = tuple(session.scalars(select(Statement.id)))
    return {
        "number": tuple(report.number for report in told),
        "statement_id": statements,
        **dict.fromkeys(("picture_id", "task_id", "part_id", "order_id", "turn_no", "officer_id"), (1,)),
    }
