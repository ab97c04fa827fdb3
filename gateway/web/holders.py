"""密件台的登录: who holds an opened key, in this process's memory alone. A restart closes every one."""

import secrets
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import pyotp
from sqlalchemy.orm import Session

from gateway.desk import Desk
from gateway.web import sign_ins
from gateway.web.sign_ins import SignedIn
from models.casework import sealing
from models.clock import wall
from models.inspector import InspectorKey
from models.keyring import InspectorsKeyring, Secrets
from models.lifecycle import BadInput
from models.people import Officer
from models.permissions import Role

LASTS = timedelta(hours=8)
TO_SHOW_A_CODE = timedelta(minutes=5)
TRIES = 5  # codes; then the password is asked again
HALF_MINUTE = 30
EXTENSION = "xiangyin-holders"


@dataclass
class AtTheDoor:
    """An inspector whose password was right and who has yet to show a code of her telephone."""

    officer: SignedIn
    key: Secrets
    new: bool  # she has never shown one
    until: datetime
    tries: int = 0

    @property
    def seed(self) -> str:
        """What her telephone makes codes from, as it is typed in."""
        return b32encode(self.key.seed).decode()

    @property
    def address(self) -> str:
        """The same as a telephone reads it from a picture."""
        return pyotp.TOTP(self.seed).provisioning_uri(name=self.officer.name, issuer_name="乡音密件台")

    def code_of(self, now: datetime) -> str:
        return pyotp.TOTP(self.seed).at(now)


@dataclass(frozen=True)
class Holder:
    """An inspector who is in: the officer, and the desk in her hands, which opens what is sealed to her."""

    officer: SignedIn
    desk: Desk
    public: bytes
    until: datetime


@dataclass
class Holders:
    """Everybody at the door and inside, each by the token of her browser."""

    desk: Desk
    door: dict[str, AtTheDoor] = field(default_factory=dict)
    inside: dict[str, Holder] = field(default_factory=dict)
    shown: dict[int, int] = field(
        default_factory=dict
    )  # the half-minute of each inspector's last code: none counts twice
    lock: Lock = field(default_factory=Lock)

    def knock(self, login: str, password: str) -> str:
        """A token for the browser of whoever knows the password. Raises BadInput."""
        officer = sign_ins.proven(self.desk, login, password)
        if officer.actor.role != Role.INSPECTOR:
            raise BadInput("login", "密件台只给纪检监察人员用，请到干部网页登录。")
        key, new = self._key(officer, password)
        token = secrets.token_urlsafe(32)
        with self.lock:
            self.door[token] = AtTheDoor(officer, key, new, wall() + TO_SHOW_A_CODE)
        return token

    def at_the_door(self, token: str | None) -> AtTheDoor | None:
        waits = self.door.get(token or "")
        return waits if waits is not None and waits.until > wall() else None

    def enter(self, token: str, code: str) -> None:
        """She is in from now on, if it is the code of this half-minute or of one beside it. Raises BadInput."""
        waits = self.at_the_door(token)
        if waits is None:
            raise BadInput("code", "等得太久了，请从账号和密码重新开始。")
        if not self._is_fresh(waits, code):
            self._count(token, waits)
            raise BadInput("code", "验证码不对，或者用过了。请等手机上换一个新的再填。")
        holder = Holder(waits.officer, self._desk_of(waits), waits.key.public, wall() + LASTS)
        if waits.new:
            self._enrol(waits)
        with self.lock:
            self.door.pop(token, None)
            self.inside[token] = holder

    def holder(self, token: str | None) -> Holder | None:
        """Whose token this is; None when it is nobody's, too old, or she has left the office."""
        found = self.inside.get(token or "")
        if found is None or found.until <= wall() or not self._serves(found):
            self.leave(token)
            return None
        return found

    def leave(self, token: str | None) -> None:
        with self.lock:
            self.inside.pop(token or "", None)
            self.door.pop(token or "", None)

    def _serves(self, holder: Holder) -> bool:
        with self.desk.sessions.reading() as session:
            key = session.get(InspectorKey, holder.officer.actor.officer_id)
            return key is not None and key.public == holder.public and _is_inspector(key.officer)

    def _key(self, officer: SignedIn, password: str) -> tuple[Secrets, bool]:
        with self.desk.sessions.writing() as session:
            kept = session.get(InspectorKey, officer.actor.officer_id)
            if kept is None:
                return self._fresh_key(session, officer, password), True
            key = Secrets.unlocked(kept.locked, password)
            if key is None:
                raise BadInput("password", "密钥是用从前的密码锁的。记得就请用旧密码；忘了，请技术员注销密钥再登录。")
            return key, kept.enrolled_at is None

    def _fresh_key(self, session: Session, officer: SignedIn, password: str) -> Secrets:
        key = Secrets.fresh()
        row = InspectorKey(officer_id=officer.actor.officer_id, public=key.public, locked=key.locked(password))
        row.made_at = self.desk.now()
        session.add(row)
        session.flush()
        sealing.ask_for_all(session, now=row.made_at)  # what had to wait for a second inspector waits no longer
        return key

    def _is_fresh(self, waits: AtTheDoor, code: str) -> bool:
        """Each half-minute has one code; of the three that pass for a slow clock none passes twice."""
        now, officer_id = wall(), waits.officer.actor.officer_id or 0
        with self.lock:
            for away in (0, -1, 1):
                then = now + timedelta(seconds=away * HALF_MINUTE)
                step = int(then.timestamp()) // HALF_MINUTE
                if secrets.compare_digest(waits.code_of(then).encode(), code.encode()):
                    fresh = step > self.shown.get(officer_id, 0)
                    self.shown[officer_id] = max(step, self.shown.get(officer_id, 0))
                    return fresh
        return False

    def _count(self, token: str, waits: AtTheDoor) -> None:
        waits.tries += 1
        if waits.tries >= TRIES:
            self.leave(token)

    def _enrol(self, waits: AtTheDoor) -> None:
        """Her telephone knows the seed; it is not shown again."""
        with self.desk.sessions.writing() as session:
            session.get_one(InspectorKey, waits.officer.actor.officer_id).enrolled_at = self.desk.now()

    def _desk_of(self, waits: AtTheDoor) -> Desk:
        own = InspectorsKeyring(self.desk.sessions.keyring, waits.officer.actor.officer_id or 0, waits.key)
        return self.desk.in_hands_of(own)


def _is_inspector(officer: Officer) -> bool:
    return officer.active and officer.role == Role.INSPECTOR
