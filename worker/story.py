"""The founding story, played through the real house in a folder and on a clock of its own.

A woman who cannot walk and has no smartphone calls at four in the afternoon. The deputy secretary of her village sees
it the same day and is at her door the next morning; the line calls her, she hears what came of it and says that it is
good.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

from gateway.exchange.handset import Call, Exchange, Gone
from models import clock
from models.clock import CHINA
from models.lifecycle import LABELS, Status
from worker import examples
from worker.front_page import Voice, cards, show_cases
from worker.house import House, standing
from worker.officer import Officer, StoryBroke
from worker.premises import WEB_PORTS, CannotStart
from worker.queue_server import NoQueueServer
from worker.seed import EXAMPLE, SignInCard
from worker.speech.evaluation import cer
from worker.speech.spoken_numbers import in_digits
from worker.supervise import WillNotStayUp, wait_until

PATIENCE, DAY = 60.0, timedelta(days=1)
A_WHILE = 5  # seconds of her time on the line
CALLS_AT, SEEN_AT, COMES_AT = time(16, 0), time(16, 20), time(9, 10)
NO_TEXTS, NO_TEXTS_OFFERED = "3", "不看短信"
ANSWER = "已上门帮您办好人脸认证，养老金照常发"
CADRE_LOGIN = "liuping"
SATISFIED = EXAMPLE / "calls" / "satisfied.wav"
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
    except (StoryBroke, CannotStart, WillNotStayUp, NoQueueServer, Gone, TimeoutError) as trouble:
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
        self._voice = voice
        self._heroine = examples.example_calls()[0]
        self._phone = exchange.phone(self._heroine.phone)

    def tell(self) -> None:
        """Raises StoryBroke at the first step that does not happen."""
        self._next_working_day(CALLS_AT)
        self._she_calls()
        self._move_to(datetime.combine(self._now().date(), SEEN_AT, CHINA))
        self._it_is_seen()
        self._next_working_day(COMES_AT)
        self._it_is_done()
        self._she_is_called()

    def _she_calls(self) -> None:
        call = self._phone.call(self._desk.settings.number).play(self._heroine.sound)
        self._until(lambda: NO_TEXTS_OFFERED in call.wait(A_WHILE).heard[-1], "报她的编号")
        call.press(NO_TEXTS).hang_up()
        self._say(f"她打电话来，一个键也没按就说完了；最后按{NO_TEXTS}：不会看短信，有结果打电话告诉她")
        examples.wait_until_settled(self._desk, self._house.household)
        show_cases(examples.shown_cases(self._desk), self._voice)
        heard = self._case()["words"]
        apart = f"{cer(in_digits(self._heroine.text), heard):.1%}"
        heads = ("真正说的", "机器听到的", "字错率（CER）")
        self._voice.table("说的和听到的", heads, [(self._heroine.text, heard, apart)])

    def _it_is_seen(self) -> None:
        number = self._case()["number"]
        with Officer(self._house.pages_url, self._cadre()) as officer:
            officer.press(number, "accept")
            heard = officer.listen(number)
            officer.confirm(number, self._heroine.text)
        self._say(f"{self._cadre().name}看到编号 {number}，签收，听了录音（{heard // 1024} KB），照录音改好文字")

    def _it_is_done(self) -> None:
        self._phone.when_called(answer="ring")  # before the answer is sent: she may be called the second after
        with Officer(self._house.pages_url, self._cadre()) as officer:
            officer.press(self._case()["number"], "reply", reply=ANSWER)
        self._say(f"{self._cadre().name}上门办好，答复：{ANSWER}")

    def _she_is_called(self) -> None:
        call = self._phone.wait_for_call(PATIENCE).answer().listen()
        self._say(f"热线打给她，她听到：{'　'.join(call.heard)}")
        for answer in ("态度", "记下了"):
            self._she_says_that_it_is_good(call, answer)
        self._until(lambda: self._case()["status"] == Status.CLOSED, "她说了满意，事项办结")
        self._say(f"事项状态：{LABELS[Status.CLOSED]}")

    def _she_says_that_it_is_good(self, call: Call, answer: str) -> None:
        call.play(SATISFIED)
        self._until(lambda: any(answer in words for words in call.wait(A_WHILE).heard), "听懂她说的满意")
        self._say(f"她说：满意。线上说：{next(words for words in call.heard if answer in words)}")

    def _cadre(self) -> SignInCard:
        return next(card for card in cards(self._house.data) if card.login == CADRE_LOGIN)

    def _case(self) -> dict[str, str]:
        return examples.case_from(self._desk, self._heroine.phone)

    def _now(self) -> datetime:
        return self._desk.now().astimezone(CHINA)

    def _say(self, sentence: str) -> None:
        """One step, under its date and time by the clock of the house."""
        self._voice.say(f"  {self._now():%m月%d日 %H:%M}  {sentence}")

    def _next_working_day(self, hour: time) -> None:
        day = self._now().date() + DAY
        while not self._desk.county.calendar.is_working(day).working:
            day += DAY
        self._move_to(datetime.combine(day, hour, CHINA))

    def _move_to(self, then: datetime) -> None:
        clock.move(self._desk.settings.clock_file, then - self._now())

    def _until(self, so: Callable[[], bool], step: str) -> None:
        if not wait_until(so, seconds=PATIENCE, watch=self._house.household.start_again_what_ended):
            raise StoryBroke(f"等了 {PATIENCE:.0f} 秒没有等到：{step}")
