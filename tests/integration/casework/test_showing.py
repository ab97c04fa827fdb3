"""公开结果: shown only of a closed case, where she agreed, in words that do not tell who she is."""

from datetime import timedelta

import pytest

from models.casework import showing, tombstone
from models.history import Event
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed
from models.message import Delivery
from models.shown import Shown
from tests.casebook import MONDAY, PENSION, REPORT

WORDS = "村干部上门，给一位老人做了认证。"


def end(book, case):
    """She was told, and the case is closed two days after it came."""
    book.carrier_says(Delivery.DELIVERED)
    book.watch.wait(days=2)
    book.close(case)
    return case


@pytest.fixture
def closed(book):
    case = book.answered_case()
    return end(book, case)


@pytest.fixture
def show(book):
    def shown(case, words=WORDS, by="huawu", *, agreed=True):
        about = {"agreed": agreed, "by": book.officers[by], "county": book.county, "now": book.watch()}
        book.do(case, lambda session, petition: showing.show(session, petition, words, **about))

    return shown


@pytest.fixture
def hangs(book):
    def looked_at(**page):
        with book.sessions.reading() as session:
            return showing.outcomes(session, county=book.county, **{"most": 10, **page})

    return looked_at


def test_kind_township_working_days_and_the_clerks_words_are_all_that_is_shown(book, closed, show, hangs):
    show(closed)
    assert hangs() == [showing.Outcome("养老保险与资格认证", "羊角乡", 0, WORDS)]
    assert Event.SHOWN in book.events(closed)


def test_the_days_are_working_days_from_her_call_to_the_answer(book, closed, show, hangs):
    answered = MONDAY + timedelta(days=7)
    book.do(closed, lambda _session, petition: setattr(petition, "replied_at", answered))
    show(closed)
    assert hangs()[0].days == 5


@pytest.mark.parametrize("words", ["", "  ", "好" * 101, "打13900000101问", "六坪村的老人认证了", PENSION])
def test_words_that_are_none_too_many_or_give_her_away_are_refused(closed, show, hangs, words):
    with pytest.raises(BadInput) as refused:
        show(closed, words)
    assert (refused.value.field, hangs()) == ("words", [])


def test_without_her_consent_nothing_is_shown(closed, show, hangs):
    with pytest.raises(BadInput) as refused:
        show(closed, agreed=False)
    assert (refused.value.field, hangs()) == ("agreed", [])


@pytest.mark.parametrize("by", ["liuping", "yangjiao", "duban", "jiwei", "jishu"])
def test_nobody_but_a_clerk_shows_it(closed, show, by):
    with pytest.raises(NotAllowed):
        show(closed, by=by)


def test_what_goes_on_is_not_shown(book, show):
    with pytest.raises(ForbiddenMove):
        show(book.answered_case("CA2"))


def test_a_report_is_never_shown_whatever_became_of_it(book, closed, show, hangs):
    show(closed)
    with pytest.raises(NotAllowed):
        show(book.text_case(REPORT))
    book.do(closed, lambda _session, petition: setattr(petition, "held", True))
    assert hangs() == []


def test_what_was_opened_again_comes_down_by_itself(book, closed, show, hangs):
    show(closed)
    book.do(closed, lambda _session, petition: setattr(petition, "status", "handling"))
    assert hangs() == []


def test_it_is_put_right_in_its_place_and_taken_down(book, closed, show, hangs):
    show(closed)
    show(closed, "乡上派人上门认证了。")
    assert [one.words for one in hangs()] == ["乡上派人上门认证了。"]
    about = {"by": book.officers["huawu"], "now": book.watch()}
    book.do(closed, lambda s, p: showing.take_down(s, p, **about))
    assert hangs() == []
    with pytest.raises(ForbiddenMove):
        book.do(closed, lambda s, p: showing.take_down(s, p, **about))
    assert book.events(closed).count(Event.TAKEN_DOWN) == 1


def test_the_last_hangs_first_and_the_rest_on_further_pages(book, closed, show, hangs):
    show(closed)
    later = end(book, book.answered_case("CA2"))
    book.watch.wait(hours=1)
    show(later, "第二件也办好了。")
    assert [one.words for one in hangs()] == ["第二件也办好了。", WORDS]
    assert [one.words for one in hangs(most=1, after=1)] == [WORDS]


def test_a_lawful_deletion_takes_it_down(book, closed, show):
    show(closed)
    erase = {"ground": "consent", "by": book.officers["jishu"], "now": book.watch()}
    book.do(closed, lambda s, p: tombstone.erase(s, p, **erase))
    with book.sessions.reading() as session:
        assert session.get(Shown, closed) is None
