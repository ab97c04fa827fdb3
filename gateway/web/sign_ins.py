"""Sign-ins: who may come in, for how long, and how a browser is known again by a token of which we keep a digest."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gateway.desk import Desk
from gateway.hashing import hashed, matches
from models.lifecycle import BadInput
from models.people import Officer, SignIn
from models.permissions import LABELS, Action, Actor, Relation, Role, may, may_at_all

LASTS = timedelta(hours=12)
TO_SHOW_A_CODE = timedelta(minutes=5)
DOOR = "door"  # in a browser's cookie: whose password was right, and until when his code is waited for


@dataclass(frozen=True)
class SignedIn:
    """The officer at this browser."""

    actor: Actor
    name: str
    role: str
    unit: str

    @property
    def may_enter(self) -> bool:
        """Whether 代录 is among the pages this officer is shown."""
        return may_at_all(self.actor.role, Action.ENTER)

    @property
    def may_handle(self) -> bool:
        """Whether 我的事 is; an inspector's cases lie at the other desk."""
        return self.actor.role != Role.INSPECTOR and may(self.actor.role, Action.ACCEPT, Relation.OWN)

    @property
    def may_be_warned(self) -> bool:
        """Whether 预警 is."""
        return may_at_all(self.actor.role, Action.WARNED)

    @property
    def may_see_the_board(self) -> bool:
        """Whether 看板 is."""
        return may_at_all(self.actor.role, Action.BOARD)

    @property
    def may_publish(self) -> bool:
        """Whether 公开 is."""
        return may_at_all(self.actor.role, Action.PUBLISH)

    @property
    def may_supervise(self) -> bool:
        """Whether each case of his list has its 督办单 beside it."""
        return may(self.actor.role, Action.SUPERVISE, Relation.OTHER)

    @property
    def may_reword(self) -> bool:
        """Whether 短信模板 is."""
        return may_at_all(self.actor.role, Action.REWORD)

    @property
    def may_see_the_book(self) -> bool:
        """Whether 话账 is."""
        return may_at_all(self.actor.role, Action.BALANCE)

    @property
    def may_keep_voices(self) -> bool:
        """Whether 提示音 is."""
        return may_at_all(self.actor.role, Action.VOICES)

    @property
    def may_announce(self) -> bool:
        """Whether 录音 is."""
        return may_at_all(self.actor.role, Action.ANNOUNCE)

    @property
    def may_administer(self) -> bool:
        """Whether 管理 is."""
        return may_at_all(self.actor.role, Action.ADMINISTER)

    @property
    def may_review(self) -> bool:
        """Whether 审核 is."""
        return may_at_all(self.actor.role, Action.REVIEW)

    @property
    def may_call_back(self) -> bool:
        """Whether 回电 is."""
        return may_at_all(self.actor.role, Action.TASKS)


def admitted(desk: Desk, login: str, password: str) -> SignedIn:
    """The officer who knows this password and works at these pages. Raises BadInput."""
    officer = proven(desk, login, password)
    if officer.actor.role == Role.INSPECTOR:
        raise BadInput("login", "纪检监察人员请到密件台登录。")
    return officer


def begin(desk: Desk, officer_id: int) -> str:
    """A fresh token for this officer's browser."""
    token, now = secrets.token_urlsafe(32), desk.now()
    with desk.sessions.writing() as session:
        session.execute(delete(SignIn).where(SignIn.until < now))
        session.add(SignIn(token_digest=_digest(token), officer_id=officer_id, since=now, until=now + LASTS))
    return token


def proven(desk: Desk, login: str, password: str) -> SignedIn:
    """The officer who knows this password. Raises BadInput, after the same time for an unknown login."""
    officer, kept = _known(desk, login)
    if not matches(kept, password) or officer is None:
        raise BadInput("password", "账号或密码不对，请再试一次。")
    return officer


def holder(desk: Desk, token: str | None) -> SignedIn | None:
    """Whose token this is; None when it is nobody's, too old, or its officer has left."""
    if token is None:
        return None
    with desk.sessions.reading() as session:
        sign_in = session.get(SignIn, _digest(token))
        return _signed_in(sign_in, now=desk.now()) if sign_in is not None else None


def end(session: Session, token: str) -> None:
    session.execute(delete(SignIn).where(SignIn.token_digest == _digest(token)))


def _signed_in(sign_in: SignIn, *, now: datetime) -> SignedIn | None:
    officer = sign_in.officer
    return _shown(officer) if officer.active and sign_in.until > now else None


def _known(desk: Desk, login: str) -> tuple[SignedIn | None, str]:
    with desk.sessions.reading() as session:
        officer = session.scalar(select(Officer).where(Officer.login == login, Officer.active))
        return (_shown(officer), officer.password_hash) if officer is not None else (None, _nobodys_hash())


def _shown(officer: Officer) -> SignedIn:
    return SignedIn(officer.actor, officer.name, LABELS[Role(officer.role)], officer.unit.name)


@cache
def _nobodys_hash() -> str:
    return hashed(secrets.token_urlsafe())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
