"""Two processes on one database, as the webhooks and the worker are: the database decides, not who looks first."""

import pytest

from models.alert import Alert, Notice
from models.call import Call
from models.message import InboundText, Purpose
from models.recording import Recording
from tests.casebook import ROAD
from tests.other_process import in_two_processes


def test_parts_of_one_text_that_two_processes_take_at_once_are_one_case(book, database):
    in_two_processes(database.furnished.url, "text 六坪村的路烂了， SM1", "text 车过不去， SM2", "text 老人要透析 SM3")
    (case,) = book.cases()
    assert len(book.rows(InboundText)) == 3
    assert len(book.case(case.id).statements) == 3
    assert [message.purpose for message in book.texts_out()] == [Purpose.ACK, Purpose.JOINED]


@pytest.mark.parametrize("before", [(), ("帮助",)])
def test_of_two_texts_of_one_telephone_that_come_in_one_instant_one_waits_for_the_other(book, database, before):
    for words in before:
        book.text(words)
    in_two_processes(database.furnished.url, f"new_text {ROAD}")
    assert len(book.rows(InboundText)) == 2 + len(before)
    assert len(book.cases()) == len(book.texts_out(Purpose.ACK)) == 1


def test_a_text_that_two_processes_take_under_two_ids_is_one_case(book, database):
    """A carrier that brings one text again under another id, and says when it was sent."""
    in_two_processes(database.furnished.url, f"sent_text {ROAD}", f"sent_text {ROAD}")
    assert len(book.rows(InboundText)) == len(book.cases()) == len(book.texts_out(Purpose.ACK)) == 1


def test_what_two_processes_are_told_at_once_is_written_down_once(book, database):
    for place in range(4):
        book.text(ROAD, sender=f"+86139000010{place:02}")
    in_two_processes(database.furnished.url, "ring CA1", "say CA1 RE1", f"text {ROAD} SM-same", "hang_up CA1", "tick")
    assert (len(book.rows(Call)), len(book.rows(Recording))) == (1, 1)
    assert len(book.rows(InboundText)) == 4 + 1
    assert len(book.cases()) == 4 + 2
    assert len(book.texts_out(Purpose.ACK)) == 4 + 2
    assert len(book.rows(Alert)) == 4 * 9, "a case nobody took up, ten days later, has climbed each of its rungs once"
    assert {notice.texts for notice in book.rows(Notice)} == {1}, "whoever must hear was told once"
