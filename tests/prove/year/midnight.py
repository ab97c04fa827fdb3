"""What must be so at every midnight, looked for in our own books with what truly happened beside them.

Each look reads what is new since the last one, and every case that is open.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.alert import Alert
from models.call import Call, Outcome
from models.escalation import Turns
from models.history import Event, HistoryLine
from models.lifecycle import OPEN, Status
from models.message import Delivery, InboundText, Message, Purpose
from models.people import Officer
from models.permissions import SYSTEM, Role
from models.petition import Petition
from models.places import Unit
from models.tasks import PersonTask, Why
from models.visible import visible
from tests.prove.year.town import Town

TICK = timedelta(minutes=30)
MAY_BE_LATER = frozenset({"extension", "paused", "calendar"})
OF_A_CASE = frozenset({Outcome.CASE, Outcome.ADDED})
TO_HERSELF = frozenset({Purpose.ACK})  # says that something is written down, the same to everybody
TO_THE_DUTY = frozenset({Purpose.EMERGENCY})  # somebody may be in danger: the county's own duty list hears, held or not


@dataclass
class Case:
    """What was seen of a case so far."""

    head: str = ""
    accept_by: datetime | None = None
    finish_by: datetime | None = None
    confirmed: bool = False
    held: list[tuple[datetime, bool]] = field(default_factory=list)  # from when on
    rungs: Counter[tuple[str, int]] = field(default_factory=Counter)
    why_later: set[str] = field(default_factory=set)  # since the last look

    def was_held(self, at: datetime) -> bool:
        return next((held for since, held in reversed(self.held) if since <= at), False)


class Midnight:
    """Looks, and keeps a sentence for everything that was not as it must be."""

    def __init__(self, town: Town, *, since: datetime | None = None) -> None:
        self._town = town
        self._cases: dict[int, Case] = defaultdict(Case)
        self._last: Counter[type] = Counter()
        self._looked = since or town.now()
        self._watched = self._numbers()
        self.violations: list[str] = []
        self.texts = self.alerts = self.lines = self.looks = 0

    def look(self) -> None:
        self.looks += 1
        with self._town.sessions.reading() as session:
            self.violations += [f"{self._town.now():%m-%d}: {sentence}" for sentence in self.found(session)]
        self._looked = self._town.now()

    def found(self, session: Session) -> list[str]:
        """What is wrong, a sentence each."""
        looks = (self._calls, self._history, self._rungs, self._open_cases, self._texts)
        return [sentence for look in looks for sentence in look(session)]

    def at_the_end(self) -> None:
        """No promise is left behind, and the year's calls balance."""
        truth = self._town.truth.outcomes
        with self._town.sessions.reading() as session:
            ours = dict(session.execute(select(Call.sid, Call.outcome)).all())
        if ours != {sid: str(outcome) for sid, outcome in truth.items()}:
            self.violations.append("the calls of the year are not those that were made")

    def _numbers(self) -> tuple[set[str], set[str]]:
        """The inspectors' telephones; those of the county's duty list."""
        mine = self._town.sessions.keyring.hash_number
        with self._town.sessions.reading() as session:
            officers = list(session.scalars(select(Officer)))
            inspectors = {mine(one.number) for one in officers if one.number and one.role == Role.INSPECTOR}
            duty = {mine(one.number) for one in officers if one.number and one.role == Role.SUPERVISOR}
            phone = session.get_one(Unit, "xfj").number
        return inspectors, inspectors | duty | ({mine(phone)} if phone else set())

    def _new(self, session: Session, noun: type) -> list:
        rows = list(session.scalars(select(noun).where(noun.id > self._last[noun]).order_by(noun.id)))
        self._last[noun] = max((row.id for row in rows), default=self._last[noun])
        return rows

    def _calls(self, session: Session) -> Iterator[str]:
        """calls = cases + added + call-backs + explained hang-ups; each call what truly happened."""
        truth, day = self._town.truth, self._looked
        made = {sid for sid, ended in truth.ended.items() if ended >= day}
        columns = Call.sid, Call.outcome, Call.petition_id
        ended = session.execute(select(*columns).where(Call.ended_at >= day, Call.ended_at < self._town.now())).all()
        tally = Counter(outcome for _, outcome, _ in ended)
        if len(ended) != len(made) or sum(tally[outcome] for outcome in Outcome) != len(made):
            yield f"{len(made)} calls were made, and the day's balance is {dict(tally)}"
        for sid, outcome, case in ended:
            if outcome != truth.outcomes[sid] or (outcome in OF_A_CASE) != (case is not None):
                yield f"call {sid} is down as {outcome}, and was {truth.outcomes[sid]}"

    def _history(self, session: Session) -> Iterator[str]:
        for line in self._new(session, HistoryLine):
            self.lines += 1
            case = self._cases[line.petition_id]
            if line.before != case.head or line.digest != line.computed():
                yield f"line {line.id} of case {line.petition_id} does not follow the line before"
            case.head = line.digest
            yield from self._event(session, case, line)

    def _event(self, session: Session, of: Case, line: HistoryLine) -> Iterator[str]:
        match line.event:
            case Event.HELD | Event.RELEASED:
                of.held.append((line.at, line.event == Event.HELD))
            case Event.DATES_SET:
                of.why_later.add(str(line.detail.get("why", "class")))
            case Event.TOLD if not self._was_told(session, line):
                yield f"case {line.petition_id} is told by {line.detail.get('how')}, and she was not"
            case Event.RATED if not self._own_rating(session, line):
                yield f"case {line.petition_id} is rated, and not from her own telephone"

    def _was_told(self, session: Session, line: HistoryLine) -> bool:
        """A text truly arrived before, somebody was truly spoken to, or she has answered it."""
        truth, case = self._town.truth, line.petition_id
        if line.detail["how"] == "text":
            texts = select(Message.id).where(Message.petition_id == case, Message.purpose.in_(("result", "refused")))
            return any(Delivery.DELIVERED in truth.fates[one] for one in session.scalars(texts))
        if line.detail["how"] == "person":
            tasks = select(PersonTask.id).where(PersonTask.petition_id == case, PersonTask.why == Why.NOT_TOLD)
            return bool(truth.reached.intersection(session.scalars(tasks)))
        if line.detail["how"] == "call":
            return case in truth.heard_it
        return line.detail["how"] == "answer" and self._own_rating(session, line)

    def _own_rating(self, session: Session, line: HistoryLine) -> bool:
        """A text about this case came at that moment, and truly from the telephone the case is of."""
        came = select(InboundText.sid).where(
            InboundText.petition_id == line.petition_id, InboundText.came_at == line.at
        )
        owner = visible(SYSTEM).where(Petition.id == line.petition_id).with_only_columns(Petition.caller_hash)
        senders, mine = self._town.truth.senders, self._town.sessions.keyring.hash_number
        hers = session.scalar(owner)
        return any(mine(senders[sid]) == hers for sid in session.scalars(came))

    def _rungs(self, session: Session) -> Iterator[str]:
        for alert in self._new(session, Alert):
            self.alerts += 1
            case = self._cases[alert.petition_id]
            case.rungs[alert.rung, alert.round] += 1
            if case.rungs[alert.rung, alert.round] > 1:
                yield f"case {alert.petition_id} has two alerts for {alert.rung}, round {alert.round}"

    def _open_cases(self, session: Session) -> Iterator[str]:
        columns = (
            Petition.id,
            Petition.status,
            Petition.unit_id,
            Petition.accept_due_at,
            Petition.finish_due_at,
            Petition.category_confirmed,
            Petition.turns_kept,
        )
        still_open = visible(SYSTEM).where(Petition.status.in_(OPEN)).with_only_columns(*columns)
        for case_id, status, unit, accept, finish, confirmed, turns in session.execute(still_open):
            case = self._cases[case_id]
            yield from self._moved(case_id, case, accept, finish, confirmed=confirmed)
            yield from self._unheard(case_id, case, Status(status), Turns.unpacked(turns), assigned=unit is not None)

    def _moved(self, case_id: int, case: Case, accept: datetime, finish: datetime, *, confirmed: bool) -> Iterator[str]:
        """Later than at the last midnight is a date only by law, or by the first confirmation of what it is about."""
        first = confirmed and not case.confirmed
        lawful = first or bool(case.why_later & MAY_BE_LATER)
        if case.finish_by and finish > case.finish_by and not lawful:
            yield f"the finish date of case {case_id} has moved from {case.finish_by} to {finish}: {case.why_later}"
        if case.accept_by and accept > case.accept_by and not (first or "calendar" in case.why_later):
            yield f"the accept date of case {case_id} has moved from {case.accept_by} to {accept}"
        case.accept_by, case.finish_by, case.confirmed = accept, finish, confirmed
        case.why_later.clear()

    def _unheard(self, case_id: int, case: Case, status: Status, turns: Turns, *, assigned: bool) -> Iterator[str]:
        """Every rung that concerns the case as it stands and whose moment has passed was climbed, in this round."""
        passed = self._town.now() - TICK
        for rung, turn in turns.rungs.items():
            is_due = turn.at <= passed and turn.concerns(status, assigned=assigned)
            if is_due and case.rungs[rung, turns.round(rung)] != 1:
                yield f"case {case_id} is past {rung} since {turn.at}, round {turns.round(rung)}, and nobody heard"

    def _texts(self, session: Session) -> Iterator[str]:
        """Of a held case nobody hears but the inspectors; that it is written down, she; of danger, the duty list."""
        inspectors, duty = self._watched
        columns = Message.id, Message.petition_id, Message.purpose, Message.to_hash, Message.written_at
        rows = session.execute(select(*columns).where(Message.id > self._last[Message]).order_by(Message.id)).all()
        for message, case_id, purpose, to, at in rows:
            self._last[Message] = message
            self.texts += 1
            if case_id is None or to in inspectors or not self._cases[case_id].was_held(at):
                continue
            if purpose in TO_HERSELF or (purpose in TO_THE_DUTY and to in duty):
                continue
            yield f"text {message} ({purpose}) about the held case {case_id} goes to somebody who must not know"
