"""What is or may be a report opens with the inspectors' keys alone, everywhere, and in no backup of before."""

import pytest
from sqlalchemy import select

from gateway.providers.base import ProviderError
from models.call import Call
from models.casework import sealed, sealing, transcript
from models.history import Event, HistoryLine
from models.keyring import Sealed, decipher
from models.lifecycle import NoSuchPetition
from models.message import Delivery, Message
from models.outbox import Task
from models.people import Officer
from models.permissions import SYSTEM
from models.recording import Recording
from models.visible import by_id, visible
from tests.casebook import VILLAGER
from tests.databases import bytes_of_the_files
from tests.inspectors import with_key, with_keys
from tests.workshop import hum
from worker import seed
from worker.duties import keep
from worker.jobs import DUTIES

HEARD = "六坪村的 支书 贪污 低保款"
RE1 = "https://carrier.example/RE1"


@pytest.fixture
def inspectors(book):
    return with_keys(book)


@pytest.fixture
def reported(book, workshop, carrier, inspectors):
    """She called the ordinary line and said it, and the worker has heard her."""
    return report(book, workshop, carrier)


def report(book, workshop, carrier, words=HEARD):
    workshop.ear.says = words
    book.ring()
    case = book.say(seconds=6)
    book.hang_up()
    carrier.sounds[RE1] = hum(6.0)
    workshop.work()
    return case


def read(sessions, case):
    with sessions.reading() as session:
        petition = by_id(session, SYSTEM, case)
        return petition.caller, "".join(statement.words for statement in petition.statements)


def as_it_lies(book, case):
    """The row, no word of it read."""
    with book.sessions.reading() as session:
        return by_id(session, SYSTEM, case)


def a_third(book, login="jiwei3"):
    with book.sessions.writing() as session:
        seed.add_officer(session, {"login": login, "name": "何守正", "role": "inspector", "unit": "jw"})
    return with_key(book, login)


def _is_head(book, login):
    with book.sessions.writing() as session:
        session.get_one(Officer, book.officers[login].officer_id).head = True


def test_the_server_cannot_read_it_any_more_and_an_inspector_can(book, inspectors, reported):
    with pytest.raises(Sealed):
        read(book.sessions, reported)
    for inspector in inspectors.values():
        caller, words = read(inspector.sessions, reported)
        assert caller == VILLAGER
        assert "贪污" in words


def test_her_sound_and_its_copy_open_with_the_inspectors_key_alone(book, workshop, inspectors, reported):
    (recording,) = book.rows(Recording)
    with inspectors["jiwei"].sessions.reading() as session:
        key = session.get_one(Recording, recording.id).key.plain
        name = by_id(session, SYSTEM, reported).statements[0].sound
    assert decipher(key, workshop.storage.get(recording.name)) == hum(6.0)
    assert decipher(key, workshop.storage.get(name)).startswith(b"RIFF")


def test_nothing_is_left_by_which_her_number_could_be_found(book, reported):
    assert as_it_lies(book, reported).caller_hash is None
    assert {call.caller_hash for call in book.rows(Call)} == {""}


def test_no_text_that_was_written_before_anybody_knew_leaves_afterwards(book, workshop, carrier, inspectors):
    book.ring()
    case = book.say(seconds=6)
    book.hang_up()
    carrier.sounds[RE1] = hum(6.0)
    workshop.ear.says = HEARD
    fetch = next(row for row in workshop.due() if row.task == Task.FETCH)
    keep(workshop.bench, fetch.id, DUTIES)
    texts = [message for message in book.rows(Message) if message.petition_id == case]
    assert {(text.state, text.code) for text in texts} == {(Delivery.FAILED, sealing.SEALED)}
    workshop.work()
    assert not carrier.taken


def test_the_key_given_away_is_in_no_page_of_the_database_and_in_no_log_of_it(
    book, workshop, carrier, inspectors, database
):
    if database.name != "sqlite":
        pytest.skip("what PostgreSQL keeps of dead rows is not in files a test may open")
    book.ring()
    case = book.say(seconds=6)
    book.hang_up()
    with book.sessions.reading() as session:
        wrapped = by_id(session, SYSTEM, case).key.wrapped
    assert wrapped in bytes_of_the_files(book.sessions)
    carrier.sounds[RE1] = hum(6.0)
    workshop.ear.says = HEARD
    workshop.work()
    assert wrapped not in bytes_of_the_files(book.sessions)


def test_the_carriers_copy_is_deleted_once_the_sealed_words_are_here_and_not_before(
    book, workshop, carrier, inspectors
):
    book.ring()
    case = book.say(seconds=6)
    carrier.sounds[RE1] = hum(6.0)
    workshop.work()
    assert not carrier.forgotten
    workshop.ear.says = HEARD
    book.hang_up()
    carrier.troubles["forget_sound"] = [ProviderError("unreachable", retryable=True)]
    workshop.work_for(hours=1)
    assert as_it_lies(book, case).sealed_at
    assert carrier.forgotten == ["RE1"]


def test_it_is_not_sealed_while_she_speaks(book, workshop, inspectors):
    book.ring()
    case = book.say(seconds=6)
    book.note(sealed=True)
    with book.sessions.writing() as session, pytest.raises(sealing.StillComing):
        sealing.seal(session, by_id(session, SYSTEM, case), now=book.watch())


