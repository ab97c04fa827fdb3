"""The example calls and texts, placed through the exchange as a villager would: the very path that real ones take."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.desk import Desk
from gateway.exchange.handset import Exchange
from models.affairs_sheet import by_name, read
from models.casework import publishing
from models.message import Delivery, Message
from models.outbox import OutboxRow, Task
from models.people import Officer
from models.permissions import Actor, Role
from models.petition import CHANNELS, Petition
from models.visible import visible
from worker.front_page import Voice
from worker.house import House
from worker.premises import CannotStart
from worker.seed import EXAMPLE
from worker.showing import case_row
from worker.supervise import Household, wait_until

HEARD_WITHIN = 120.0
LOOKING = Actor(Role.SUPERVISOR)
AFFAIRS = EXAMPLE / "affairs.csv"


@dataclass(frozen=True)
class ExampleCall:
    """A recording of somebody speaking, and what was truly said."""

    sound: Path
    text: str
    phone: str
    village: str


def example_calls(folder: Path = EXAMPLE) -> list[ExampleCall]:
    lines = (folder / "calls" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [ExampleCall(folder / "calls" / row["file"], row["text"], row["phone"], row["village"]) for row in rows]


def place_all(house: House, voice: Voice) -> None:
    """Three villages' affairs made public, then three calls and three texts, waited for until each is in words."""
    number = house.desk.settings.number
    publish_affairs(house.desk)
    with Exchange(house.exchange_url) as exchange:
        voice.step("打三个示例电话")
        place_calls(exchange, number)
        voice.step("发三条示例短信")
        send_texts(exchange, number)
    voice.step("听写、分办、回短信")
    wait_until_settled(house.desk, house.household)


def publish_affairs(desk: Desk) -> None:
    """What three villages have made public, brought by the clerk and signed off by the supervisor."""
    sheet = read(AFFAIRS.name, AFFAIRS.read_bytes(), village=by_name(desk.county.gazetteer))
    with desk.sessions.writing() as session:
        clerk, supervisor = (_somebody(session, role) for role in (Role.CLERK, Role.SUPERVISOR))
        made = publishing.bring(session, sheet.drafts, by=clerk, now=desk.now())
        publishing.sign(session, [one.id for one in made], by=supervisor, now=desk.now())


def _somebody(session: Session, role: Role) -> Actor:
    officers = session.scalars(select(Officer).where(Officer.role == role))
    return officers.one().actor


def place_calls(exchange: Exchange, number: str) -> None:
    """Each caller listens to the greeting, speaks, is asked to go on, and hangs up."""
    for example in example_calls():
        exchange.phone(example.phone).call(number).play(example.sound).listen().hang_up()


def send_texts(exchange: Exchange, number: str) -> None:
    for row in yaml.safe_load((EXAMPLE / "texts.yaml").read_text(encoding="utf-8")):
        exchange.phone(row["from"]).text(row["text"], to=number)


def wait_until_settled(desk: Desk, household: Household) -> None:
    """Until every promise made so far is kept and every text has its receipt. Raises CannotStart after two minutes."""
    if not wait_until(lambda: is_settled(desk), seconds=HEARD_WITHIN, watch=household.start_again_what_ended):
        raise CannotStart("示例来电没有在两分钟内听写完，请看数据目录里 log/worker.log。")


def shown_cases(desk: Desk) -> list[dict[str, Any]]:
    """The cases for the table of the first page, oldest first."""
    with desk.sessions.reading() as session:
        return [_shown(petition) for petition in session.scalars(visible(LOOKING).order_by(Petition.id).limit(20))]


def case_from(desk: Desk, phone: str) -> dict[str, Any]:
    """The newest case from a phone, as the first page shows it. Raises LookupError where there is none."""
    caller = desk.sessions.keyring.hash_number(phone)
    with desk.sessions.reading() as session:
        query = visible(LOOKING).where(Petition.caller_hash == caller).order_by(Petition.id.desc())
        petition = session.scalar(query.limit(1))
        if petition is None:
            raise LookupError("no case from this phone")
        return _shown(petition)


def _shown(petition: Petition) -> dict[str, Any]:
    words = " ".join(statement.words for statement in petition.statements)
    return {**case_row(petition), "words": words, "channel_name": CHANNELS[petition.channel]}


def is_settled(desk: Desk) -> bool:
    """Whether every promise is kept and every text has arrived or failed; a call of ours has hours of its own."""
    with desk.sessions.reading() as session:
        promised = select(OutboxRow.id).where(OutboxRow.settled_at.is_(None), OutboxRow.task != Task.CALL)
        unsent = select(Message.id).where(Message.state.not_in([Delivery.DELIVERED, Delivery.FAILED])).limit(1)
        return session.scalar(promised.limit(1)) is None and session.scalar(unsent) is None
