"""Whatever a lost webhook would have told us is taken from the carrier's own lists, once, and with the right clock."""

import pytest

from gateway.providers.base import CameIn, KnownCall, KnownRecording, ProviderError
from models.call import Call, Outcome
from models.casework.receipts import RECEIPT_WITHIN
from models.message import Delivery, Purpose
from models.picture import Picture
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from tests.casebook import MONDAY, NEIGHBOUR, PENSION, VILLAGER, at_once
from tests.unit.models.test_picture_kinds import png
from worker.reconcile import LOOK_BACK, reconcile


@pytest.fixture
def made(carrier):
    """A call as the carrier has it: made(sid, "RE1", …, ended=True)."""

    def call(sid, *parts, caller=VILLAGER, ended=True):
        carrier.calls.append(KnownCall(sid, caller, MONDAY, ended))
        for part in parts:
            carrier.recordings.append(KnownRecording(part, sid, f"https://carrier.example/{part}", 6))

    return call


def test_a_call_that_ended_while_we_were_away_is_settled(book, workshop, made):
    book.ring()
    book.say()
    made("CA1", "RE1")
    assert reconcile(workshop.desk) == 1
    (call,) = book.rows(Call)
    assert (call.outcome, call.ended_at) == (Outcome.CASE, book.watch())
    assert len(book.texts_out(Purpose.ACK)) == 1


def test_a_call_we_never_heard_of_becomes_her_case_from_the_second_she_rang(book, workshop, made):
    made("CA1", "RE1", "RE2")
    book.watch.wait(hours=30)
    assert reconcile(workshop.desk) == 1
    (case,) = book.cases()
    assert (book.case(case.id).caller, case.received_at) == (VILLAGER, MONDAY)
    assert [recording.sid for recording in book.rows(Recording)] == ["RE1", "RE2"]
    assert book.rows(Call)[0].outcome == Outcome.CASE
    assert len(book.texts_out(Purpose.ACK)) == 1


def test_a_call_we_never_heard_of_without_a_word_in_it_is_called_back(book, workshop, made):
    made("CA1")
    reconcile(workshop.desk)
    assert [task.why for task in book.rows(PersonTask)] == [Why.MISSED]
    assert book.rows(Call)[0].outcome == Outcome.CALL_BACK


def test_a_call_of_which_only_her_words_were_lost_is_given_them(book, workshop, made):
    """The webhooks died while she spoke and were back when she hung up: we heard of the end, and of no recording."""
    book.ring()
    book.hang_up()
    assert book.rows(Call)[0].outcome == Outcome.HUNG_UP
    made("CA1", "RE1")
    assert reconcile(workshop.desk) == 1
    (call,) = book.rows(Call)
    assert (call.outcome, len(book.cases())) == (Outcome.CASE, 1)
    assert len(book.texts_out(Purpose.ACK)) == 1


def test_a_second_part_that_was_lost_is_added_to_the_first(book, workshop, made):
    book.ring()
    case = book.say(part="RE1")
    book.hang_up()
    made("CA1", "RE1", "RE2")
    assert reconcile(workshop.desk) == 1
    assert [recording.sid for recording in book.rows(Recording)] == ["RE1", "RE2"]
    assert [one.id for one in book.cases()] == [case]
    assert len(book.texts_out(Purpose.ACK)) == 1


def test_reconciling_again_finds_nothing_to_do(book, workshop, made):
    made("CA1", "RE1")
    made("CA2", caller=NEIGHBOUR)
    assert [reconcile(workshop.desk) for _ in range(3)] == [2, 0, 0]
    assert (len(book.cases()), len(book.rows(PersonTask))) == (1, 1)


def test_two_machines_that_reconcile_at_once_make_one_case(book, workshop, made):
    made("CA1", "RE1")
    at_once(lambda: reconcile(workshop.desk), lambda: reconcile(workshop.desk))
    assert (len(book.cases()), len(book.rows(Recording)), len(book.texts_out(Purpose.ACK))) == (1, 1, 1)


def test_a_webhook_that_comes_after_all_changes_nothing(book, workshop, made):
    made("CA1", "RE1")
    reconcile(workshop.desk)
    book.say(part="RE1")
    book.hang_up()
    assert (len(book.cases()), len(book.rows(Recording)), len(book.texts_out(Purpose.ACK))) == (1, 1, 1)


def test_a_call_that_is_still_going_on_is_left_alone(book, workshop, made):
    made("CA1", ended=False)
    assert reconcile(workshop.desk) == 0
    assert not book.rows(Call)


def test_a_lost_texts_clock_starts_when_it_was_sent_and_its_pictures_are_fetched(book, workshop, carrier):
    url = "https://carrier.example/Messages/MM1/Media/ME1"
    carrier.came.append(CameIn("MM1", VILLAGER, PENSION, sent_at=MONDAY, media=(url,)))
    carrier.pictures[url] = png()
    book.watch.wait(hours=30)
    assert reconcile(workshop.desk) == 1
    workshop.work()
    assert book.cases()[0].received_at == MONDAY
    assert [picture.state for picture in book.rows(Picture)] == [Sound.STORED]


def test_a_text_whose_webhook_was_lost_becomes_her_case(book, workshop, carrier):
    carrier.came.append(CameIn("SM-lost", VILLAGER, PENSION))
    assert [reconcile(workshop.desk) for _ in range(2)] == [1, 0]
    assert [book.case(case.id).said for case in book.cases()] == [PENSION]
    book.text(PENSION, sid="SM-lost")
    assert len(book.cases()) == 1


def test_a_receipt_that_did_not_come_is_asked_for(book, workshop, carrier):
    case = book.text_case(PENSION)
    book.accept(case)
    book.reply(case)
    workshop.work()
    carrier.states = {taken.sid: Delivery.DELIVERED for taken in carrier.taken}
    assert reconcile(workshop.desk) == 0, "the carrier is given a little time"
    book.watch.wait(seconds=RECEIPT_WITHIN.total_seconds() + 1)
    assert reconcile(workshop.desk) == 2
    assert book.case(case).status == "told"
    assert reconcile(workshop.desk) == 0


def test_a_carrier_that_cannot_be_asked_is_said_so_and_nothing_is_settled(book, workshop, carrier, made):
    made("CA1", "RE1")
    carrier.troubles["recordings_since"] = [ProviderError("unreachable", retryable=True)]
    with pytest.raises(ProviderError):
        reconcile(workshop.desk)
    assert not book.rows(Call)


def test_we_look_back_two_days():
    assert LOOK_BACK.days == 2
