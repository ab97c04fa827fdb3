"""The county's casework as a test tells it: who calls, what is heard, what the officers do; one line for each verb."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Barrier
from uuid import uuid4

from sqlalchemy import select, update

from models.casework import (
    anchoring,
    clock,
    ending,
    extending,
    handling,
    intake,
    receipts,
    returning,
    sealed,
    sealing,
    texts,
    transcript,
    triage,
    warning,
)
from models.casework.heard_text import Came
from models.casework.intake import Part
from models.clock import CHINA
from models.county import County
from models.db import Sessions
from models.history import Event, HistoryLine
from models.message import Delivery, InboundText, Message, Purpose
from models.outbox import OutboxRow
from models.people import Officer
from models.permissions import SYSTEM, Actor
from models.petition import Petition
from models.tasks import PersonTask
from models.visible import by_id, visible

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)  # an ordinary week without a festival in sight
VILLAGER, NEIGHBOUR, SUPERVISOR, INSPECTOR = "+8613900000101", "+8613900000102", "+8613900009001", "+8613900009003"
PENSION = "我是六坪村的，养老保险到哪里去认证"  # sure: the village C17 is asked at once
ROAD = "柳南那边的路烂了"  # no village for certain: a clerk must ask
REPORT = "六坪村的支书贪污低保款"  # the guard holds it


class Watch:
    """A clock that is set by hand; Monday morning at first."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **how_long: float) -> datetime:
        self.now += timedelta(**how_long)
        return self.now


