"""我想看下账, in a whole county: four quarters of 235 villages from one spreadsheet, three of them heard to the end."""

import pytest
from sqlalchemy import delete, select

from models.affairs import Line, largest_first, last_four, public_by_now
from models.affairs_sheet import by_name, read
from models.base import DataKey
from models.casework import publishing
from models.clock import CHINA
from models.people import Officer, Phone
from tests.spoken_money import fen_said
from worker import seed
from worker.invent import accounts, county

VILLAGES, SEED = 235, 20261123
LONG = 400  # seconds: whatever is read is over by then
HEARD = ("C001", "C118", "C235")


@pytest.fixture
def large(own_village, tmp_path):
    """The house with a county of 235 villages in it; what it has published by village, the newest quarter's lines."""
    folder, desk = tmp_path / "county", own_village.desk
    quarters = last_four(public_by_now(desk.now().astimezone(CHINA).date()))
    gazetteer = county.write(folder, villages=VILLAGES, seed=SEED, example=seed.EXAMPLE)
    rows = accounts.write(folder, gazetteer, quarters=quarters, seed=SEED)
    with desk.sessions.writing() as session:
        seed.install(session, folder)
    sheet = read(accounts.FILE, (folder / accounts.FILE).read_bytes(), village=by_name(seed.read(folder).gazetteer))
    assert (len(sheet.drafts), sum(len(one.lines) for one in sheet.drafts)) == (4 * VILLAGES, rows)
    with desk.sessions.writing() as session:
        officers = {one.login: one.actor for one in session.scalars(select(Officer))}
        made = publishing.bring(session, sheet.drafts, by=officers["huawu"], now=desk.now())
        publishing.sign(session, [one.id for one in made], by=officers["duban"], now=desk.now())
    for process in ("webhooks", "worker"):  # they have the other county's papers in their memory
        own_village.kill(process)
    return own_village, {one.village: one.lines for one in sheet.drafts if one.quarter == quarters[0]}


def lives_in(village, number, where):
    with village.desk.sessions.writing() as session:
        hashed = session.info["keyring"].hash_number(number)
        session.execute(delete(Phone).where(Phone.number_hash == hashed))
        phone = Phone(number_hash=hashed, key=DataKey.fresh(session.info["keyring"]), village_id=where)
        phone.number = number
        session.add(phone)


def test_three_villages_are_heard_to_the_end_and_every_figure_is_the_published_one(large):
    village, published = large
    for place, where in enumerate(HEARD):
        number = f"+861390000080{place}"
        lives_in(village, number, where)
        call = village.call(number).press("3").press("1").press("1").wait(LONG)
        assert call.ended
        lines = largest_first(published[where])
        said = [fen for words in call.heard for fen in fen_said(words)]
        assert said == [*_totals(lines), *(line.fen for line in lines if line.fen is not None)]
        assert [any(line.title in words for words in call.heard) for line in lines] == [True] * len(lines)
        assert village.settled().outcome(call) == "answered"


def _totals(lines: list[Line]) -> list[int]:
    sides = {side: sum(line.fen or 0 for line in lines if line.side == side) for side in ("income", "spent")}
    return [sides["income"], sides["spent"]]
