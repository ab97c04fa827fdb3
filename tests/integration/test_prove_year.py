"""`make prove`, the year: a few days of it kept whole, and each promise broken once, so that midnight sees it."""

import random
import re
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from models.alert import Alert, Notice
from models.call import Call
from models.casework import sealed, telling
from models.clock import CHINA
from models.history import Event, HistoryLine, record
from models.message import Purpose
from models.permissions import SYSTEM
from models.petition import Petition
from models.visible import visible
from models.workdays import Calendar
from tests.prove.frame import Terms
from tests.prove.year import course, rhythm
from tests.prove.year.course import Plan
from tests.prove.year.midnight import Midnight
from tests.prove.year.officers import Officers
from tests.prove.year.post import Post
from tests.prove.year.town import found
from tests.prove.year.villagers import Villagers

CALLS = 25
BEGIN = datetime(rhythm.YEAR, 1, 1, tzinfo=CHINA)


def test_some_days_of_the_year_keep_every_promise_at_every_midnight():
    verdict = course.prove(Terms(short=True, kill=False, seed=11))
    assert verdict.violations == []
    assert verdict.figures["calls"] == course.SHORT.calls == sum(verdict.figures["outcomes"].values())
    assert verdict.figures["midnights"] == verdict.figures["anchors"] == course.SHORT.days
    assert verdict.cases == sum(verdict.figures["statuses"].values()) > 10
    assert verdict.figures["month"][0]["channels"] > 0


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A town after some days of which nothing is wrong, and how it is looked at."""
    town = found(tmp_path_factory.mktemp("town"), villages=12, number=3)
    villagers = Villagers(town)
    officers = Officers(town, villagers)
    post = Post(town, told=officers.told, warned=villagers.warned)
    course._fill(town, villagers, officers, Plan(12, CALLS, 3))
    for day in (1, 2, 3, 4, 5, 6):
        course._one_day(town, officers, post, BEGIN + timedelta(days=day))
    yield town
    town.sessions.close()


class Undone(Exception):
    """Whatever was broken is whole again."""


@pytest.fixture
def says(lived):
    """What midnight says once a deed has broken something; everything is put right again afterwards."""

    def look(deed, *, seen_before=False):
        night = Midnight(lived, since=BEGIN)
        if seen_before:
            night.look()
            assert night.violations == []
        found_ = []
        with suppress(Undone), lived.sessions.writing() as session:
            deed(session)
            session.flush()
            found_ += night.found(session)
            raise Undone
        return found_

    return look


def a_case(session, *where):
    return session.scalars(visible(SYSTEM).where(*where).order_by(Petition.id).limit(1)).one()


def test_a_town_in_which_nothing_is_wrong_is_told_nothing(says):
    assert says(lambda session: None) == []


def test_a_call_that_is_down_as_something_else_is_seen(says):
    changed = update(Call).where(Call.sid == "call-0").values(outcome="nothing")
    assert any("call call-0 is down as nothing" in sentence for sentence in says(lambda s: s.execute(changed)))


def test_a_call_that_is_lost_is_seen(says):
    not_ended = update(Call).where(Call.sid == "call-0").values(ended_at=None)
    (sentence,) = says(lambda s: s.execute(not_ended))
    made, balance = re.fullmatch(r"(\d+) calls were made, and the day's balance is (.*)", sentence).groups()
    assert int(made) == sum(map(int, re.findall(r"\d+", balance))) + 1


def test_a_line_of_history_that_was_rewritten_is_seen(says):
    rewritten = update(HistoryLine).where(HistoryLine.id == 2).values(detail={"nothing": "happened"})
    assert any("line 2 of case" in sentence for sentence in says(lambda s: s.execute(rewritten)))


def test_a_date_that_was_moved_in_secret_is_seen(says):
    def move(session):
        petition = a_case(session, Petition.closed_at.is_(None))
        petition.finish_due_at += timedelta(days=1)

    assert "the finish date of case" in says(move, seen_before=True)[0]


def test_a_date_that_was_moved_by_an_extension_is_no_secret(says):
    def move(session):
        petition = a_case(session, Petition.closed_at.is_(None))
        petition.finish_due_at += timedelta(days=1)
        record(session, petition.id, Event.DATES_SET, by=SYSTEM, now=petition.received_at, why="extension")

    assert says(move, seen_before=True) == []


def test_a_rung_that_was_passed_and_not_climbed_is_seen(says):
    def forget(session):
        for alert in session.scalars(select(Alert)):
            session.execute(delete(Notice).where(Notice.alert_id == alert.id))
            session.delete(alert)

    assert any("and nobody heard" in sentence for sentence in says(forget))


def test_a_text_about_a_held_case_to_anybody_but_the_inspectors_is_seen(says, lived):
    def leak(session):
        petition = a_case(session, Petition.held.is_(False))
        sealed.hold(session, petition, now=lived.now())
        how = {"key": petition.key, "dedupe": "leak", "now": lived.now(), "about": petition}
        telling.write(session, Purpose.RESULT, "+8613900009999", **how)

    assert any("goes to somebody who must not know" in sentence for sentence in says(leak))


@pytest.mark.parametrize(
    ("event", "detail", "sentence"),
    [
        (Event.TOLD, {"how": "text"}, "is told by text, and she was not"),
        (Event.TOLD, {"how": "person"}, "is told by person, and she was not"),
        (Event.TOLD, {"how": "guess"}, "is told by guess, and she was not"),
        (Event.RATED, {"score": 1}, "is rated, and not from her own telephone"),
    ],
)
def test_who_was_not_told_or_has_not_rated_is_not_said_to_have(says, lived, event, detail, sentence):
    def pretend(session):
        petition = a_case(session, Petition.replied_at.is_(None))
        record(session, petition.id, event, by=SYSTEM, now=lived.now(), **detail)

    assert any(sentence in said for said in says(pretend))


def test_the_year_does_not_balance_when_a_call_was_made_that_nobody_wrote_down(lived):
    night = Midnight(lived, since=BEGIN)
    lived.truth.outcomes["call-of-nobody"] = "case"
    night.at_the_end()
    del lived.truth.outcomes["call-of-nobody"]
    assert night.violations == ["the calls of the year are not those that were made"]


# the rhythm of the year


def test_the_same_seed_makes_the_same_year_and_people_call_more_by_day_than_by_night():
    once, again = (rhythm.moments(random.Random(4), 2000, Calendar()) for _ in range(2))
    assert once == again == sorted(once)
    by_day = [moment for moment in once if 8 <= moment.hour < 20]
    assert len(by_day) > 0.7 * len(once)
    assert {moment.month for moment in once} == set(range(1, 13))


def test_offices_open_on_the_next_working_day_made_up_saturdays_included():
    friday_night = datetime(2026, 2, 13, 22, 0, tzinfo=CHINA)
    opens = rhythm.at_work(friday_night, Calendar(), random.Random(1))
    assert opens.date().isoformat() == "2026-02-14"  # a Saturday that is worked
    at_ten = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
    assert rhythm.at_work(at_ten, Calendar(), random.Random(1)) == at_ten