def test_whom_she_names_among_the_inspectors_gets_no_key_and_finds_no_such_case(book, workshop, carrier, inspectors):
    third = a_third(book)
    case = report(book, workshop, carrier, words="六坪村的 支书 贪污 低保款 纪委的 段知远 包庇 他")
    named = inspectors["jiwei2"]
    with named.sessions.reading() as session:
        assert not session.scalars(visible(named.actor)).all()
        with pytest.raises(NoSuchPetition):
            by_id(session, named.actor, case)
    with pytest.raises(Sealed):
        read(named.sessions, case)
    assert "贪污" in read(third.sessions, case)[1]


@pytest.mark.parametrize("heard", ["纪委的 段知远 包庇 他", "纪委的 断之元 包庇 他", "纪委 书记 包庇 他"])
def test_an_inspector_is_left_out_by_his_name_by_its_sound_and_by_his_office(
    book, workshop, carrier, inspectors, heard
):
    third = a_third(book)
    _is_head(book, "jiwei2")
    case = report(book, workshop, carrier, words=f"六坪村的 支书 贪污 低保款 {heard}")
    with pytest.raises(Sealed):
        read(inspectors["jiwei2"].sessions, case)
    assert "贪污" in read(third.sessions, case)[1]


def test_whoever_is_set_over_an_inspector_she_names_is_left_out_with_him(book, workshop, carrier, inspectors):
    third, fourth = a_third(book), a_third(book, "jiwei4")
    _is_head(book, "jiwei")
    case = report(book, workshop, carrier, words="六坪村的 支书 贪污 低保款 纪委的 段知远 包庇 他")
    for out in ("jiwei", "jiwei2"):
        with pytest.raises(Sealed):
            read(inspectors[out].sessions, case)
    for one in (third, fourth):
        assert "贪污" in read(one.sessions, case)[1]


def test_whom_she_names_does_not_see_it_either_while_too_few_are_left_to_seal_it(book, workshop, carrier, inspectors):
    case = report(book, workshop, carrier, words="六坪村的 支书 贪污 低保款 纪委的 段知远 包庇 他")
    assert as_it_lies(book, case).sealed_at is None
    seen = {}
    for login, inspector in inspectors.items():
        with inspector.sessions.reading() as session:
            seen[login] = [one.id for one in session.scalars(visible(inspector.actor))]
    assert seen == {"jiwei": [case], "jiwei2": []}


def test_whose_name_a_person_hears_afterwards_loses_the_keys_he_had(book, inspectors, reported):
    third = a_third(book)
    keeper = inspectors["jiwei"]
    with keeper.sessions.writing() as session:
        sealing.give(session, third.actor.officer_id, by=keeper.actor, now=book.watch())
    with keeper.sessions.writing() as session:
        petition = by_id(session, keeper.actor, reported)
        said = {petition.statements[0].id: "六坪村的支书贪污低保款，段知远包庇他"}
        transcript.confirm(session, petition, said, by=keeper.actor, county=book.county, now=book.watch())
    with pytest.raises(Sealed):
        read(inspectors["jiwei2"].sessions, reported)
    assert "包庇" in read(third.sessions, reported)[1]


def test_with_one_inspector_left_it_stays_held_and_is_sealed_when_there_is_another(book, workshop, carrier, inspectors):
    with book.sessions.writing() as session:
        sealing.lost(session, inspectors["jiwei2"].actor.officer_id)
    case = report(book, workshop, carrier)
    assert as_it_lies(book, case).sealed_at is None
    a_third(book)
    with book.sessions.writing() as session:
        assert sealing.ask_for_all(session, now=book.watch()) == 1
    workshop.work()
    assert as_it_lies(book, case).sealed_at is not None


def test_who_lost_her_key_gets_her_cases_from_a_colleague(book, inspectors, reported):
    keeper, loser = inspectors["jiwei"], inspectors["jiwei2"]
    with book.sessions.writing() as session:
        sealing.lost(session, loser.actor.officer_id)
    again = with_key(book, "jiwei2")
    with pytest.raises(Sealed):
        read(again.sessions, reported)
    with keeper.sessions.writing() as session:
        assert sealing.give(session, again.actor.officer_id, by=keeper.actor, now=book.watch()) == 1
    assert "贪污" in read(again.sessions, reported)[1]


def test_what_was_no_report_is_the_servers_again_once_an_inspector_lets_it_go(book, inspectors, reported):
    inspector = inspectors["jiwei"]
    with inspector.sessions.writing() as session:
        petition = by_id(session, inspector.actor, reported)
        sealed.release(session, petition, by=inspector.actor, county=book.county, now=book.watch())
    caller, words = read(book.sessions, reported)
    assert (caller, "贪污" in words) == (VILLAGER, True)
    assert book.case(reported).caller_hash


def test_who_is_no_inspector_cannot_let_it_go(book, reported):
    with book.sessions.writing() as session, pytest.raises(Sealed):
        sealing.unseal(session, by_id(session, SYSTEM, reported))


def test_a_part_that_comes_after_the_sealing_is_sealed_too(book, workshop, carrier, inspectors, reported):
    late = "https://carrier.example/RE2"
    carrier.sounds[late] = hum(4.0)
    book.say(part="RE2", seconds=4)
    workshop.work()
    with book.sessions.reading() as session:
        recording = session.scalars(select(Recording).where(Recording.sid == "RE2")).one()
        with pytest.raises(Sealed):
            _ = recording.key.plain
    with inspectors["jiwei"].sessions.reading() as session:
        theirs = session.get_one(Recording, recording.id)
        assert decipher(theirs.key.plain, workshop.storage.get(theirs.name)) == hum(4.0)


def test_sealing_is_in_its_history_once_with_no_name(book, reported):
    (line,) = book.rows(HistoryLine, petition_id=reported, event=Event.SEALED)
    assert line.detail == {"inspectors": 2}
