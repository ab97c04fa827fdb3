"""我想看下账: whose accounts she means, what was read to her, and the case that carries the line she asks about."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from models.affairs_sheet import Draft
from models.call import Call, Outcome
from models.casework import accounts, books, hearing, intake, publishing
from models.clock import CHINA
from models.history import Event
from models.ledger import balance
from models.lifecycle import Status
from models.permissions import SYSTEM
from models.publication import Hearing, LineAsked
from models.recording import Recording
from models.visible import by_id
from tests import affairs
from tests.affairs import RENT, TOTALS
from tests.casebook import MONDAY

HOME = "+8613900000017"  # registered in 六坪村, C17


def carried(book):
    with book.sessions.reading() as session:
        return list(session.scalars(select(LineAsked)))


@pytest.fixture
def publish(book):
    return partial(affairs.publish, book)


@pytest.fixture
def line(book):
    """A call that is on the line, and what happens in it."""

    class OnTheLine:
        def do(self, verb, *args, **more):
            with book.sessions.writing() as session:
                call = intake.answer(session, "twilio", "CA1", HOME, now=book.watch())
                return verb(session, call, *args, **more, now=book.watch())

        def says(self, words, sid="RE1"):
            with book.sessions.writing() as session:
                call = intake.answer(session, "twilio", "CA1", HOME, now=book.watch())
                part = intake.part_kept(
                    session, call, intake.Part(sid, "https://carrier.example/1", 2), now=book.watch()
                )
                hearing.heard(session, part.id, words)

        def whose(self, key="", tries=0):
            return self.do(accounts.whose, key, tries=tries, county=book.county)

        def hangs_up(self):
            book.hang_up(caller=HOME)
            (call,) = book.rows(Call)
            with book.sessions.reading() as session:
                assert balance(session, MONDAY.date(), now=book.watch()).closes
            return call.outcome

    book.ring(caller=HOME)
    return OnTheLine()


def test_the_village_of_her_telephone_is_offered_by_its_whole_name(line):
    found = line.whose()
    assert (found.offered, found.choice, found.book) == ("羊角乡六坪村", (), None)


@pytest.mark.parametrize(("key", "words"), [("1", ""), ("", "对头"), ("", "六坪村"), ("", "我要听六坪村的账")])
def test_agreed_to_or_named_it_is_that_village(line, publish, key, words):
    published = publish()
    if words:
        line.says(words)
    found = line.whose(key).book
    assert (found.village, found.id, found.totals) == ("C17", published, TOTALS)
    assert found.lines[0] == "集体三资，收入，砂石场租金，12000元"


def test_no_is_no_village(line):
    line.says("不是")
    assert line.whose().book is None


def test_another_village_is_the_one_she_names(line, book):
    other = book.county.gazetteer.full_name("C25")
    line.says("不是", "RE1")
    line.says(other, "RE2")
    assert line.whose(tries=1).book.name == other


def test_once_she_was_asked_which_a_yes_is_no_answer(line):
    line.says("对头")
    found = line.whose(tries=1)
    assert (found.offered, found.book) == ("", None)


@pytest.mark.parametrize("words", ["我是六坪村的，路灯坏了没有人修", "六坪村的支书贪污低保款", "我屋头起火了"])
def test_a_matter_is_no_village_however_many_it_names(line, words):
    line.says(words)
    found = line.whose()
    assert (found.matter, found.book) == (True, None)


def test_what_was_read_is_written_down_and_that_is_all_the_call_was_for(line, publish, book):
    published = publish()
    line.says("六坪村")
    for number in (0, 1, 2):
        line.do(accounts.was_read, published, number)
    read = [(one.publication_id, one.line_id is not None, one.text_id) for one in book.rows(Hearing)]
    assert read == [(published, False, None), (published, True, None), (published, True, None)]
    assert line.hangs_up() == Outcome.ANSWERED
    assert not book.cases()
    assert len(book.rows(Recording)) == 1


def test_a_question_is_a_case_of_the_village_that_carries_the_line_and_has_ten_days(line, publish, book):
    published = publish()
    line.do(accounts.was_read, published, 2)
    line.do(accounts.ask, published, 2, county=book.county)
    (case,) = book.cases()
    assert (case.unit_id, case.village_id, case.status) == ("C17", "C17", Status.ASSIGNED)
    assert (case.deadline_class, case.category) == ("ledger", "collective")
    due = case.finish_due_at.astimezone(CHINA)
    assert (due.date() - MONDAY.date(), due.hour) == (timedelta(days=10), 18)
    (asked,) = carried(book)
    assert (asked.petition_id, asked.publication_id, asked.line_id is not None) == (case.id, published, True)
    with book.sessions.reading() as session:
        kept = by_id(session, SYSTEM, case.id)
        words, caller = kept.statements[0].words, kept.caller
    assert caller == HOME
    assert words == "问账：羊角乡六坪村2026年第三季度，工程项目，支出，修水渠的水泥，3200元5角，二组用。"
    assert book.events(case.id) == [Event.RECEIVED, Event.DATES_SET, Event.ASSIGNED]
    assert line.hangs_up() == Outcome.CASE


def test_about_the_totals_it_carries_no_line(line, publish, book):
    line.do(accounts.ask, publish(), 0, county=book.county)
    (asked,) = carried(book)
    assert asked.line_id is None


def test_what_she_says_to_it_is_kept_with_it_and_our_words_are_no_evidence(line, publish, book):
    line.says("六坪村")
    line.do(accounts.ask, publish(), 2, county=book.county)
    case = book.say(part="RE2", caller=HOME)
    book.hang_up(caller=HOME)
    book.hear(case, "为啥子用了这么多水泥")
    assert len(book.cases()) == 1
    kept = book.case(case)
    assert (kept.held, kept.unit_id, kept.deadline_class) == (False, "C17", "ledger")


def test_words_of_a_report_said_to_it_are_held_all_the_same(line, publish, book):
    line.do(accounts.ask, publish(), 2, county=book.county)
    case = book.say(part="RE2", caller=HOME)
    book.hang_up(caller=HOME)
    book.hear(case, "这个钱遭支书贪污了")
    assert book.case(case).held


def test_one_call_asks_once(line, publish, book):
    published = publish()
    line.do(accounts.ask, published, 1, county=book.county)
    line.do(accounts.ask, published, 2, county=book.county)
    line.do(accounts.chase, "C17", county=book.county)
    assert len(book.cases()) == 1


def test_what_is_not_public_is_the_townships_to_chase_within_twenty_days(line, book):
    line.says("六坪村")
    found = line.whose().book
    assert (found.id, found.totals, found.missing) == (0, "", "2026年第三季度")
    line.do(accounts.was_read, 0, 0)
    line.do(accounts.chase, "C17", county=book.county)
    (case,) = book.cases()
    assert (case.unit_id, case.village_id, case.deadline_class) == ("T4", "C17", "ledger_upper")
    assert case.finish_due_at.astimezone(CHINA).date() - MONDAY.date() == timedelta(days=21)  # the 20th is a Sunday
    assert line.hangs_up() == Outcome.CASE


def test_an_older_quarter_is_read_and_the_missing_one_named(line, publish):
    publish(quarter="2026Q2")
    line.says("六坪村")
    found = line.whose().book
    assert (found.totals[:9], found.missing) == ("2026年第二季度", "2026年第三季度")


def test_who_is_being_read_a_version_hears_it_to_its_end(line, publish, book):
    first = publish()
    publish(lines=(RENT,), why="水泥记错了季度")
    with book.sessions.reading() as session:
        old = books.opened(session, "C17", first, county=book.county, now=book.watch())
        new = books.last(session, "C17", county=book.county, now=book.watch())
    assert (len(old.lines), old.corrected) == (3, "")
    assert (len(new.lines), new.corrected) == (1, "水泥记错了季度")


def test_a_draft_is_read_to_nobody(line, book):
    with book.sessions.writing() as session:
        draft = Draft("C17", "2026Q3", 2, (RENT,))
        (made,) = publishing.bring(session, [draft], by=book.officers["huawu"], now=book.watch())
        assert books.opened(session, "C17", made.id, county=book.county, now=book.watch()).id == 0
        assert books.last(session, "C17", county=book.county, now=book.watch()).id == 0


def test_who_hangs_up_before_she_was_answered_has_said_something_that_is_a_case(line, book):
    line.says("六坪村的账")
    with book.sessions.writing() as session:
        call = intake.answer(session, "twilio", "CA1", HOME, now=book.watch())
        assert intake.unexplained(session, call)
        intake.file(session, call, county=book.county, now=book.watch())
        assert not intake.unexplained(session, call)
    assert line.hangs_up() == Outcome.CASE


def test_who_said_nothing_has_nothing_to_explain(line, book):
    with book.sessions.writing() as session:
        call = intake.answer(session, "twilio", "CA1", HOME, now=book.watch())
        assert not intake.unexplained(session, call)
        intake.file(session, call, county=book.county, now=book.watch())
    assert line.hangs_up() == Outcome.HUNG_UP
