"""Whoever kept all that the carrier told us of calls and texts, signatures and all, and sends it again a day later in
whatever order, changes nothing.
"""

import random
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from gateway.app import webhooks
from models.base import Base
from models.call import Call
from models.outgoing import CallOut
from tests.casebook import NEIGHBOUR, PENSION, VILLAGER
from tests.workshop import SETTINGS, hum

PUBLIC, HOTLINE = SETTINGS["XIANGYIN_PUBLIC_URL"], SETTINGS["TWILIO_NUMBER"]
MOST_TURNS = 14
SPEECH = 6  # seconds
LOOK_AFTER = 20  # requests
CALLS = {
    "says something and rings off": [SPEECH],
    "says two things": [SPEECH, SPEECH, "#"],
    "asks for a person": [SPEECH, "0"],
    "wants to report": ["2", SPEECH, SPEECH],
    "wants the accounts": ["3"],
    "asks after her case": ["4", "1"],
    "hears it slower": ["1", SPEECH],
    "is silent": [],
}


def elements(page):
    return list(ET.fromstring(page).iter()) if page else []  # noqa: S314 - our own application made it a moment ago


def gathers(page):
    return [element for element in elements(page) if element.tag == "Gather"]


@dataclass
class Carrier:
    """The carrier's side of a call: it plays what it is told, and remembers everything it sent us."""

    workshop: object
    sent: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    hears_at_once: bool = True

    def __post_init__(self):
        self.client = webhooks(self.workshop.desk).test_client()

    def tell(self, url, **form):
        path = url.removeprefix(PUBLIC)
        signature = RequestValidator(SETTINGS["TWILIO_AUTH_TOKEN"]).compute_signature(f"{PUBLIC}{path}", form)
        self.sent.append((path, form, {"X-Twilio-Signature": signature}))
        return self.answer(*self.sent[-1])

    def answer(self, path, form, signed):
        with self.client.post(path, data=form, headers=signed) as answer:
            assert answer.status_code in {200, 204}, (path, answer.status_code)
            return answer.data

    def call(self, sid, caller, does, url="/twilio/voice", **more):
        """A whole call: she does one thing after the other, then is silent; then it is over."""
        about = {"CallSid": sid, "From": caller, "To": HOTLINE, "Direction": "inbound", **more}
        does, page = list(does), self.tell(url, **about)
        for place in range(MOST_TURNS):
            following = self.next_turn(elements(page), does, f"RE-{sid}-{place}", about)
            if following is None:
                break
            page = following
        self.tell("/twilio/voice/ended", **about, CallDuration="40", CallStatus="completed")

    def next_turn(self, verbs, does, recording, about):
        for verb in verbs:
            done = getattr(self, f"_{verb.tag.lower()}", lambda *_: None)(verb, does, recording, about)
            if done is not None:
                return done
        return None

    def _gather(self, verb, does, _recording, about):
        if does and isinstance(does[0], str):
            return self.tell(verb.get("action"), **about, Digits=does.pop(0))
        return None

    def _record(self, verb, does, recording, about):
        if not does:
            return None
        ended_by = does.pop(0) if isinstance(does[0], str) else ""
        seconds = 0 if ended_by else does.pop(0)
        place = f"https://carrier.example/Recordings/{recording}"
        self.workshop.carrier.sounds[place] = hum(seconds or 1)
        told = {"RecordingSid": recording, "RecordingUrl": place, "RecordingDuration": str(seconds or 1)}
        page = self.tell(verb.get("action"), **about, **told, Digits=ended_by)
        self.tell(verb.get("recordingStatusCallback"), **about, **told, RecordingStatus="completed")
        if self.hears_at_once:
            self.workshop.work()
        return page

    def _redirect(self, verb, _does, _recording, about):
        return self.tell(verb.text, **about)

    def _dial(self, verb, _does, _recording, about):
        """Somebody of the duty list picks up, presses 1 and has her on the line; then he hangs up."""
        (number,) = verb
        his = {**about, "CallSid": f"{about['CallSid']}-duty", "To": number.text}
        for gather in gathers(self.tell(number.get("url"), **his)):
            self.tell(gather.get("action"), **his, Digits="1")
        return self.tell(verb.get("action"), **about, DialCallStatus="completed")

    def text(self, sid, sender, words, **more):
        self.tell("/twilio/sms", MessageSid=sid, From=sender, To=HOTLINE, Body=words, NumMedia="0", **more)
        self.workshop.work()

    def receipts(self):
        """What became of each text of ours."""
        for taken in list(self.workshop.carrier.taken):
            for state in ("sent", "delivered"):
                about = {"MessageSid": taken.sid, "MessageStatus": state, "To": taken.to}
                self.tell(f"/twilio/sms/receipt?message={taken.message_id}", **about)

    def ring_back(self):
        """Whom we ring: she does not answer, whoever is rung for her does and takes care of her."""
        about = {"From": HOTLINE, "Direction": "outbound-api"}
        for place in range(2):
            sid, ring, _ = self.workshop.carrier.rung[place]
            told = {**about, "CallSid": sid, "To": ring.to}
            for gather in gathers(self.tell(ring.says, **told, AnsweredBy="human")) if place else ():
                self.tell(gather.get("action"), **told, Digits="1")
            self.tell(ring.ended, **told, CallStatus="completed" if place else "no-answer")
            self.workshop.work()


