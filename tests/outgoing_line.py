"""The telephone company's side of our own calls in a test: whom it was asked to ring, and what became of it."""

from sqlalchemy import select

from models.call import Call
from models.casework import calling, dialled, intake
from models.message import Delivery, Message, Purpose
from models.outgoing import CallOut
from tests.casebook import VILLAGER


class Line:
    """The telephone company's side: whom it was asked to ring, and what became of it."""

    def __init__(self, workshop):
        self.workshop, self.book, self.carrier = workshop, workshop.book, workshop.carrier

    @property
    def rung(self):
        return [ring.to for _, ring, _ in self.carrier.rung]

    def order(self):
        return self.book.rows(CallOut)[-1]

    def ends(self, status="no-answer"):
        """The try that rings ends, and whatever follows is begun."""
        order = self.order()
        with self.book.sessions.writing() as session:
            dialled.over(session, order.id, order.turn, status, county=self.book.county, now=self.book.watch())
        self.workshop.work()

    def picked_up(self, sid="CA-out"):
        with self.book.sessions.writing() as session:
            call = dialled.answered(
                session, self.order().id, self.order().turn, sid, provider="twilio", now=self.book.watch()
            )
            return call.id

    def do(self, verb, *about, **more):
        with self.book.sessions.writing() as session:
            verb(session, *about, **more, now=self.book.watch())

    def rings_off(self, *, seconds, caller=VILLAGER, sid="CA1"):
        self.book.ring(sid, caller)
        with self.book.sessions.writing() as session:
            call = intake.find_call(session, "twilio", sid)
            intake.call_ended(session, call, now=self.book.watch(), seconds=seconds)
        self.workshop.work()

    def outcome(self):
        return self.book.rows(Call)[-1].outcome

    def text_in_vain(self):
        """An answer whose text did not arrive is to be read to her."""
        case = self.book.answered_case()
        with self.book.sessions.writing() as session:
            message = session.scalars(select(Message).where(Message.purpose == Purpose.RESULT)).one()
            message.state = Delivery.FAILED
            calling.ask_to_call(session, message, now=self.book.watch())
        self.workshop.work()
        return case
