"""People who call, text or come; who are silent, press keys or hang up; who rate well, badly or never."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from models.call import Outcome
from models.casework import intake, texts
from models.casework.heard_text import Came
from models.casework.intake import Part
from models.lifecycle import Status
from models.permissions import Role
from models.tasks import Why
from tests.prove.year.town import Town, case_of

PEOPLE_A_VILLAGE = 40
HOW_THEY_CALL = {"speak": 42, "report": 2, "silent": 11, "person": 9, "speak_person": 2, "hang_up": 34}
HOW_THEY_RATE = {1: 30, 2: 8, 3: 6, None: 56}
AGAIN = 0.05  # calls about the very matter of the call before
ANSWERED = 0.3  # warnings
STRANGERS = 0.02  # answers after which somebody else tries to rate it


@dataclass
class Villager:
    phone: str
    village: dict
    last_words: str = ""


class Villagers:
    """Those of every `parts`-th township, from the `part`-th on."""

    def __init__(self, town: Town, *, part: int = 0, parts: int = 1) -> None:
        self._town = town
        self._chance = town.chance("villagers")
        homes = [one for one in town.villages if int(one["township_id"][1:]) % parts == part]
        self.all = [
            Villager(f"+86139{20000000 + place:08}", village)
            for place, village in enumerate(one for one in homes for _ in range(PEOPLE_A_VILLAGE))
        ]
        self._lately: deque[Villager] = deque(maxlen=300)
        self.dissatisfied: Callable[[int], None] = lambda _case: None  # who has to do it again

    def call(self, sid: str) -> None:
        """One call from the first ring to the end."""
        who = self._caller()
        (how,) = self._chance.choices(list(HOW_THEY_CALL), list(HOW_THEY_CALL.values()))
        words = self._words(who)
        self._town.do(_ring, self._town, sid, who.phone)
        getattr(self, f"_{how}")(sid, who, words)
        self._town.do(_end, self._town, sid, who.phone)
        self._town.truth.ended[sid] = self._town.now()

    def text(self, sid: str) -> None:
        who = self._chance.choice(self.all)
        self.send(sid, who.phone, self._words(who))

    def visit(self, _sid: str) -> None:
        who = self._chance.choice(self.all)
        clerk = self._chance.choice(self._town.by_role[Role.CLERK])
        at = {"by": clerk, "county": self._town.county, "now": self._town.now()}
        self._town.do(partial(intake.at_the_counter, text=self._words(who), caller=who.phone, **at))

    def send(self, sid: str, phone: str, words: str) -> None:
        """A text as the carrier brings it, one in ten of them twice."""
        town = self._town
        town.truth.senders[sid] = phone
        came = Came("twilio", sid, phone, words)
        for _ in range(1 + (self._chance.random() < 0.1)):
            town.do(partial(texts.take, came=came, county=town.county, now=town.now()))

    def told(self, case: int, phone: str, number: str) -> None:
        """She knows the answer: perhaps she says what she thinks of it, perhaps somebody else tries to."""
        (score,) = self._chance.choices(list(HOW_THEY_RATE), list(HOW_THEY_RATE.values()))
        if score is not None:
            self._town.after(self._rate, case, phone, str(score), hours=48 * self._chance.random())
        if self._chance.random() < STRANGERS:
            other = self._chance.choice(self.all).phone
            self._town.after(self._rate, case, other, f"{number} 3", hours=24 * self._chance.random())

    def warned(self, number: str) -> None:
        """An officer has read a warning; some answer it."""
        if self._chance.random() < ANSWERED:
            sid = f"SM-answer-{next(self._town.order)}"
            self._town.after(self.send, sid, number, "收到", minutes=300 * self._chance.random())

    def _rate(self, case: int, phone: str, words: str) -> None:
        self.send(f"SM-rate-{case}-{next(self._town.order)}", phone, words)
        if words == "3":
            self.dissatisfied(case)

    def _caller(self) -> Villager:
        """Anybody; or somebody who called about the same some days ago, and goes on about it."""
        if self._lately and self._chance.random() < AGAIN:
            return self._chance.choice(self._lately)
        who = self._chance.choice(self.all)
        who.last_words = ""
        self._lately.append(who)
        return who

    def _words(self, who: Villager) -> str:
        if who.last_words:
            return who.last_words
        saying = self._chance.choice(self._town.said)
        who.last_words = saying.of(who.village, township=self._chance.random() < 0.5)
        return who.last_words

    def _speak(self, sid: str, who: Villager, words: str, *, note: dict | None = None) -> None:
        if note:
            self._town.do(_note, self._town, sid, who.phone, note)
        parts = 1 + (self._chance.random() < 0.05)
        for place in range(parts):
            self._town.do(_say, self._town, sid, who.phone, f"RE-{sid}-{place}", words)
        self._town.truth.outcomes[sid] = Outcome.CASE

    def _report(self, sid: str, who: Villager, words: str) -> None:
        self._speak(sid, who, words, note={"sealed": True, "why": None})

    def _speak_person(self, sid: str, who: Villager, words: str) -> None:
        self._speak(sid, who, words, note={"sealed": False, "why": Why.WANTS_PERSON})

    def _silent(self, sid: str, who: Villager, _words: str) -> None:
        self._town.do(_note, self._town, sid, who.phone, {"sealed": False, "why": Why.SILENT})
        self._town.truth.outcomes[sid] = Outcome.CALL_BACK

    def _person(self, sid: str, who: Villager, _words: str) -> None:
        self._town.do(_note, self._town, sid, who.phone, {"sealed": False, "why": Why.WANTS_PERSON})
        self._town.truth.outcomes[sid] = Outcome.CALL_BACK

    def _hang_up(self, sid: str, _who: Villager, _words: str) -> None:
        self._town.truth.outcomes[sid] = Outcome.HUNG_UP


def _ring(session: Session, town: Town, sid: str, phone: str) -> None:
    intake.rang(session, "twilio", sid, phone, now=town.now())


def _note(session: Session, town: Town, sid: str, phone: str, what: dict) -> None:
    call = intake.answer(session, "twilio", sid, phone, now=town.now())
    intake.note(session, call, **what, now=town.now())


def _say(session: Session, town: Town, sid: str, phone: str, part: str, words: str) -> None:
    call = intake.answer(session, "twilio", sid, phone, now=town.now())
    town.truth.words[call.id] = words
    said = Part(part, f"https://carrier.example/{part}", 12)
    intake.part_said(session, call, said, county=town.county, now=town.now())


def _end(session: Session, town: Town, sid: str, phone: str) -> None:
    call = intake.answer(session, "twilio", sid, phone, now=town.now())
    intake.call_ended(session, call, now=town.now())


def is_told(session: Session, case: int) -> tuple[str, str] | None:
    """Her phone and the number, where she knows the answer by now."""
    petition = case_of(session, case)
    return (petition.caller, petition.number) if petition.status == Status.TOLD else None
