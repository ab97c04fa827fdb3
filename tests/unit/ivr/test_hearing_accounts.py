"""Key 3: whose accounts, the totals, then line by line; what is not public is said, and chased where she wants it."""

from dataclasses import replace

import pytest

from ivr.flow import HUNG_UP, Pressed, Silent, Spoke, Waited, turn
from ivr.script import Ask, At, Bye, Deed, Known, Record, Say, Step, Turn, Wait
from models.affairs import Book

BOOK = Book("C17", "羊角乡六坪村", 7, "2026年第三季度的账：收入300元，一共2条", ("租金，200元", "水泥，100元"))
HERS = Known(offered="羊角乡六坪村", book=BOOK)
OPEN = Known(book=BOOK, heard=True)
ANSWER = Record(5, 20, "0129#", filed=False)
TOTALS = (Ask("book_totals", 1, f"{BOOK.name}{BOOK.totals}"), ANSWER)
GOODBYE = (Say("bye"), Bye())
ASKED = Step(at=At.BOOK, tries=1)
AT_TOTALS = Step(at=At.TOTALS, village="C17", book=7)
FIRST, SECOND = (replace(AT_TOTALS, at=At.LINE, line=line) for line in (1, 2))


def spoken(*answers: tuple[object, Known], step: Step) -> Turn:
    for did, known in answers:
        after = turn(step, did, known)
        step = after.step
    return after


def test_the_village_of_her_telephone_is_offered_first():
    after = turn(Step(), Pressed("3"), HERS)
    assert after.moves == (Ask("book_yours", 1, HERS.offered), ANSWER)
    assert (after.step, after.deed) == (Step(at=At.BOOK), None)


def test_whose_telephone_is_of_no_village_is_asked_which():
    after = turn(Step(), Pressed("3"))
    assert (after.moves, after.step) == ((Ask("book_which"), ANSWER), ASKED)


def test_on_the_line_for_reports_three_means_nothing():
    assert turn(Step(report=True), Pressed("3"), HERS).moves == (Record(5),)


@pytest.mark.parametrize("did", [Pressed("1"), Spoke("1", 1), Spoke("", 2), Waited()])
def test_the_village_that_is_agreed_to_or_named_is_opened_at_its_totals(did):
    after = turn(Step(at=At.BOOK), did, replace(HERS, heard=True))
    assert (after.moves, after.step, after.deed) == (TOTALS, AT_TOTALS, Deed.READ)


@pytest.mark.parametrize("did", [Pressed("2"), Spoke("2", 1), Pressed("7")])
def test_who_says_that_it_is_another_is_asked_which(did):
    after = turn(Step(at=At.BOOK), did, replace(HERS, book=None))
    assert (after.moves, after.step) == ((Ask("book_which"), ANSWER), ASKED)


def test_her_words_are_waited_for_three_seconds_and_then_she_is_asked_again():
    step = ASKED
    for _ in range(3):
        after = turn(step, Spoke("", 2) if step is ASKED else Waited())
        assert after.moves == (Wait(),)
        step = after.step
    assert turn(step, Waited()).moves == (Ask("village_open"), ANSWER)


def test_of_villages_that_sound_alike_she_is_asked_which():
    known = Known(heard=True, choice=("双汊镇柳南村", "羊角乡柳南村"))
    assert turn(ASKED, Spoke("", 2), known).moves[0] == Ask("village_pick", 1, "双汊镇柳南村，还是羊角乡柳南村")


def test_at_the_last_try_what_she_said_is_a_case_and_a_person_asks_her():
    after = spoken(*[(Spoke("", 2), Known(heard=True))] * 2, step=ASKED)
    assert (after.moves[0], after.deed, after.step.at) == (Say("village_unknown"), Deed.FILE, At.TELL)


def test_who_says_nothing_at_all_is_called_back_and_never_just_hung_up_on():
    after = spoken(*[(Silent(), Known(heard=True))] * 2, step=ASKED)
    assert (after.moves, after.deed) == ((Say("silence3"), Bye()), Deed.CALL_BACK)


def test_a_matter_said_where_a_village_is_asked_for_is_a_case():
    after = turn(ASKED, Spoke("", 9), replace(OPEN, matter=True))
    assert (after.moves[0], after.deed, after.step.at) == (Say("go_on"), Deed.FILE, At.TELL)


@pytest.mark.parametrize("at", [At.BOOK, At.TOTALS, At.CHASE])
def test_who_may_be_in_danger_is_heard_like_anybody(at):
    danger = replace(OPEN, danger=True, on_duty=1)
    after = turn(replace(AT_TOTALS, at=at), Spoke("", 3), danger)
    assert (after.deed, after.step.at) == (Deed.FILE, At.HEAR)
    assert turn(after.step, Waited(), danger).deed is Deed.DANGER


def test_who_asks_aloud_for_a_person_gets_one():
    person = replace(OPEN, person=True, on_duty=1)
    after = spoken((Spoke("", 2), person), (Waited(), person), step=AT_TOTALS)
    assert after.deed is Deed.FETCH_PERSON


@pytest.mark.parametrize("at", [At.BOOK, At.TOTALS, At.CHASE, At.LINE])
def test_zero_is_a_person_everywhere(at):
    assert turn(replace(AT_TOTALS, at=at), Pressed("0"), OPEN).deed is Deed.FETCH_PERSON


