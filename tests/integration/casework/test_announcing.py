"""打电话录提示音: six digits from her own telephone; three wrong ones and they are locked for a day."""

import pytest
from sqlalchemy import select

from models.announcer import PromptChange, VoicePin
from models.call import Call
from models.casework import announcing
from models.lifecycle import BadInput, NotAllowed
from models.people import Officer
from models.recording import Recording, Sound

HERS = "+8613900009555"


@pytest.fixture
def studio(book):
    return Studio(book)


class Studio:
    """An officer with digits, and her telephone."""

    def __init__(self, book, login="huawu"):
        self.book, self.officer = book, book.officers[login]
        with book.sessions.writing() as session:
            session.scalars(select(Officer).where(Officer.login == login)).one().number = HERS
        self.choose("052718")

    def choose(self, pin, login="huawu"):
        with self.book.sessions.writing() as session:
            by = self.book.officers[login]
            announcing.choose(session, pin, hashed=lambda secret: f"#{secret}", by=by, now=self.book.watch())

    def types(self, pin, sid="CA-pin", caller=HERS):
        call_id = self.book.ring(sid, caller)
        with self.book.sessions.writing() as session:
            call = session.get_one(Call, call_id)
            found = announcing.enter(session, call, pin, matches=lambda kept, typed: kept == f"#{typed}", now=self.now)
        return "in" if found.let_in else "locked" if found.locked else "wrong"

    @property
    def now(self):
        return self.book.watch()


def test_the_right_digits_let_her_in(studio):
    assert studio.types("052718") == "in"


def test_three_wrong_ones_lock_them_for_a_day_even_for_the_right_ones(studio):
    assert [studio.types("111111") for _ in range(3)] == ["wrong", "wrong", "locked"]
    assert studio.types("052718") == "locked"
    studio.book.watch.wait(days=1, seconds=1)
    assert studio.types("052718") == "in"


def test_a_right_one_forgets_the_wrong_ones_before_it(studio):
    tries = ["111111", "111111", "052718", "111111", "111111", "052718"]
    assert [studio.types(pin) for pin in tries] == ["wrong", "wrong", "in"] * 2


def test_new_digits_open_what_was_locked(studio):
    for _ in range(3):
        studio.types("111111")
    studio.choose("730194")
    assert (studio.types("052718"), studio.types("730194")) == ("wrong", "in")


def test_from_any_other_telephone_no_digits_help(studio):
    assert studio.types("052718", caller="+8613900000101") == "locked"


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "000000", "123456", "654321", "901234"])
def test_what_anybody_would_guess_is_not_taken(studio, pin):
    with pytest.raises(BadInput):
        studio.choose(pin)


def test_who_may_not_record_chooses_none(studio):
    with pytest.raises(NotAllowed):
        studio.choose("730194", login="liuping")


def test_of_the_digits_only_a_digest_is_kept_and_of_what_she_kept_who_and_when(studio):
    assert studio.types("052718") == "in"
    book = studio.book
    with book.sessions.writing() as session:
        call = session.scalars(select(Call).where(Call.sid == "CA-pin")).one()
        part = Recording(provider="twilio", sid="RE1", call_id=call.id, key=call.key, heard_of_at=studio.now)
        part.said_seconds, part.state, part.digest, part.url = 3, Sound.STORED, "ab" * 32, "https://carrier.example/RE1"
        session.add(part)
        session.flush()
        assert announcing.publish(session, call, "sichuan", "greet", now=studio.now) is part
    (line,) = book.rows(PromptChange)
    assert (line.officer_id, line.language, line.name, line.what) == (
        studio.officer.officer_id,
        "sichuan",
        "greet",
        "spoken",
    )
    assert (line.digest, line.at) == ("ab" * 32, studio.now)
    with book.sessions.reading() as session:
        assert session.scalars(select(VoicePin.digest)).all() == ["#052718"]


def test_in_a_later_call_she_must_type_them_again(studio):
    studio.types("052718")
    later = studio.book.ring("CA-later", HERS)
    with studio.book.sessions.reading() as session:
        assert not announcing.has_entered(session, session.get_one(Call, later))


def test_who_has_left_gets_in_no_more(studio):
    with studio.book.sessions.writing() as session:
        session.scalars(select(Officer).where(Officer.login == "huawu")).one().active = False
    assert studio.types("052718") == "locked"