@dataclass
class Casebook:
    """Verbs, each in a transaction of its own, and looks at what stands in the database."""

    sessions: Sessions
    county: County
    watch: Watch
    sids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @cached_property
    def officers(self) -> dict[str, Actor]:
        with self.sessions.reading() as session:
            return {officer.login: officer.actor for officer in session.scalars(select(Officer))}

    def ring(self, sid: str = "CA1", caller: str = VILLAGER) -> int:
        with self.sessions.writing() as session:
            return intake.rang(session, "twilio", sid, caller, now=self.watch()).id

    def say(self, sid: str = "CA1", part: str = "RE1", *, seconds: int = 6, caller: str = VILLAGER) -> int:
        """A part was recorded; the id of the case."""
        with self.sessions.writing() as session:
            call = intake.answer(session, "twilio", sid, caller, now=self.watch())
            said = Part(part, f"https://carrier.example/{part}", seconds)
            return intake.part_said(session, call, said, county=self.county, now=self.watch()).id

    def hang_up(self, sid: str = "CA1", caller: str = VILLAGER) -> None:
        with self.sessions.writing() as session:
            call = intake.answer(session, "twilio", sid, caller, now=self.watch())
            intake.call_ended(session, call, now=self.watch())

    def note(self, sid: str = "CA1", **what: object) -> None:
        """The conversation notes a report (`sealed=True`), or a promise to call back (`why=`)."""
        with self.sessions.writing() as session:
            call = intake.answer(session, "twilio", sid, VILLAGER, now=self.watch())
            intake.note(session, call, **{"sealed": False, "why": None, **what}, now=self.watch())

    def text(self, words: str, sid: str = "", sender: str = VILLAGER, **more: object) -> None:
        with self.sessions.writing() as session:
            came = Came("twilio", sid or f"SM{next(self.sids)}", sender, words, **more)
            texts.take(session, came, county=self.county, now=self.watch())

    def sent_text(self, words: str) -> None:
        """A text of now, under an id that nobody else has."""
        self.new_text(words, sent_at=self.watch())

    def new_text(self, words: str, **more: object) -> None:
        """A text under an id that nobody else has, in whatever process."""
        self.text(words, f"SM-{uuid4().hex}", **more)

    def text_case(self, words: str, sender: str = VILLAGER, **more: object) -> int:
        """A text that becomes a case of its own, for it comes when what this sender wrote before is over; its id."""
        if self.rows(InboundText):
            self.watch.now += self.county.procedure.texts.join_within + timedelta(seconds=1)
        self.text(words, sender=sender, **more)
        return self.cases()[-1].id

    def at_the_counter(self, words: str, caller: str = VILLAGER, by: str = "huawu") -> int:
        with self.sessions.writing() as session:
            who, now = self.officers[by], self.watch()
            return intake.at_the_counter(session, words, caller, by=who, county=self.county, now=now).id

    def hear(self, case: int, words: str, *, model: str = "ear") -> None:
        """The recogniser wrote these words for the case's last statement."""
        with self.sessions.writing() as session:
            heard = transcript.Heard('[["…",0.0,1.0,0.9]]', words, 0.9, model, demonstration=True)
            statement = by_id(session, SYSTEM, case).statements[-1]
            transcript.attach(session, statement, heard, sound="copy", county=self.county, now=self.watch())

    def spoken_case(self, words: str, sid: str = "CA1", caller: str = VILLAGER) -> int:
        """A call from ringing to its words; the id of the case."""
        self.ring(sid, caller)
        case = self.say(sid, f"RE-{sid}", caller=caller)
        self.hang_up(sid, caller)
        self.hear(case, words)
        return case

    def confirm(self, case: int, words: str = PENSION, by: str = "huawu") -> None:
        def verb(session, petition):
            said = {statement.id: words for statement in petition.statements}
            who, now = self.officers[by], self.watch()
            transcript.confirm(session, petition, said, by=who, county=self.county, now=now)

        self.do(case, verb)

    def assign(
        self, case: int, unit: str = "C17", category: str = "pension", village: str | None = "C17", by: str = "huawu"
    ) -> None:
        about = {"unit_id": unit, "category": category, "village_id": village, "county": self.county}
        self.do(case, lambda s, p: triage.assign(s, p, **about, by=self.officers[by], now=self.watch()))

    def accept(self, case: int, by: str = "liuping") -> None:
        self.do(case, lambda s, p: handling.accept(s, p, by=self.officers[by], now=self.watch()))

    def reply(self, case: int, words: str = "已经办好了", by: str = "liuping") -> None:
        self.do(case, lambda s, p: handling.reply(s, p, words, by=self.officers[by], now=self.watch()))

    def close(self, case: int, by: str = "huawu") -> None:
        self.do(case, lambda s, p: handling.close(s, p, by=self.officers[by], now=self.watch()))

    def seal(self, case: int) -> None:
        """Once everything that was promised is kept."""
        with self.sessions.writing() as session:
            session.execute(update(OutboxRow).values(settled_at=self.watch()))
        self.do(case, lambda s, p: sealing.seal(s, p, now=self.watch()))

    def lose_key(self, login: str) -> None:
        with self.sessions.writing() as session:
            sealing.lost(session, self.officers[login].officer_id)

    def release(self, case: int, by: str = "jiwei") -> None:
        how = {"by": self.officers[by], "county": self.county}
        self.do(case, lambda s, p: sealed.release(s, p, **how, now=self.watch()))

    def bounce(self, case: int, rule: str = "power", proposed: str = "C25", by: str = "liuping") -> None:
        how = {"rule": rule, "proposed_id": proposed, "county": self.county}
        self.do(case, lambda s, p: returning.bounce(s, p, **how, by=self.officers[by], now=self.watch()))

    def refuse(self, case: int, ground: str = "private", advice: str = "可以请村里调解", by: str = "huawu") -> None:
        how = {"ground": ground, "advice": advice, "county": self.county}
        self.do(case, lambda s, p: ending.refuse(s, p, **how, by=self.officers[by], now=self.watch()))

    def withdraw(self, case: int, by: str = "huawu") -> None:
        self.do(case, lambda s, p: ending.withdraw(s, p, by=self.officers[by], now=self.watch()))

    def merge(self, case: int, into: int, by: str = "huawu") -> None:
        def verb(session, petition):
            who, now = self.officers[by], self.watch()
            ending.merge(session, petition, by_id(session, SYSTEM, into), by=who, county=self.county, now=now)

        self.do(case, verb)

    def ask_extension(self, case: int, reason: str = "要等专家来看", by: str = "liuping") -> None:
        how = {"by": self.officers[by], "county": self.county, "now": self.watch()}
        self.do(case, lambda s, p: extending.ask(s, p, reason, **how))

    def decide_extension(self, case: int, by: str = "yangjiao", *, granted: bool = True) -> None:
        how = {"by": self.officers[by], "county": self.county, "now": self.watch()}
        self.do(case, lambda s, p: extending.decide(s, p, granted=granted, **how))

    def listen(self, case: int, by: str = "huawu") -> None:
        self.do(case, lambda s, p: transcript.listened(s, p, by=self.officers[by], now=self.watch()))

    def task_done(self, task: int, note: str = "说好了", by: str = "huawu", *, reached: bool = True) -> None:
        with self.sessions.writing() as session:
            row = session.get_one(PersonTask, task)
            handling.task_done(session, row, note, reached=reached, by=self.officers[by], now=self.watch())

    def wrong_number(self, task: int, by: str = "huawu") -> None:
        with self.sessions.writing() as session:
            handling.wrong_number(session, session.get_one(PersonTask, task), by=self.officers[by], now=self.watch())

    def answered_case(self, sid: str = "CA1", caller: str = VILLAGER) -> int:
        """A spoken case that C17 has taken up and answered; the text is with the carrier and she does not know yet."""
        case = self.spoken_case(PENSION, sid, caller)
        self.confirm(case)
        self.accept(case)
        self.reply(case)
        self.carrier_says(Delivery.SENT)
        return case

    def answer_again(self, case: int) -> None:
        """Whoever was asked above takes the case up and answers it."""
        self.do(case, lambda s, p: handling.accept(s, p, by=SYSTEM, now=self.watch()))
        self.do(case, lambda s, p: handling.reply(s, p, "这回真办好了", by=SYSTEM, now=self.watch()))
        self.carrier_says(Delivery.SENT)

    def carrier_says(self, state: Delivery, message: Message | None = None, **more: str) -> None:
        """What became of a text: by default of the last answer to a villager."""
        about = message or self.texts_out(Purpose.RESULT)[-1]
        with self.sessions.writing() as session:
            receipts.receipt(session, about.id, f"SM-out-{about.id}", state, now=self.watch(), **more)

    def tick(self) -> int:
        """Whatever is due climbs; how many rungs did."""
        with self.sessions.writing() as session:
            rungs = clock.escalate(session, county=self.county, now=self.watch()).rungs
            warning.speak(session, county=self.county, now=self.watch())
            return rungs

    def anchor(self) -> bool:
        """Somebody asks for the day's anchor; whether it was taken now."""
        with self.sessions.writing() as session:
            return anchoring.take(session, county=self.county, now=self.watch()) is not None

    def case(self, case: int) -> Petition:
        """The case as it stands, detached, its words, caller, reply and unit read already."""
        with self.sessions.reading() as session:
            petition = by_id(session, SYSTEM, case)
            petition.said = " ".join(statement.words for statement in petition.statements)
            petition.known = (petition.key.plain, petition.unit, petition.statements)
            return petition

    def cases(self, who: str | None = None) -> list[Petition]:
        """Every case, or those an officer may read."""
        actor = self.officers[who] if who else SYSTEM
        with self.sessions.reading() as session:
            return list(session.scalars(visible(actor).order_by(Petition.id)))

    def rows(self, noun: type, **where: object) -> list:
        """All rows of a table, or those with these values, in the order they were written."""
        with self.sessions.reading() as session:
            found = list(session.scalars(select(noun).filter_by(**where).order_by(noun.id)))
            for row in found:
                assert noun is not PersonTask or row.key.plain
            return found

    def texts_out(self, *purposes: Purpose) -> list[Message]:
        """Texts that were written to go out, with `to` and `slots` readable."""
        with self.sessions.reading() as session:
            written = list(session.scalars(select(Message).order_by(Message.id)))
            kept = [one for one in written if not purposes or one.purpose in purposes]
            for message in kept:
                assert message.key.plain
            return kept

    def events(self, case: int) -> list[Event]:
        return [Event(line.event) for line in self.rows(HistoryLine, petition_id=case)]

    def do(self, case: int, verb: Callable) -> None:
        with self.sessions.writing() as session:
            verb(session, by_id(session, SYSTEM, case))


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of them at the same instant, each in a thread of its own; what each returned. Raises what one raised."""
    ready = Barrier(len(deeds), timeout=10)

    def do(deed: Callable[[], object]) -> object:
        ready.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [doing.result() for doing in [threads.submit(do, deed) for deed in deeds]]
