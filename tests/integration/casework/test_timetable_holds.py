"""What is put on pages holds when something fails on the way, and rings somebody whatever is put."""

import pytest
from sqlalchemy.exc import OperationalError

from gateway import papers as watched
from gateway.papers import LOOKS_AGAIN, Papers
from models.call import Call
from models.casework import duty, timetable
from models.people import Officer
from models.permissions import Actor, Role

TECHNICIAN = Actor(Role.ADMIN, "xfj")
SUPERVISOR = "+8613900009001"


@pytest.fixture
def put_off(book):
    def put(day):
        with book.sessions.writing() as session:
            timetable.set_day(session, day, works=False, by=TECHNICIAN, now=book.watch())

    return put


def test_a_change_that_could_not_be_read_is_read_the_next_time(book, put_off, monkeypatch):
    seen = Papers(book.sessions)
    seen.county(now=book.watch())
    put_off(book.watch().date().replace(day=27))

    def fails(_session):
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as broken:
        broken.setattr(watched, "timetable", fails)
        assert not seen.county(now=book.watch.wait(seconds=LOOKS_AGAIN.seconds)).calendar.closures
    assert seen.county(now=book.watch.wait(seconds=LOOKS_AGAIN.seconds)).calendar.closures


def test_a_roster_of_people_who_are_gone_rings_the_county_all_the_same(book):
    with book.sessions.writing() as session:
        timetable.set_duty(
            session, "00:00-24:00 duban", was=timetable.told(timetable.duty(session)), by=TECHNICIAN, now=book.watch()
        )
    county = Papers(book.sessions).county(now=book.watch())
    book.ring()
    with book.sessions.writing() as session:
        (call,) = session.query(Call)
        assert duty.numbers(session, call, danger=False, county=county, now=book.watch()) == (SUPERVISOR,)
        session.get_one(Officer, book.officers["duban"].officer_id).active = False
        session.flush()
        assert duty.numbers(session, call, danger=False, county=county, now=book.watch())
