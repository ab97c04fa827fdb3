"""依法删除: what was said and who said it is gone for good; that there was a case, and what was done with it, stays."""

import pytest
from sqlalchemy import select

from models.base import Base
from models.casework import anchoring, calling, tombstone
from models.history import Event, HistoryLine
from models.lifecycle import BadInput, ForbiddenMove, NoSuchPetition, Status
from models.matter import Signature
from models.message import Delivery, Message, Purpose
from models.outbox import OutboxRow, Task
from models.outgoing import CallOut, Stage
from models.permissions import SYSTEM
from models.petition import Statement
from models.recording import Recording, Sound
from models.tasks import PersonTask, Why
from models.visible import by_id
from tests.casebook import NEIGHBOUR, PENSION, REPORT, VILLAGER


@pytest.fixture
def case(book):
    """A case that was heard, answered, rated and closed; an anchor covers all of it."""
    case = book.answered_case()
    with book.sessions.writing() as session:
        for recording in session.scalars(select(Recording)):
            recording.name = "part"
    book.text("1")
    book.watch.now = book.watch.now.replace(hour=18)
    book.anchor()
    return case


def erase(book, case, ground="consent", by="jishu"):
    found = []

    def verb(session, petition):
        found.extend(tombstone.erase(session, petition, ground=ground, by=book.officers[by], now=book.watch()))

    book.do(case, verb)
    return found


def signatures(book, case):
    with book.sessions.reading() as session:
        return list(session.scalars(select(Signature).where(Signature.petition_id == case)))


def notes(book):
    with book.sessions.reading() as session:
        return list(session.scalars(select(PersonTask.note_box)))


def keys_and_boxes(book, keys):
    """What is left in every row under these keys."""
    with book.sessions.reading() as session:
        for table in Base.metadata.sorted_tables:
            if "key_id" in table.c:
                for row in session.execute(select(table).where(table.c.key_id.in_(keys))).mappings():
                    yield from (value for name, value in row.items() if name.endswith(("_box", "_hash")))


def test_nothing_of_her_words_her_voice_or_her_number_is_left(book, case):
    stands = book.case(case)
    keys = {stands.key_id, *(message.key_id for message in book.rows(Message, petition_id=case))}
    assert any(keys_and_boxes(book, keys))
    erase(book, case)
    assert not any(keys_and_boxes(book, keys))
    with book.sessions.reading() as session:
        assert session.execute(select(Base.metadata.tables["data_keys"].c.wrapped).where(
            Base.metadata.tables["data_keys"].c.id.in_(keys))).scalars().all() == [b""] * len(keys)  # fmt: skip


def test_what_a_colleague_noted_and_what_the_case_was_like_is_gone_too(book):
    book.ring("CA5")
    book.note("CA5", why=Why.WANTS_PERSON)
    case = book.answered_case("CA5")
    book.task_done(book.rows(PersonTask)[0].id, "她儿媳妇接的电话")
    book.text("1")
    assert all(notes(book))
    assert signatures(book, case)
    erase(book, case)
    assert notes(book) == [None]
    assert not signatures(book, case)


def test_a_part_still_with_the_carrier_is_not_waited_for(book, case):
    erase(book, case)
    assert [(one.state, one.failure) for one in book.rows(Recording)] == [(Sound.LOST, "erased")]


def test_the_row_and_the_history_stay_and_say_on_what_ground(book, case):
    before = book.case(case)
    events = book.events(case)
    erase(book, case)
    with book.sessions.reading() as session:
        left = by_id(session, SYSTEM, case)
        assert (left.number, left.status, left.dates) == (before.number, before.status, before.dates)
        assert (left.caller, left.reply, [one.words for one in left.statements]) == ("", "", [""])
    assert book.events(case) == [*events, Event.DELETED]
    line = book.rows(HistoryLine, petition_id=case)[-1]
    assert line.detail["ground"] == "consent"
    assert line.officer_id == book.officers["jishu"].officer_id


def test_the_history_still_agrees_with_its_anchors(book, case):
    erase(book, case)
    with book.sessions.reading() as session:
        assert anchoring.verify(session).found == []


def test_its_sound_is_named_and_the_worker_is_asked_to_remove_it(book, case):
    assert sorted(erase(book, case)) == ["copy", "part"]
    assert len(book.rows(OutboxRow, task=Task.REMOVE, subject_id=case)) == 1


def test_once_the_sound_is_removed_no_name_of_it_is_left(book, case):
    erase(book, case)
    with book.sessions.writing() as session:
        tombstone.sound_is_gone(session, case)
    assert [one.name for one in book.rows(Recording)] == [None]
    assert [one.sound for one in book.rows(Statement)] == [None]


def test_a_text_that_waited_to_be_sent_is_never_sent(book, case):
    assert book.rows(Message, petition_id=case, state=Delivery.WAITING)
    erase(book, case)
    assert {one.code for one in book.rows(Message, petition_id=case, state=Delivery.FAILED)} == {"erased"}
    assert not book.rows(Message, petition_id=case, state=Delivery.WAITING)


def test_a_call_that_was_to_ask_her_is_never_placed(book, case):
    def wanted(session, petition):
        (told,) = session.scalars(select(Message).where(Message.petition_id == case, Message.purpose == Purpose.RESULT))
        calling.ask_to_rate(session, petition, told, now=book.watch())

    book.do(case, wanted)
    assert book.rows(OutboxRow, task=Task.CALL, settled_at=None)
    erase(book, case)
    assert not book.rows(OutboxRow, task=Task.CALL, settled_at=None)
    assert [call.stage for call in book.rows(CallOut, petition_id=case)] == [Stage.GIVEN_UP]


def test_nobody_elses_case_loses_a_word(book, case):
    other = book.text_case(PENSION, sender=NEIGHBOUR)
    erase(book, case)
    left = book.case(other)
    assert (left.said, left.caller) == (PENSION, NEIGHBOUR)
    (ack,) = book.rows(Message, petition_id=other)
    assert ack.to_hash == book.sessions.keyring.hash_number(NEIGHBOUR)


def test_her_next_call_is_a_case_like_any_other(book, case):
    erase(book, case)
    assert book.case(book.text_case(PENSION)).caller == VILLAGER


@pytest.mark.parametrize("by", ["huawu", "liuping", "duban", "jiwei"])
def test_nobody_but_the_administrator_may(book, case, by):
    with pytest.raises(NoSuchPetition):
        erase(book, case, by=by)


def test_without_a_ground_of_the_law_nothing_is_deleted(book, case):
    with pytest.raises(BadInput):
        erase(book, case, ground="tidying")
    assert Event.DELETED not in book.events(case)


def test_an_open_case_is_not_deleted(book):
    case = book.text_case(PENSION)
    with pytest.raises(ForbiddenMove):
        erase(book, case)


def test_a_case_that_goes_on_under_another_number_is_deleted_with_that_one(book):
    case = book.text_case(PENSION)
    book.do(case, lambda _session, petition: setattr(petition, "status", Status.MERGED))
    with pytest.raises(ForbiddenMove):
        erase(book, case)


def test_a_held_case_is_not_there_for_the_administrator(book):
    case = book.text_case(REPORT)
    with pytest.raises(NoSuchPetition):
        erase(book, case)