@pytest.mark.parametrize("at", [At.BOOK, At.TOTALS, At.CHASE])
def test_nothing_is_said_to_who_has_hung_up(at):
    assert turn(replace(AT_TOTALS, at=at), Spoke(HUNG_UP, 2), OPEN).moves == ()


def test_a_correction_is_announced_as_one():
    after = turn(ASKED, Spoke("", 2), replace(OPEN, book=replace(BOOK, corrected="水泥记错了季度")))
    assert after.moves == (Say("book_corrected", about="水泥记错了季度"), *TOTALS)


@pytest.mark.parametrize(
    ("did", "known"), [(Pressed("1"), OPEN), (Spoke("1", 1), OPEN), (Spoke("", 2), replace(OPEN, said=True))]
)
def test_after_the_totals_she_may_hear_line_by_line(did, known):
    after = turn(AT_TOTALS, did, known)
    assert after.moves == (Ask("book_keys"), Ask("book_line", 3, "租金，200元"), Wait())
    assert (after.step, after.deed) == (FIRST, Deed.READ)


@pytest.mark.parametrize("answer", [(Pressed("2"), OPEN), (Spoke("", 2), replace(OPEN, said=False))])
def test_or_not(answer):
    assert turn(AT_TOTALS, *answer).moves == GOODBYE


def test_silence_after_the_totals_is_asked_once_more():
    once = turn(AT_TOTALS, Silent(), OPEN)
    assert once.moves == (Ask("book_lines"), ANSWER)
    assert turn(once.step, Silent(), OPEN).moves == GOODBYE


def test_what_else_she_says_twice_after_the_totals_is_a_question_about_them():
    other = replace(OPEN, matter=True)
    once = turn(AT_TOTALS, Spoke("", 4), other)
    assert once.moves == (Ask("book_lines"), ANSWER)
    again = turn(once.step, Spoke("", 4), other)
    assert (again.moves[0], again.deed, again.step.line) == (Say("book_say"), Deed.ASK_LINE, 0)


def test_who_presses_nothing_hears_the_next_line_and_after_the_last_goodbye():
    second = turn(FIRST, Waited(), OPEN)
    assert second.moves == (Ask("book_line", 3, "水泥，100元"), Wait())
    assert (second.step, second.deed) == (SECOND, Deed.READ)
    assert turn(second.step, Waited(), OPEN).moves == (Say("book_end"), *GOODBYE)


def test_one_says_the_line_again_and_two_ends_it():
    assert turn(SECOND, Pressed("1"), OPEN).moves[0] == Ask("book_line", 3, "水泥，100元")
    assert turn(FIRST, Pressed("2"), OPEN).moves == GOODBYE
    assert turn(FIRST, Pressed("5"), OPEN).step == SECOND


@pytest.mark.parametrize("step", [FIRST, SECOND, AT_TOTALS])
def test_nine_asks_about_what_is_being_read_and_she_may_say_what(step):
    after = turn(step, Pressed("9"), OPEN)
    assert after.moves == (Say("book_asked"), Record(5))
    assert (after.deed, after.step.at, after.step.line) == (Deed.ASK_LINE, At.TELL, step.line)


@pytest.mark.parametrize("did", [Silent(), Spoke("#", 4)])
def test_after_her_question_she_hears_its_number_and_nothing_is_asked_of_her(did):
    asked = turn(FIRST, Pressed("9"), OPEN).step
    known = Known(number="3102756", heard=True, earlier="修路", places=(), behalf=True)
    assert turn(asked, did, known).moves[0] == Say("number1", "3102756")


MISSING = replace(OPEN, book=replace(BOOK, missing="2026年第四季度"))
AT_CHASE = replace(AT_TOTALS, at=At.CHASE)


def test_what_should_be_public_and_is_not_is_said_first():
    after = turn(ASKED, Spoke("", 2), MISSING)
    assert after.moves == (Ask("book_missing", 1, "羊角乡六坪村2026年第四季度"), ANSWER)
    assert (after.step, after.deed) == (AT_CHASE, Deed.READ)


@pytest.mark.parametrize("answer", [(Pressed("1"), MISSING), (Spoke("", 2), replace(MISSING, said=True))])
def test_who_wants_it_chased_has_it_chased(answer):
    after = turn(AT_CHASE, *answer)
    assert (after.moves, after.deed, after.step.at) == ((Say("book_chased"), Record(5)), Deed.CHASE, At.TELL)


def test_who_does_not_hears_what_is_public():
    assert turn(AT_CHASE, Pressed("2"), MISSING).moves == TOTALS
    assert spoken((Silent(), MISSING), (Silent(), MISSING), step=AT_CHASE).moves == TOTALS


def test_where_nothing_is_public_at_all_there_is_nothing_to_hear():
    nothing = replace(MISSING, book=Book("C17", "羊角乡六坪村", missing="2026年第三季度"))
    assert turn(replace(AT_CHASE, book=0), Pressed("2"), nothing).moves == GOODBYE
    assert turn(replace(FIRST, book=0), Waited(), nothing).moves == (Say("book_end"), *GOODBYE)
