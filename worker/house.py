"""The whole house on one machine: what `make run` opens, shows, keeps open and closes again."""

import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType

import httpx
from redis import Redis
from redis.exceptions import RedisError

from gateway.desk import Desk, set_up
from gateway.providers.base import ProviderError
from gateway.settings import from_mapping
from models import heartbeat, schema
from worker import premises, queue_server, seed
from worker.front_page import Voice, keep_cards
from worker.parts import SERVERS, work
from worker.premises import CannotStart
from worker.supervise import Household, wait_until

READY_WITHIN = 60.0
PLATE = "house.json"


@dataclass(frozen=True)
class House:
    """A house that stands: its desk, its processes, the addresses a person needs."""

    data: Path
    desk: Desk
    household: Household
    pages_url: str
    sealed_url: str
    exchange_url: str
    is_new: bool


def write_plate(house: House) -> None:
    """The plate on the door, `house.json`: the addresses and process ids of the house that stands in this folder."""
    addresses = {
        "pages": house.pages_url,
        "sealed": house.sealed_url,
        "exchange": house.exchange_url,
        "webhooks": house.desk.settings.public_url,
    }
    plate = {**addresses, "number": house.desk.settings.number, "pids": house.household.pids()}
    fresh = house.data / "house.new"
    fresh.write_text(json.dumps(plate, indent=1), encoding="ascii")
    fresh.replace(house.data / PLATE)


@contextmanager
def standing(data: Path, given: Mapping[str, str], voice: Voice) -> Iterator[House]:
    """Every process started and ready; all ended again when the block is left, however it is left.

    Raises CannotStart with one sentence for the person at the keyboard.
    """
    for stop in (signal.SIGTERM, signal.SIGINT):  # a shell that starts us behind it leaves SIGINT ignored
        signal.signal(stop, _as_interrupt)
    lock = premises.lock(data)
    premises.room_on_disk(data)
    environment = premises.environment(data, given)
    for port, taken in premises.moved_ports(environment, given).items():
        voice.say(f"端口 {taken} 有人在用，改用 {port}。")
    premises.keep_settings(data, environment)
    household = Household(data, environment)
    try:
        yield _move_in(data, environment, household, voice)
    finally:
        (data / PLATE).unlink(missing_ok=True)
        household.stop()
        lock.close()


def _move_in(data: Path, environment: dict[str, str], household: Household, voice: Voice) -> House:
    desk = set_up(from_mapping(environment))
    voice.step("起队列服务和模拟电话局")
    _start_queue(data, environment, household)
    _start_exchange(data, environment, household)
    voice.step("备好数据库")
    is_new = _furnish(desk, data)
    voice.step("起电话接口、网页和听写")
    started = desk.now()
    desk.sessions.close()  # no connection may cross a fork
    for name, part in {**SERVERS, "worker": work}.items():
        household.start_part(name, part)
    _wait(household, lambda: _alive(desk, environment) and _model_loaded(desk, since=started), "电话接口、网页或听写")
    _wait(household, lambda: _carrier_knows_us(desk), "模拟电话局")
    pages, sealed = (_local(environment, f"XIANGYIN_{name}_PORT") for name in ("PAGES", "SEALED"))
    return House(data, desk, household, pages, sealed, desk.settings.api_url, is_new)


def _start_queue(data: Path, environment: Mapping[str, str], household: Household) -> None:
    """Our own queue server, unless the technician named one."""
    url = environment["REDIS_URL"]
    if premises.OWN_QUEUE in environment:
        socket = Path(url.removeprefix("unix://"))
        socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        household.start_command("queue", queue_server.command(queue_server.find(), socket, data / "queue"))
    _wait(household, lambda: _answers(Redis.from_url(url)), "队列服务")


def _start_exchange(data: Path, environment: Mapping[str, str], household: Household) -> None:
    port = environment["XIANGYIN_EXCHANGE_PORT"]
    options = {
        "port": port,
        "data": str(data / "exchange"),
        "number": environment["TWILIO_NUMBER"],
        "account-sid": environment["TWILIO_ACCOUNT_SID"],
        "clock-file": str(from_mapping(environment).clock_file),
        "voices": str(seed.EXAMPLE / "calls"),
        "bin": str(seed.EXAMPLE / premises.WHILE_DOWN),
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    words += [word for handset in seed.handsets(seed.EXAMPLE) for word in ("--handset", *handset)]
    household.start_command("exchange", [sys.executable, "-m", "gateway.exchange", "serve", "--real-pauses", *words])
    _wait(household, lambda: _listens(f"http://127.0.0.1:{port}/phone"), "模拟电话局")


def _furnish(desk: Desk, data: Path) -> bool:
    """Bring the database up to date and the example county in; whether it was empty before."""
    schema.upgrade(desk.sessions.engine)
    with desk.sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
        cards = seed.add_people(session, seed.EXAMPLE)
    if cards:
        keep_cards(data, cards)
    return bool(cards)


def _wait(household: Household, ready: Callable[[], bool], what: str) -> None:
    if not wait_until(ready, seconds=READY_WITHIN, watch=household.start_again_what_ended):
        raise CannotStart(f"{what}等了 {READY_WITHIN:.0f} 秒还没有起来，请看数据目录里 log/ 下的记录。")


def _alive(desk: Desk, environment: Mapping[str, str]) -> bool:
    """Our own processes answer at our ports; another house on this machine may have been quicker to take one."""
    ports = ("XIANGYIN_PORT", "XIANGYIN_PAGES_PORT", "XIANGYIN_SEALED_PORT")
    return all(_house_at(f"{_local(environment, port)}/healthz") == desk.settings.house for port in ports)


def _house_at(url: str) -> str | None:
    try:
        house: str | None = httpx.get(url, timeout=2, trust_env=False).json().get("house")
    except (httpx.HTTPError, ValueError):
        return None
    return house


def _model_loaded(desk: Desk, *, since: datetime) -> bool:
    with desk.sessions.reading() as session:
        beats = heartbeat.beats(session)
    return beats.get(heartbeat.MODEL, since) > since


def _carrier_knows_us(desk: Desk) -> bool:
    """It is our own exchange that answers, and it knows now which URLs our number calls."""
    try:
        desk.carrier.set_webhooks(desk.settings.public_url, fallback=desk.settings.fallback_url)
    except ProviderError:
        return False
    return True


def _listens(url: str) -> bool:
    """Whether somebody answers there, whatever the answer."""
    try:
        httpx.get(url, timeout=2, trust_env=False)
    except httpx.HTTPError:
        return False
    return True


def _answers(redis: Redis) -> bool:
    try:
        return bool(redis.ping())
    except RedisError:
        return False


def _local(environment: Mapping[str, str], port: str) -> str:
    return f"http://127.0.0.1:{environment[port]}"


def _as_interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