@pytest.fixture
def kept(workshop, book):
    """A day of calls and texts, everything that was promised over them done, and a day gone by."""
    carrier = Carrier(workshop)
    for place, does in enumerate(CALLS.values()):
        carrier.call(f"CA{place}", VILLAGER if place % 2 else NEIGHBOUR, does)
        workshop.work()
    workshop.ear.says = "我是六坪村的 山上 滑坡了 房子 垮了 有人 被 埋了"
    carrier.hears_at_once = False  # so that she is rung back
    carrier.call("CA-danger", "+8613900000103", [SPEECH])
    workshop.work()
    carrier.text("SM-1", NEIGHBOUR, PENSION)
    carrier.text("SM-2", NEIGHBOUR, "查")
    carrier.text("SM-3", VILLAGER, "撤回")
    carrier.receipts()
    carrier.ring_back()
    book.watch.wait(days=1)
    workshop.work()
    return carrier


def everything(book):
    """Every row of every table."""
    with book.sessions.reading() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}


def _whichever(path):
    """A path of ours, whatever number this database gave the call of ours that it speaks of."""
    return "/out/N" if path[1] else ""


def test_the_day_that_is_replayed_was_a_full_one(kept, book):
    assert len(book.rows(Call)) >= len(CALLS) + 1
    assert book.rows(CallOut)
    paths = {re.sub(r"^/twilio(/out/\d+)?", _whichever, urlsplit(path).path) for path, *_ in kept.sent}
    assert paths >= {
        *("/voice", "/voice/key", "/voice/part", "/voice/quiet", "/voice/waited", "/voice/recording", "/voice/ended"),
        *(
            "/voice/rung",
            "/voice/whisper",
            "/voice/take",
            "/sms",
            "/sms/receipt",
            "/out/N/1/ended",
            "/out/N/1",
            "/out/N/1/taken",
        ),
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_webhook_sent_again_a_day_later_in_any_order_changes_nothing(kept, workshop, book, seed):
    before = everything(book)
    again = [*kept.sent, *kept.sent[::3]]
    random.Random(seed).shuffle(again)
    for place, request in enumerate(again, 1):
        kept.answer(*request)
        if place % LOOK_AFTER == 0 or place == len(again):
            after = everything(book)
            changed = {name: sorted({*before[name]} ^ {*after[name]}) for name in before if before[name] != after[name]}
            assert not changed, ([path for path, *_ in again[:place][-LOOK_AFTER:]], changed)
    workshop.work()
    assert everything(book) == before
