"""Every table of a filled database, read raw: neither her words nor her number stand anywhere in clear."""

import json

import pytest
from sqlalchemy import select, text

from gateway.hashing import hashed
from models.announcer import Change
from models.base import Base
from models.casework import accounts, announcing, calling, intake, reaching, reporting, second_step, showing, visiting
from models.message import Delivery, Message, Purpose
from models.tasks import PersonTask
from models.upward import HandedUp
from models.worded import Wording
from tests.affairs import publish
from tests.casebook import NEIGHBOUR, PENSION, REPORT, VILLAGER
from tests.databases import bytes_of_the_files

SECRETS = {
    "her words": "养老保险到哪里",
    "her report": "支书贪污低保",
    "a villager's number": "13900000101",
    "another's number": "13900000102",
    "the answer": "镇便民中心三号窗口",
    "where her voice lies": "carrier.example",
    "a confirmed word": "核稿后写下的字",
    "why a date was put off": "要等水文专家来看",
    "what somebody said on the phone": "她儿媳妇接的电话",
    "what who reports wishes": '"real"',
    "an officer's digits": "052718",
    "a registered telephone": "13900000017",
    "what a visit found": "屋后的坡又裂了",
}
COUNTYS_OWN = {"county_papers"}  # published


@pytest.fixture
def filled(book):
    """Every verb has been used once."""
    case = _answered(book)
    book.text_case(REPORT, sender=NEIGHBOUR)
    book.at_the_counter(PENSION, caller=NEIGHBOUR)
    book.spoken_case("", "CA2", NEIGHBOUR)
    book.bounce(book.spoken_case(PENSION, "CA3"))
    book.task_done(book.rows(PersonTask)[0].id, "她儿媳妇接的电话")
    for words in ("查", "人工", "撤回"):
        book.text(words)
    book.text(PENSION, sender=NEIGHBOUR, media=("https://carrier.example/Media/ME1",))
    book.do(case, lambda session, petition: _where_else(book, session, petition))
    _a_report(book)
    _accounts(book)
    _a_prompt(book)
    _days_later(book)
    return book


def _days_later(book):
    _shown(book)
    book.watch.wait(days=9, hours=9)
    book.tick()
    book.anchor()


def _a_prompt(book):
    """An officer chooses six digits for the telephone, and a prompt is changed."""
    clerk, now = book.officers["huawu"], book.watch()
    with book.sessions.writing() as session:
        announcing.choose(session, "052718", hashed=hashed, by=clerk, now=now)
        announcing.note(session, "cmn", "greet", Change.SPOKEN, by=clerk, now=now)


def _answered(book):
    case = book.spoken_case(PENSION)
    book.confirm(case, PENSION + "核稿后写下的字")
    book.accept(case)
    book.ask_extension(case, "要等水文专家来看")
    book.do(case, lambda session, petition: _a_visit(book, session, petition))
    book.reply(case, "请到镇便民中心三号窗口")
    for message in book.texts_out():
        _as_if_sent(book, message)
    book.text("3")
    return case


def _a_report(book):
    book.ring("CA9", NEIGHBOUR)
    book.note("CA9", sealed=True)
    book.hear(book.say("CA9", "RE9", caller=NEIGHBOUR), "六坪村的支书贪污低保款，段知远包庇他")
    with book.sessions.writing() as session:
        call = intake.find_call(session, "twilio", "CA9")
        reporting.wishes(session, call, real=True, hours="3")
        marked = HandedUp(petition_id=call.petition_id, receipt="2026上交1", to="city", marked_at=book.watch())
        marked.due_at = book.watch()
        session.add(marked)


def _accounts(book):
    """A village's affairs are public; who asked about a line of them is not."""
    book.ring("CA-books", VILLAGER)
    public = publish(book)
    with book.sessions.writing() as session:
        call = intake.find_call(session, "twilio", "CA-books")
        accounts.was_read(session, call, public, 1, now=book.watch())
        accounts.ask(session, call, public, 1, county=book.county, now=book.watch())


def _a_visit(book, session, petition):
    shot = visiting.Shot("png", "0" * 32, "0" * 64, 12)
    visiting.note(session, petition, "屋后的坡又裂了", shot=shot, by=book.officers["liuping"], now=book.watch())


def _shown(book):
    """What came of a case is public in a clerk's words; whose case it was is not."""
    case = book.answered_case("CA-shown", NEIGHBOUR)
    book.carrier_says(Delivery.DELIVERED)
    book.close(case)
    how = {"agreed": True, "by": book.officers["huawu"], "county": book.county, "now": book.watch()}
    book.do(case, lambda session, petition: showing.show(session, petition, "村干部上门办好了。", **how))


def _where_else(book, session, petition):
    reaching.note_other_number(session, petition, NEIGHBOUR, by=book.officers["huawu"], now=book.watch())
    calling.ask_to_call(session, session.scalars(select(Message)).first(), now=book.watch())
    second_step.begin(session, by=book.officers["jishu"])
    session.add(Wording(purpose=Purpose.HELP, text="直接发短信说事", at=book.watch()))


def test_no_column_of_any_table_shows_a_word_or_a_number(filled):
    with filled.sessions.engine.connect() as connection:
        for table in Base.metadata.tables:
            if table not in COUNTYS_OWN:
                for row in connection.execute(text(f"SELECT * FROM {table}")).mappings():  # noqa: S608 - our own names
                    for column, value in row.items():
                        assert not shown_in(value), (table, column)


def test_nor_do_the_bytes_of_the_file(filled):
    assert not shown_in(bytes_of_the_files(filled.sessions))


def test_with_the_key_all_of_it_can_be_read(filled):
    assert {case.caller for case in (filled.case(one.id) for one in filled.cases())} == {VILLAGER, NEIGHBOUR}
    assert any("镇便民中心三号窗口" in message.slots_json for message in filled.texts_out(Purpose.RESULT))
    assert any("核稿后写下的字" in filled.case(one.id).said for one in filled.cases())


def test_every_table_of_ours_was_looked_into(filled):
    with filled.sessions.engine.connect() as connection:
        empty = {
            table
            for table in Base.metadata.tables
            if not connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own names
        }
    keys = {"inspector_keys", "sealed_keys"}  # of what is sealed not even the server reads a word
    assert empty <= {"sign_ins", "heartbeats", "groups", *keys}, "a table nobody filled proves nothing"


def shown_in(value):
    """Which of the secrets a stored value gives away."""
    return [what for what, secret in SECRETS.items() if shows(value, secret)]


def shows(value, secret):
    """Whether a stored value holds the secret in any script it could be written in."""
    box = (
        value if isinstance(value, bytes | memoryview) else json.dumps(value, ensure_ascii=False, default=str).encode()
    )
    forms = (*(secret.encode(code) for code in ("utf-8", "gb18030", "utf-16-le")), json.dumps(secret)[1:-1].encode())
    return any(form in bytes(box) for form in forms)


def _as_if_sent(book, message):
    with book.sessions.writing() as session:
        row = session.get_one(type(message), message.id)
        row.text = f"【棠溪热线】{row.slots_json}"
    book.carrier_says(Delivery.SENT, message)
