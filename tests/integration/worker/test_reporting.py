"""举报专线: what she wishes is sealed with her words, and her number and its word tell her how it stands."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from gateway.app import webhooks
from models.call import Call, Outcome
from models.casework import handling, reporting, transcript
from models.history import Event
from models.keyring import Sealed
from models.numbering import word
from models.permissions import SYSTEM
from models.recording import Recording
from models.visible import by_id, visible
from models.wish import Wish
from tests.casebook import NEIGHBOUR, VILLAGER
from tests.inspectors import with_keys
from tests.workshop import SETTINGS, hum

REPORTS = "+8681655500012"
TOKEN = SETTINGS["TWILIO_AUTH_TOKEN"]
BASE = SETTINGS["XIANGYIN_PUBLIC_URL"]


@dataclass
class Line:
    """A caller on the line for reports, as the carrier plays her to our webhooks."""

    workshop: Any
    sid: str = "CA1"
    caller: str = VILLAGER
    document: str = ""
    heard: list[str] = field(default_factory=list)
    parts: int = 0

    def __post_init__(self) -> None:
        self.client = webhooks(self.workshop.desk).test_client()
        self.ask("/twilio/voice")

    def ask(self, way: str, **form: str) -> "Line":
        url = way if way.startswith("http") else f"{BASE}{way}"
        about = {"CallSid": self.sid, "From": self.caller, "To": REPORTS, "Direction": "inbound", **form}
        signed = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(url, about)}
        self.document = unescape(self.client.post(url.removeprefix(BASE), data=about, headers=signed).text)
        self.heard += re.findall(r"<Say[^>]*>(.*?)</Say>", self.document)
        return self

    def press(self, keys: str) -> "Line":
        return self.ask(self.address(r'<Gather[^>]*action="([^"]+)"'), Digits=keys)

    def say(self, words: str) -> "Line":
        """She says it, and it is in words before she has waited for long."""
        self.parts += 1
        part = f"RE-{self.sid}-{self.parts}"
        self.workshop.ear.says = words
        self.workshop.carrier.sounds[f"https://carrier.example/{part}"] = hum(3.0)
        about = {"RecordingSid": part, "RecordingUrl": f"https://carrier.example/{part}", "RecordingDuration": "3"}
        self.ask(self.address(r'<Record[^>]*action="([^"]+)"'), **about)
        self.workshop.work()
        return self.waited()

    def silent(self) -> "Line":
        return self.ask(self.address(r"<Redirect[^>]*>([^<]*quiet[^<]*)")).waited()

    def waited(self) -> "Line":
        while "/waited" in self.document and "<Gather" not in self.document:
            self.ask(self.address(r"<Redirect[^>]*>([^<]*waited[^<]*)"))
        return self

    def hang_up(self) -> "Line":
        self.ask("/twilio/voice/ended", CallDuration="60")
        self.workshop.work()
        return self

    def address(self, pattern: str) -> str:
        (found,) = re.findall(pattern, self.document)
        return found


@pytest.fixture
def inspectors(book):
    return with_keys(book)


@pytest.fixture
def line(workshop, carrier, inspectors):
    """She has told her report, and is asked what she wishes."""
    return Line(workshop).say("六坪村的 支书 贪污 低保款").silent()


def the_case(book):
    (case,) = book.cases()
    return case


def wish(sessions):
    with sessions.reading() as session:
        kept = reporting.wish_of(session, session.scalars(visible(SYSTEM)).one())
        return (kept.real, kept.hours) if kept else None


def number_and_word(book):
    number = the_case(book).number
    return number + word(book.sessions.keyring.lot(number))


def test_her_name_and_her_hours_are_sealed_with_her_words(line, inspectors, book):
    line.say("要得").say("我叫 何桂英").press("3").hang_up()
    assert wish(inspectors["jiwei"].sessions) == (True, "3")
    with pytest.raises(Sealed):
        wish(book.sessions)


def test_when_she_may_be_called_can_be_said(line, inspectors):
    line.silent().say("晚上 嘛").hang_up()
    assert wish(inspectors["jiwei"].sessions) == (False, "3")


def test_who_stays_silent_is_nobody_and_is_called_by_nobody(line, book):
    line.silent().silent().hang_up()
    with book.sessions.reading() as session:
        assert not session.scalars(select(Wish)).all()
    assert any("口令" in said for said in line.heard)


def test_she_is_told_her_word_twice(line, book):
    line.silent().silent().hang_up()
    told = [said for said in line.heard if said.startswith(("往后来问", "口令是"))]
    digits = "，".join("零一二三四五六七八九"[int(digit)] for digit in number_and_word(book)[7:])
    assert len(told) == 2
    assert all(digits in said for said in told)


def test_by_number_and_word_she_hears_how_it_stands_and_what_she_adds_is_sealed_too(
    line, book, workshop, carrier, inspectors
):
    line.silent().silent().hang_up()
    again = Line(workshop, sid="CA2").press("4").press(number_and_word(book))
    assert "还在看" in again.document
    again.say("他 昨天 又 领了").hang_up()
    case = the_case(book)
    with inspectors["jiwei"].sessions.reading() as session:
        said = [statement.words for statement in by_id(session, SYSTEM, case.id).statements]
    assert "昨天" in said[1]
    assert len(book.cases()) == 1
    (asked,) = book.rows(Call, sid="CA2")
    assert (asked.outcome, asked.caller_hash, case.held) == (Outcome.ADDED, "", True)
    with book.sessions.reading() as session, pytest.raises(Sealed):
        _ = session.scalars(select(Recording).where(Recording.call_id == asked.id)).one().key.plain


def test_it_says_that_it_is_taken_up_and_that_there_is_an_answer_and_never_which(line, book, workshop, inspectors):
    line.silent().silent().hang_up()
    case, inspector, keyed = the_case(book).id, inspectors["jiwei"], number_and_word(book)

    def do(verb, *args):
        with inspector.sessions.writing() as session:
            verb(session, by_id(session, inspector.actor, case), *args, by=inspector.actor, now=book.watch())

    do(handling.accept)
    assert "正在办" in Line(workshop, sid="CA2").press("4").press(keyed).document
    do(
        lambda session, petition, **how: transcript.confirm(
            session, petition, {petition.statements[0].id: "六坪村的支书贪污低保款"}, county=book.county, **how
        )
    )
    do(handling.reply, "已经立案")
    answered = Line(workshop, sid="CA3").press("4").press(keyed).document
    assert "有结果了" in answered
    assert "立案" not in answered


@pytest.mark.parametrize("wrong", ["word", "number", "short"])
def test_a_number_without_its_word_is_answered_like_one_that_is_not_there(line, book, workshop, wrong):
    line.silent().silent().hang_up()
    right = number_and_word(book)
    other = "0" if right[-1] != "0" else "1"
    keyed = {"word": right[:-1] + other, "number": other * 7 + right[7:], "short": right[:9]}[wrong]
    asked = Line(workshop, sid="CA2", caller=NEIGHBOUR).press("4").press(keyed)
    assert "没有对上" in asked.document
    assert "直接说" in asked.press(keyed).document
    assert asked.hang_up()
    (call,) = book.rows(Call, sid="CA2")
    assert (call.petition_id, call.outcome) == (None, Outcome.HUNG_UP)


def test_after_five_wrong_words_the_right_one_opens_nothing_for_a_day_and_the_inspectors_see_it(line, book, workshop):
    line.silent().silent().hang_up()
    right = number_and_word(book)
    wrong = right[:7] + ("0000" if right[7:] != "0000" else "1111")
    for turn in range(3):
        Line(workshop, sid=f"CA-{turn}").press("4").press(wrong).press(wrong).hang_up()
    assert "没有对上" in Line(workshop, sid="CA8").press("4").press(right).document
    assert book.events(the_case(book).id).count(Event.ASKED) == 7
    book.watch.wait(hours=25)
    assert "还在看" in Line(workshop, sid="CA9").press("4").press(right).document


def test_an_ordinary_case_has_no_word(book, workshop):
    case = book.spoken_case("我是六坪村的，养老保险到哪里去认证")
    number = book.case(case).number
    keyed = number + word(book.sessions.keyring.lot(number))
    assert "没有对上" in Line(workshop, sid="CA2").press("4").press(keyed).document
