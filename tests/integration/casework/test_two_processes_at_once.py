"""Two processes on one database, as the webhooks and the worker are: the database decides, not who looks first."""

from models.alert import Alert, Notice
from models.call import Call
from models.message import InboundText, Purpose
from models.recording import Recording
from tests.casebook import ROAD
from tests.other_process import in_two_processes


def test_what_two_processes_are_told_at_once_is_written_down_once(book, database):
    for place in range(4):
        book.text(ROAD, sender=f"+86139000010{place:02}")
    in_two_processes(database.furnished.url, "ring CA1", "say CA1 RE1", f"text {ROAD} SM-same", "hang_up CA1", "tick")
    assert (len(book.rows(Call)), len(book.rows(Recording))) == (1, 1)
    assert len(book.rows(InboundText)) == 4 + 1
    assert len(book.cases()) == 4 + 2
    assert len(book.texts_out(Purpose.ACK)) == 4 + 2
    assert len(book.rows(Alert)) == 4 * 8, "a case nobody took up, ten days later, has climbed each of its rungs once"
    assert {notice.texts for notice in book.rows(Notice)} == {1}, "whoever must hear was told once"
