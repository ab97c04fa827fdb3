"""延期: asked by the unit before the date has passed, granted by the unit above; the villager hears the new date."""

import pytest

from models.casework import extending
from models.casework.clock import set_class
from models.extension import Extension
from models.history import Event, HistoryLine
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed, Status
from models.message import Purpose
from models.permissions import SYSTEM
from tests.casebook import PENSION, VILLAGER


@pytest.fixture
def case(book):
    """A pension in the hands of C17: three working days, up to two more."""
    number = book.spoken_case(PENSION)
    book.accept(number)
    return number


def paused(book, case, ground="hearing", by="duban"):
    how = {"ground": ground, "by": book.officers[by], "county": book.county, "now": book.watch()}
    book.do(case, lambda s, p: extending.pause(s, p, **how))


def resumed(book, case):
    how = {"by": book.officers["duban"], "county": book.county, "now": book.watch()}
    book.do(case, lambda s, p: extending.resume(s, p, **how))


def formal(book, case):
    how = {"by": SYSTEM, "county": book.county, "now": book.watch()}
    book.do(case, lambda s, p: set_class(s, p, "petition_formal", **how))


def finish(book, case):
    return f"{book.case(case).finish_due_at.astimezone(book.watch().tzinfo):%m-%d}"


def test_asking_moves_nothing(book, case):
    before = book.case(case).dates
    book.ask_extension(case)
    assert book.case(case).dates == before
    assert not book.texts_out(Purpose.EXTENDED)


def test_granted_it_is_two_working_days_later_and_she_is_told(book, case):
    assert finish(book, case) == "11-26"
    book.ask_extension(case)
    book.decide_extension(case)
    assert finish(book, case) == "11-30"
    (text,) = book.texts_out(Purpose.EXTENDED)
    assert (text.to, text.slots["date"]) == (VILLAGER, "11月30日")
    (moved,) = book.rows(HistoryLine, petition_id=case, event=Event.DATES_SET)
    assert moved.detail["why"] == "extension"


def test_refused_it_stays(book, case):
    book.ask_extension(case)
    book.decide_extension(case, granted=False)
    assert finish(book, case) == "11-26"
    assert [row.granted for row in book.rows(Extension)] == [False]
    assert not book.texts_out(Purpose.EXTENDED)


@pytest.mark.parametrize("who", ["liuping", "huawu", "jiwei", "jishu"])
def test_nobody_but_the_unit_above_grants_it(book, case, who):
    book.ask_extension(case)
    with pytest.raises(NotAllowed):
        book.decide_extension(case, by=who)


def test_the_countys_supervisor_may_decide_too(book, case):
    book.ask_extension(case)
    book.decide_extension(case, by="duban")
    assert finish(book, case) == "11-30"


def test_once_is_all_there_is(book, case):
    book.ask_extension(case)
    with pytest.raises(ForbiddenMove, match="等着批"):
        book.ask_extension(case)
    book.decide_extension(case)
    with pytest.raises(ForbiddenMove, match="不能再延"):
        book.ask_extension(case)


def test_after_the_date_has_passed_it_is_too_late_to_ask(book, case):
    book.watch.wait(days=4)
    with pytest.raises(ForbiddenMove, match="超期"):
        book.ask_extension(case)


def test_nothing_is_put_off_before_it_was_taken_up(book):
    case = book.spoken_case(PENSION)
    with pytest.raises(ForbiddenMove, match="签收以后"):
        book.ask_extension(case)


@pytest.mark.parametrize("reason", ["", " ", "拖" * 101])
def test_no_reason_is_no_request(book, case, reason):
    with pytest.raises(BadInput):
        book.ask_extension(case, reason)


def test_there_is_nothing_to_grant_that_nobody_asked(book, case):
    with pytest.raises(ForbiddenMove, match="没有等着批"):
        book.decide_extension(case)


def test_an_ordinary_matter_is_never_paused(book, case):
    with pytest.raises(ForbiddenMove, match="法律没有规定"):
        paused(book, case)


def test_a_formal_petition_stands_still_for_its_hearing_and_no_longer(book, case):
    formal(book, case)
    due = book.case(case).finish_due_at
    paused(book, case)
    assert book.case(case).status == Status.PAUSED
    book.watch.wait(days=100)
    assert book.tick() == 0
    resumed(book, case)
    assert book.case(case).status == Status.HANDLING
    assert 100 <= (book.case(case).finish_due_at - due).days <= 109, "rolled over days off at the most"


def test_only_the_county_stops_a_clock_and_only_a_stopped_one_goes_on(book, case):
    formal(book, case)
    with pytest.raises(NotAllowed):
        paused(book, case, by="liuping")
    with pytest.raises(ForbiddenMove):
        resumed(book, case)
