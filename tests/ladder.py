"""The ladder as a test looks at it: who was told what, who answers, who has which telephone."""

from sqlalchemy import update

from models.alert import Notice
from models.casework import clock
from models.clock import CHINA
from models.deadlines import Clock, due_by
from models.message import Message, Purpose
from models.people import Officer
from models.permissions import SYSTEM
from models.places import Unit
from tests.casebook import ROAD

C17, T4, COUNTY = "+8613900009017", "+8613900009104", "+8613900009000"
WARNINGS = (Purpose.WARNING, Purpose.SEALED_WARNING)
CLIMBED_BY_AN_ASSIGNED_CASE = [
    "accept_soon", "accept_overdue", "accept_late", "finish_soon", "finish_overdue", "finish_late"
]  # fmt: skip


def told(book):
    """Who was told of each rung first, in the order of the texts."""
    heard = {}
    for message in book.texts_out(*WARNINGS):
        heard.setdefault(message.slots.get("what"), []).append(message.to)
    return {what: list(dict.fromkeys(numbers)) for what, numbers in heard.items()}


def first_texts(book, *, days):
    """Time passes hour by hour, and everybody answers what he is told."""
    for _ in range(24 * days):
        book.watch.wait(hours=1)
        book.tick()
        for message in book.rows(Notice, answered_at=None):
            if message.told_at:
                answer_all(book)
                break


def answer_all(book):
    with book.sessions.writing() as session:
        session.execute(
            update(Notice).where(Notice.told_at.is_not(None)).values(answered_at=book.watch(), next_at=None)
        )


def hear_for(book, *, days):
    for _ in range(days * 8):
        book.watch.wait(hours=3)
        book.tick()


def warned_case(book):
    case = book.spoken_case(ROAD)
    book.watch.wait(days=10)
    book.tick()
    return case


def answered(book, number):
    told_to = {message.id for message in book.texts_out(*WARNINGS) if message.to == number}
    return all(notice.answered_at for notice in book.rows(Notice) if notice.message_id in told_to)


def local(message: Message):
    return message.written_at.astimezone(CHINA)


def put_off(book, case):
    due = due_by(book.case(case).finish_due_at, Clock.parse("5wd"), book.county.calendar)
    about = {"by": SYSTEM, "county": book.county, "why": "extension"}
    book.do(case, lambda s, p: clock.lengthen(s, p, due, **about, now=book.watch()))


def people(book, **officers):
    with book.sessions.writing() as session:
        for login, (unit, number, head) in officers.items():
            row = {"login": login, "name": login, "role": "cadre", "unit_id": unit, "password_hash": "-"}
            session.add(Officer(number=number, head=head, **row))


def leave(book, login):
    with book.sessions.writing() as session:
        session.execute(update(Officer).where(Officer.login == login).values(active=False))


def set_phone(book, unit, number):
    with book.sessions.writing() as session:
        session.execute(update(Unit).where(Unit.id == unit).values(number=number))
