"""People as they are on a telephone: silent, slow, pressing keys, talking over the greeting, hanging up anywhere."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

from gateway.exchange.handset import Call, Gone, Phone
from tests.journeys.village import Village
from worker.examples import example_calls

Deed = tuple[str, str]  # what she does, and with what
SENTENCES = ("路灯坏了没有人修", "我家停电三天了", "低保怎么办", "路烂了走不过去")
SPOKEN = (*SENTENCES, "喂，有人没得", "对", "我要找人说话", "山上滑坡了，有人被埋了")
KEYS = "0129#*5"
WEIGHTS = {"play": 5, "say": 3, "listen": 3, "wait": 4, "press": 4, "interrupt": 2, "text": 1}
MOST_DEEDS = 6
STAYS_ON = 0.2  # how many wait for the line to end the call instead of hanging up
TOO_LONG = "150"  # seconds: silence nobody on our side sits through


@dataclass(frozen=True)
class Caller:
    """Somebody who calls once, and everything she will do."""

    phone: str
    deeds: tuple[Deed, ...]


def callers(chance: random.Random, how_many: int) -> list[Caller]:
    """So many different people, each with a telephone of her own."""
    phones = chance.sample(range(10**8), how_many)
    return [Caller(f"+86138{phone:08d}", _deeds(chance)) for phone in phones]


def live_through(call: Call, caller: Caller, text: Callable[[str], object]) -> None:
    """Do one deed after the other until the call is over; `text` sends one from her telephone."""
    try:
        for deed, what in caller.deeds:
            _do(call, deed, what, text)
    except Gone:
        pass
    call.hang_up().wait_until_over(30)


@contextmanager
def officer(village: Village, who: str) -> Iterator[None]:
    """While this lasts somebody of the duty list picks up whatever reaches him, presses 1, hangs up after a word."""
    phone, over = village.phone(who).when_called(answer="ring"), Event()
    thread = Thread(target=_on_duty, args=(phone, over), name=who)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        phone.when_called(answer=False)


def _on_duty(phone: Phone, over: Event) -> None:
    while not over.is_set():
        with suppress(Gone, TimeoutError):
            phone.wait_for_call(1).answer().press("1").wait(3).hang_up()


def _deeds(chance: random.Random) -> tuple[Deed, ...]:
    names = chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=chance.randrange(MOST_DEEDS))
    last = [("wait", TOO_LONG)] if chance.random() < STAYS_ON else []
    return (*((name, _with_what(chance, name)) for name in names), *last)


def _with_what(chance: random.Random, deed: str) -> str:
    match deed:
        case "wait":
            return f"{chance.uniform(0.2, 30):.1f}"
        case "press":
            return chance.choice(KEYS)
        case "play":
            return str(chance.choice(example_calls()).sound)
        case "text":
            return chance.choice(SENTENCES)
        case _:
            return chance.choice(SPOKEN)


def _do(call: Call, deed: str, what: str, text: Callable[[str], object]) -> None:
    match deed:
        case "wait":
            call.wait(float(what))
        case "listen":
            call.listen()
        case "text":
            text(what)
        case _:
            getattr(call, deed)(what)
