"""One case from the call to the rating, played through the real house in a folder and on a clock of its own.

A call becomes a case; nobody acts; the supervisor is told; the cadre accepts, listens, confirms the words and answers;
the villager is told by text, texts 1, and the case is closed.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from gateway.exchange.handset import Exchange, Phone
from models import clock
from models.clock import CHINA
from models.lifecycle import LABELS, Status
from models.people import Officer as OfficerRow
from models.permissions import Role
from models.workdays import Calendar
from worker import examples
from worker.front_page import Voice, cards, show_cases
from worker.house import House, standing
from worker.officer import Officer, StoryBroke
from worker.premises import WEB_PORTS, CannotStart
from worker.queue_server import NoQueueServer
from worker.speech.evaluation import cer
from worker.speech.spoken_numbers import in_digits
from worker.supervise import WillNotStayUp, wait_until

PATIENCE = 60.0
DAYS_NOBODY_ACTS = 3
AWAKE = 9, 20  # hours of the day at which a text of the ladder is sent at once
ANSWER = "已上门帮您办好认证，养老金照常发"
CADRE_LOGIN = "liuping"
BY_HAND = frozenset({*WEB_PORTS, "DATABASE_URL", "REDIS_URL"})
"""Settings of the ordinary house that the story leaves alone, so that it can be played beside it."""


def play() -> int:
    """The exit status: 0 when every step happened."""
    voice = Voice()
    folder = Path(tempfile.mkdtemp(prefix="xiangyin-story-"))
    given = {name: value for name, value in os.environ.items() if name not in BY_HAND}
    try:
        with standing(folder, given, voice) as house, Exchange(house.exchange_url) as exchange:
            Story(house, exchange, voice).tell()
    except (StoryBroke, CannotStart, WillNotStayUp, NoQueueServer) as trouble:
        voice.say(f"没有走通：{trouble}")
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    voice.say("从打电话到评价，全部走通。")
    return 0


class Story:
    def __init__(self, house: House, exchange: Exchange, voice: Voice) -> None:
        self._house = house
        self._desk = house.desk
        self._exchange = exchange
        self._voice = voice
        self._heroine = examples.example_calls()[0]
        self._number = ""

    def tell(self) -> None:
        """Raises StoryBroke at the first step that does not happen."""
        examples.place_all(self._house, self._voice)
        show_cases(examples.shown_cases(self._desk), self._voice)
        self._compare_words()
        self._number = examples.case_from(self._desk, self._heroine.phone)["number"]
        self._nobody_acts()
        self._the_cadre_answers()
        self._she_is_told_and_rates()

    def _compare_words(self) -> None:
        """The true words beside the decoded ones, and how far apart they are, numbers written alike in both."""
        rows = []
        for example in examples.example_calls():
            heard = examples.case_from(self._desk, example.phone)["words"]
            rows.append((example.text, heard, f"{cer(in_digits(example.text), heard):.1%}"))
        self._voice.table("说的和听到的", ("真正说的", "机器听到的", "字错率（CER）"), rows)

    def _nobody_acts(self) -> None:
        self._voice.step(f"编号 {self._number} 没有人受理，{DAYS_NOBODY_ACTS} 个工作日过去")
        now = self._desk.now()
        then = working_days_later(now, DAYS_NOBODY_ACTS, self._desk.county.calendar)
        clock.move(self._desk.settings.clock_file, then - now)
        supervisor = self._exchange.phone(self._supervisors_number())
        self._voice.say(f"  督办员收到短信：{self._text_on(supervisor, '收到回1')}")

    def _the_cadre_answers(self) -> None:
        card = next(card for card in cards(self._house.data) if card.login == CADRE_LOGIN)
        with Officer(self._house.pages_url, card) as officer:
            officer.press(self._number, "accept")
            heard = officer.listen(self._number)
            self._voice.say(f"  {card.name}签收，听了录音（{heard // 1024} KB），照录音改好文字")
            officer.confirm(self._number, self._heroine.text)
            officer.press(self._number, "reply", reply=ANSWER)
        self._voice.say(f"  {card.name}答复：{ANSWER}")

    def _she_is_told_and_rates(self) -> None:
        phone = self._exchange.phone(self._heroine.phone)
        self._voice.say(f"  她收到短信：{self._text_on(phone, ANSWER, self._number)}")
        self._until(lambda: self._status() == Status.TOLD, "回执说她收到了")
        phone.text("1", to=self._desk.settings.number)
        self._until(lambda: self._status() == Status.CLOSED, "她回了 1，事项办结")
        self._voice.say(f"  她回短信：1（满意）。事项状态：{LABELS[Status.CLOSED]}")

    def _status(self) -> str:
        return str(examples.case_from(self._desk, self._heroine.phone)["status"])

    def _supervisors_number(self) -> str:
        with self._desk.sessions.reading() as session:
            number = session.scalar(select(OfficerRow.number).where(OfficerRow.role == Role.SUPERVISOR))
        return number or ""

    def _text_on(self, phone: Phone, *words: str) -> str:
        """The first text on a phone that holds all these words, once it is there."""
        self._until(lambda: _found(phone, words) is not None, f"短信里有“{'、'.join(words)}”")
        return _found(phone, words) or ""

    def _until(self, so: Callable[[], bool], step: str) -> None:
        if not wait_until(so, seconds=PATIENCE, watch=self._house.household.start_again_what_ended):
            raise StoryBroke(f"等了 {PATIENCE:.0f} 秒没有等到：{step}")


def _found(phone: Phone, words: tuple[str, ...]) -> str | None:
    return next((text["body"] for text in phone.messages if all(word in text["body"] for word in words)), None)


def working_days_later(now: datetime, days: int, calendar: Calendar) -> datetime:
    """The same hour so many working days later, or the nearest at which no telephone is quiet for the night."""
    then = now
    while days:
        then += timedelta(days=1)
        days -= calendar.is_working(then.astimezone(CHINA).date()).working
    there = then.astimezone(CHINA)
    return there.replace(hour=min(max(there.hour, AWAKE[0]), AWAKE[1])).astimezone(now.tzinfo)
