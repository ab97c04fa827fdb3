"""One text being answered: how it came, what was asked before it, what it asks for, and a way to say something back."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import DataKey
from models.casework import correspondence, telling
from models.commands import LEDGER, Awaiting, Command, Kind, understand
from models.continuing import only_a_place
from models.correspondent import Question
from models.county import County
from models.message import InboundText, Message, Purpose
from models.petition import Petition
from models.shadow import compact


@dataclass(frozen=True)
class Came:
    """A text as the carrier brings it: the carrier's name, its id for the text, who sent it, what it says, when it was
    sent where the carrier says so, and the addresses of the pictures in it.
    """

    provider: str
    sid: str
    sender: str
    text: str
    sent_at: datetime | None = None
    media: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What this telephone was asked and has not answered: about which case it is to rate, which it may take back."""

    rated: Petition | None
    leaving: Question | None

    @property
    def awaiting(self) -> Awaiting:
        """Of two questions the one that was asked last is the one a bare 1 or 2 speaks of."""
        if self.leaving is None:
            return Awaiting.RATING if self.rated else Awaiting.NOTHING
        answered = self.rated and self.rated.replied_at
        return Awaiting.RATING if answered and answered > self.leaving.asked_at else Awaiting.YES_NO


@dataclass(frozen=True)
class Heard:
    """One text being answered, and all that an answer may need."""

    session: Session
    inbound: InboundText
    came: Came
    before: Asked
    county: County
    now: datetime

    @cached_property
    def asked(self) -> Command:
        words, county = self.came.text, self.county
        told = understand(
            words, awaiting=self.before.awaiting, names_a_village=lambda name: only_a_place(name, county.gazetteer)
        )
        if told.kind is Kind.PETITION and self._says_whose_accounts():
            return replace(LEDGER, place=compact(words))
        return Command(Kind.PETITION) if told.kind is Kind.NOISE and self.came.media else told

    def _says_whose_accounts(self) -> bool:
        """She was just told to write whose accounts she wants, and writes a village's name and nothing else."""
        since = self.inbound.came_at - self.county.procedure.texts.join_within
        ours = select(Message.purpose).where(Message.to_hash == self.caller, Message.written_at >= since)
        last = self.session.scalar(ours.order_by(Message.id.desc()).limit(1))
        return last == Purpose.LEDGER and only_a_place(self.came.text, self.county.gazetteer)

    @property
    def caller(self) -> str:
        return self.inbound.sender_hash

    @cached_property
    def may_answer(self) -> bool:
        """Not where two machines may be answering each other."""
        most = self.county.procedure.texts.answers
        return correspondence.may_answer(self.session, self.caller, most=most, now=self.now)

    def acknowledge(self, petition: Petition) -> None:
        if self.may_answer:
            telling.acknowledge(self.session, petition, dedupe=f"text:{self.inbound.id}", now=self.now)

    def say(self, purpose: Purpose, dedupe: str, about: Petition | None = None, **slots: str) -> None:
        if not self.may_answer:
            return
        key: DataKey = about.key if about else self.inbound.key
        telling.write(
            self.session, purpose, self.came.sender, key=key, dedupe=dedupe, now=self.now, about=about, slots=slots
        )
