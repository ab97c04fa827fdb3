"""第二步: a technician shows at the sign-in, beside the password, a code of his telephone (TOTP, RFC 6238)."""

import secrets
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.base import DataKey
from models.casework.appointing import PEOPLE
from models.changed import Change
from models.lifecycle import BadInput
from models.people import Authenticator, Officer, SignIn
from models.permissions import Action, Actor
from models.shadow import compact
from models.visible import require_at_all

HALF_MINUTE = 30  # seconds for which a code is shown
WRONG = "验证码不对，或者用过了。请等手机上换一个新的再填。"


def begin(session: Session, *, by: Actor) -> None:
    """Draw the seed his telephone makes codes from; it opens and bars nothing until a first code was shown."""
    require_at_all(by, Action.ADMINISTER)
    if session.get(Authenticator, by.officer_id) is None:
        row = Authenticator(officer_id=by.officer_id, key=DataKey.fresh(session.info["keyring"]))
        row.seed = pyotp.random_base32()
        session.add(row)


def enrol(session: Session, code: str, *, by: Actor, at: datetime, now: datetime) -> None:
    """His telephone has shown its first code: from now on one is asked for. `at`: by the world's clock, which the
    telephone keeps too. Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    row = session.get(Authenticator, by.officer_id)
    if row is None or row.since is not None:
        raise BadInput("form", "这一步已经过去了，请刷新页面再看。")
    _count(row, code, at)
    row.since = now
    session.add(_line(session, row.officer_id, "装上验证器").made(by, now))


def is_asked(session: Session, officer_id: int) -> bool:
    """Whether a code is asked of this officer at the sign-in."""
    row = session.get(Authenticator, officer_id)
    return row is not None and row.since is not None


def check(session: Session, officer_id: int, code: str, *, at: datetime) -> None:
    """It is the code of this half-minute or of one beside it, and it was not shown before. Raises BadInput."""
    row = session.get(Authenticator, officer_id, with_for_update=True)
    if row is not None and row.since is not None:
        _count(row, code, at)


def put_away(session: Session, code: str, *, by: Actor, at: datetime, now: datetime) -> None:
    """He does without, or takes another telephone: by a code of the one he has. Raises BadInput, NotAllowed."""
    require_at_all(by, Action.ADMINISTER)
    officer_id = by.officer_id or 0
    check(session, officer_id, code, at=at)
    _strike(session, officer_id, by=by, now=now)


def lost(session: Session, officer_id: int, *, by: Actor, now: datetime) -> None:
    """A colleague has lost his telephone: he signs in by password and sets up another. Raises BadInput, NotAllowed."""
    require_at_all(by, Action.ADMINISTER)
    if officer_id == by.officer_id:
        raise BadInput("form", "自己的验证器要凭验证码注销；手机丢了，请别的技术员来注销。")
    _strike(session, officer_id, by=by, now=now)
    session.execute(delete(SignIn).where(SignIn.officer_id == officer_id))


def _strike(session: Session, officer_id: int, *, by: Actor, now: datetime) -> None:
    row = session.get(Authenticator, officer_id)
    if row is None:
        raise BadInput("form", "没有验证器，不用注销。")
    key = row.key
    session.delete(row)
    session.flush()
    session.delete(key)
    session.add(_line(session, officer_id, "注销验证器").made(by, now))


def _count(row: Authenticator, code: str, at: datetime) -> None:
    """Of the three half-minutes that pass for a slow clock none passes twice."""
    for away in (0, -1, 1):
        then = at + timedelta(seconds=away * HALF_MINUTE)
        step = int(then.timestamp()) // HALF_MINUTE
        right = secrets.compare_digest(pyotp.TOTP(row.seed).at(then).encode(), compact(code).encode())
        if right and step > row.shown:
            row.shown = step
            return
    raise BadInput("code", WRONG)


def _line(session: Session, officer_id: int, what: str) -> Change:
    return Change(subject=PEOPLE, key=session.get_one(Officer, officer_id).login, what=what)
