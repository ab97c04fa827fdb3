"""Inspectors who hold keys, for tests: each with a password, signed in or not."""

from dataclasses import dataclass

from sqlalchemy import select

from gateway.desk import Desk
from models.db import Sessions
from models.inspector import InspectorKey
from models.keyring import InspectorsKeyring, Secrets
from models.people import Officer
from models.permissions import Actor
from worker.front_page import cards

LOGINS = ("jiwei", "jiwei2")


@dataclass(frozen=True)
class Inspector:
    """One of them: who she is, and the database in her hands."""

    actor: Actor
    name: str
    sessions: Sessions


def in_hands_of_one(desk: Desk) -> Sessions:
    """A house's database as its first inspector sees it, by the password on the house's own front page."""
    card = next(card for card in cards(desk.settings.data) if card.login == LOGINS[0])
    with desk.sessions.reading() as session:
        key = session.scalars(select(InspectorKey).join(InspectorKey.officer).where(Officer.login == card.login)).one()
        secrets = Secrets.unlocked(key.locked, card.password)
    return desk.sessions.in_hands_of(InspectorsKeyring(desk.sessions.keyring, key.officer_id, secrets))


def with_keys(book) -> dict[str, Inspector]:
    """Give both example inspectors a key, and each her own view of the database."""
    return {login: with_key(book, login) for login in LOGINS}


def with_key(book, login: str) -> Inspector:
    secrets = Secrets.fresh()
    with book.sessions.writing() as session:
        officer = session.scalars(select(Officer).where(Officer.login == login)).one()
        key = InspectorKey(officer_id=officer.id, public=secrets.public, locked=b"", made_at=book.watch())
        key.enrolled_at = book.watch()
        session.merge(key)
        actor, name = officer.actor, officer.name
    own = InspectorsKeyring(book.sessions.keyring, actor.officer_id, secrets)
    return Inspector(actor, name, book.sessions.in_hands_of(own))
