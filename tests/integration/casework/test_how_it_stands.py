"""How a case stands: where it is, who has it, how many working days are left; what is late says so."""

import pytest

from models.call import Call, Outcome
from models.casework import intake, standing
from models.lifecycle import Status
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD


def hers(book, sid="CA1"):
    with book.sessions.reading() as session:
        call = next(call for call in book.rows(Call) if call.sid == sid)
        return standing.hers(session, call, county=book.county, now=book.watch())


def by_number(book, keyed="", words=""):
    with book.sessions.reading() as session:
        return standing.by_number(session, keyed, words, county=book.county, now=book.watch())


def test_what_nobody_has_shared_out_says_so_and_how_many_days_are_left(book):
    book.spoken_case(ROAD)
    assert hers(book).standing == "已登记，还剩3个工作日"


def test_what_a_unit_has_says_which(book):
    book.spoken_case(PENSION)
    assert hers(book).standing == "已分办，在羊角乡六坪村，还剩3个工作日"


@pytest.mark.parametrize(
    ("hours", "words"), [(72, "今天到期"), (82, "已经超期，正在催"), (7 * 24, "超期2个工作日，已经在催")]
)
def test_what_is_due_or_late_says_so_and_that_somebody_is_after_it(book, hours, words):
    book.spoken_case(PENSION)
    book.watch.wait(hours=hours)
    assert hers(book).standing == f"已分办，在羊角乡六坪村，{words}"


def test_a_case_that_goes_on_is_told_before_one_that_has_ended(book):
    open_one, ended = book.spoken_case(PENSION), book.answered_case("CA2")
    book.text("1")
    assert book.case(ended).status == Status.CLOSED
    assert hers(book).case == book.case(open_one).number


def test_by_its_number_a_case_is_told_to_any_telephone_and_not_what_it_is_about(book):
    case = book.case(book.spoken_case(PENSION))
    keyed, said = by_number(book, case.number), by_number(book, words=f"编号是{case.number}")
    assert keyed == said == standing.Standing(case.number, "已分办，在羊角乡六坪村，还剩3个工作日")


def test_sealed_unknown_and_misheard_are_answered_alike(book):
    held = book.case(book.spoken_case(REPORT))
    book.ring("CA3", NEIGHBOUR)
    assert held.held
    assert {by_number(book, number) for number in (held.number, "0000000", "31")} == {standing.Standing()}
    assert hers(book) == hers(book, "CA3") == standing.Standing()


def test_words_without_digits_are_a_matter_and_broken_digits_are_not(book):
    assert by_number(book, words="我是六坪村的路烂了").matter
    assert not by_number(book, words="三 一 零 二").matter
    assert not by_number(book, words="").matter


def test_a_call_in_which_she_only_asked_ends_as_answered(book):
    book.spoken_case(PENSION)
    book.ring("CA2")
    with book.sessions.writing() as session:
        standing.told(intake.find_call(session, "twilio", "CA2"), now=book.watch())
    book.hang_up("CA2")
    assert book.rows(Call)[-1].outcome == Outcome.ANSWERED
