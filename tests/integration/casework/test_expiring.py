"""到期删除: what has been kept as long as the county keeps it goes, and nothing else does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from models.call import Call
from models.history import Event, HistoryLine
from models.message import InboundText, Message
from models.people import Phone
from models.permissions import SYSTEM
from models.retention import Retention
from models.visible import by_id
from tests.casebook import NEIGHBOUR, PENSION, REPORT, VILLAGER
from tests.workshop import SETTINGS, Workshop, hum
from worker import keeping
from worker.cli import main

CONFIRMED = Retention.parse({"confirmed": "棠溪县档案馆2026年第3号", "classes": {"consult": {"for": "1y", "src": "x"}}})


@pytest.fixture
def workshop(book, tmp_path):
    workshop = Workshop(book, tmp_path)
    workshop.desk.papers.held = replace(book.county, retention=CONFIRMED)
    return workshop


def months_pass(book, months):
    book.watch.now += timedelta(days=31 * months)


def ended(book, workshop, sid="CA1", caller=VILLAGER):
    """A case of hers from the first word to the rating, her voice in the storage."""
    workshop.carrier.sounds[f"https://carrier.example/RE-{sid}"] = hum(6.0)
    book.ring(sid, caller)
    case = book.say(sid, f"RE-{sid}", caller=caller)
    book.hang_up(sid, caller)
    workshop.work()
    book.confirm(case)
    book.accept(case)
    book.reply(case)
    workshop.work()
    book.text("1", sender=caller)
    workshop.work()
    return case


def whose(book, case):
    """Whose number stands in the row, as it lies."""
    with book.sessions.reading() as session:
        return by_id(session, SYSTEM, case).caller_hash


def months_kept(book, case):
    return CONFIRMED.of(book.case(case).deadline_class).months


def test_a_case_goes_when_its_time_is_over_and_not_a_month_before(book, workshop):
    case = ended(book, workshop)
    months_pass(book, months_kept(book, case) - 2)
    assert keeping.expire(workshop.desk) == 0
    assert book.case(case).caller == VILLAGER
    months_pass(book, 3)
    assert keeping.expire(workshop.desk) == 1
    with book.sessions.reading() as session:
        (line,) = session.scalars(select(HistoryLine).where(HistoryLine.event == Event.DELETED))
        assert (line.petition_id, line.officer_id, line.detail["ground"]) == (case, None, "expired")
    assert whose(book, case) is None
    assert keeping.expire(workshop.desk) == 0, "what is gone does not go again"


def test_its_sound_leaves_the_storage_and_the_carriers_too(book, workshop):
    case = ended(book, workshop)
    names = [statement.sound for statement in book.case(case).statements]
    assert all(workshop.storage.get(name) for name in names)
    months_pass(book, 200)
    keeping.expire(workshop.desk)
    workshop.work()
    for name in names:
        with pytest.raises(FileNotFoundError):
            workshop.storage.get(name)
    assert workshop.carrier.forgotten == ["RE-CA1"]


def test_what_goes_on_in_a_case_goes_with_it(book, workshop):
    case = ended(book, workshop)
    earlier = ended(book, workshop, "CA2")
    book.do(earlier, lambda _session, petition: setattr(petition, "into_id", case))
    book.do(earlier, lambda _session, petition: setattr(petition, "status", "merged"))
    months_pass(book, 200)
    assert keeping.expire(workshop.desk) == 1
    assert whose(book, earlier) is None
    assert book.events(earlier)[-1] == Event.DELETED


def test_an_open_case_and_one_that_is_held_stay_however_old(book, workshop):
    open_one, held = book.text_case(PENSION), book.text_case(REPORT, sender=NEIGHBOUR)
    book.do(held, lambda _session, petition: setattr(petition, "status", "closed"))
    book.do(held, lambda _session, petition: setattr(petition, "closed_at", book.watch()))
    months_pass(book, 400)
    assert keeping.expire(workshop.desk) == 0
    assert (book.case(open_one).said, book.case(held).said) == (PENSION, REPORT)


def test_nothing_goes_while_nobody_has_confirmed_the_table(book, workshop):
    case = ended(book, workshop)
    workshop.desk.papers.held = book.county
    months_pass(book, 400)
    assert keeping.expire(workshop.desk) == 0
    assert book.case(case).caller == VILLAGER


def told_about(session, petition):
    """A text to an officer, under the key of the case it tells of."""
    text = Message(
        key=petition.key, purpose="warning", dedupe="w", to_hash="an officer", written_at=petition.received_at
    )
    text.to, text.slots_json = NEIGHBOUR, "{}"
    session.add(text)


def test_a_call_and_a_text_that_became_no_case_are_nobodys_after_half_a_year(book, workshop):
    book.ring("CA7", NEIGHBOUR)
    book.hang_up("CA7", NEIGHBOUR)
    book.text("帮助", sender=NEIGHBOUR)
    kept = book.text_case(PENSION)
    workshop.work()
    book.do(kept, told_about)
    months_pass(book, 5)
    keeping.expire(workshop.desk)
    (call,) = book.rows(Call)
    assert call.caller_hash
    months_pass(book, 2)
    keeping.expire(workshop.desk)
    (call,) = book.rows(Call)
    assert (call.caller_hash, call.caller_box, call.outcome is not None) == ("", b"", True)
    assert {(one.sender_hash, one.text_box) for one in book.rows(InboundText, petition_id=None)} == {("", b"")}
    assert {one.to_hash for one in book.rows(Message, petition_id=None)} == {"", "an officer"}
    assert book.case(kept).caller == VILLAGER
    with book.sessions.reading() as session:
        assert all(phone.number for phone in session.scalars(select(Phone)))


def test_the_technician_sees_what_would_go_and_that_nobody_has_confirmed_it(book, workshop, tmp_path, database):
    if database.name != "sqlite":
        pytest.skip("the command opens a database by its address; on which kind it lies is tested above")
    case, held = ended(book, workshop), book.text_case(REPORT, sender=NEIGHBOUR)
    with book.sessions.writing() as session:
        for call in session.scalars(select(Call)):
            call.ended_at = call.started_at
    book.do(case, lambda _session, petition: setattr(petition, "closed_at", book.watch() - timedelta(days=9999)))
    url = book.sessions.engine.url.render_as_string(hide_password=False)
    environment = {**SETTINGS, "XIANGYIN_DATA": str(tmp_path), "DATABASE_URL": url}
    shown = CliRunner(env=environment).invoke(main, ["admin", "retention"])
    assert shown.exit_code == 0, shown.output
    assert f"  {book.case(case).number}  " in shown.output
    assert "到期 1 件，一件也不会删" in shown.output
    assert book.case(held).number not in shown.output
    assert book.case(case).caller == VILLAGER
