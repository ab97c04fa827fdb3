"""用人: who works with the hotline, in which office and role; each change kept with who made it.

Inspectors are set up at the machine alone, by command: whoever may make one from a browser could read every report that
is sealed from then on, and another name for one would undo who is named in a report.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.changed import Change
from models.lifecycle import BadInput
from models.people import Officer, SignIn
from models.permissions import LABELS, Action, Actor, Role
from models.places import Level, Unit
from models.visible import require_at_all

PEOPLE = "officer"  # the subject of the changes
LOGIN = re.compile(r"[a-z][a-z0-9_.-]{1,31}")
LONGEST_NAME = 32


@dataclass(frozen=True)
class Post:
    """Somebody's place: `number` is the phone that gets warnings; `head`: answers for the unit."""

    name: str
    role: str
    unit_id: str
    number: str | None = None
    head: bool = False


def add(session: Session, login: str, post: Post, *, by: Actor, now: datetime) -> tuple[Officer, str]:
    """A new officer and the password drawn for her, which is kept nowhere. Raises BadInput, NotAllowed."""
    password = secrets.token_urlsafe(9)
    return enrol(session, login, post, PasswordHasher().hash(password), by=by, now=now), password


def enrol(session: Session, login: str, post: Post, locked: str, *, by: Actor, now: datetime) -> Officer:
    """A new officer who has no way in until she is given one; `locked` is the digest of a word that nobody knows.
    Raises BadInput, NotAllowed.
    """
    require_at_all(by, Action.ADMINISTER)
    unit = _possible(session, post, by)
    if not LOGIN.fullmatch(login):
        raise BadInput("login", "账号用 2 到 32 个小写字母和数字，字母开头。")
    if session.scalar(select(Officer.id).where(Officer.login == login)) is not None:
        raise BadInput("login", "这个账号有人用过了，请换一个。离开的人的账号不再给别人用。")
    officer = Officer(login=login, name=post.name, role=post.role, unit=unit, number=post.number, head=post.head)
    officer.password_hash = locked
    session.add(officer)
    session.flush()
    session.add(_line(officer, "添加", None, f"{post.name}，{LABELS[Role(post.role)]}，{unit.name}").made(by, now))
    return officer


def change(session: Session, officer_id: int, post: Post, *, seen: int | None = None, by: Actor, now: datetime) -> int:
    """Put her in another place; how many things are otherwise than before. `seen`: the last of her changes that whoever
    wrote this had before him, lest a colleague's be undone unseen. Raises BadInput, NotAllowed.
    """
    officer = _serving(session, officer_id, by)
    if seen is not None and seen != last_change(session, officer):
        raise BadInput("name", "刚才有别人改过这个人，看过下面“改过什么”再改。")
    if officer_id == by.officer_id and post.role != officer.role:
        raise BadInput("role", "自己的岗位要由别的技术员改。")
    before, unit, old = _shown(officer), _possible(session, post, by), officer.number
    officer.name, officer.role, officer.unit = post.name, post.role, unit
    officer.number, officer.head = post.number, post.head
    after = _shown(officer)
    lines = [_line(officer, what, before[what], after[what]) for what in after if after[what] != before[what]]
    if old != post.number:
        lines.append(_line(officer, "电话", None, "换了" if post.number else "去掉了"))
    session.add_all(line.made(by, now) for line in lines)
    return len(lines)


def new_password(session: Session, officer_id: int, *, by: Actor, now: datetime) -> tuple[Officer, str]:
    """Another password, drawn now; whoever is signed in with the old one is out. Raises BadInput, NotAllowed."""
    officer, password = _serving(session, officer_id, by), secrets.token_urlsafe(9)
    officer.password_hash = PasswordHasher().hash(password)
    _out(session, officer)
    session.add(_line(officer, "新密码").made(by, now))
    return officer, password


def end(session: Session, officer_id: int, login: str, *, by: Actor, now: datetime) -> None:
    """She has left: no way in, no warnings; what she did stays hers. Nothing brings her back, so her `login` is written
    out once more. Raises BadInput, NotAllowed.
    """
    officer = _serving(session, officer_id, by)
    if officer_id == by.officer_id:
        raise BadInput("end", "不能停用自己的账号，请别的技术员来停。")
    if login != officer.login:
        raise BadInput("login", "和这个人的账号不一样，没有停用。")
    officer.active = False
    _out(session, officer)
    session.add(_line(officer, "停用").made(by, now))


def revoke(session: Session, officer_id: int, digest: str, *, by: Actor, now: datetime) -> bool:
    """End one browser's sign-in; False where it was over already. Raises BadInput, NotAllowed."""
    officer = _serving(session, officer_id, by)
    sign_in = session.get(SignIn, digest)
    if sign_in is None or sign_in.officer_id != officer_id:
        return False
    session.delete(sign_in)
    session.add(_line(officer, "收回登录").made(by, now))
    return True


def last_change(session: Session, officer: Officer) -> int:
    """The newest change made to her, 0 where none was: changes are only ever added."""
    mine = select(func.max(Change.id)).where(Change.subject == PEOPLE, Change.key == officer.login)
    return session.scalar(mine) or 0


def _serving(session: Session, officer_id: int, by: Actor) -> Officer:
    require_at_all(by, Action.ADMINISTER)
    officer = session.get(Officer, officer_id)
    if officer is None:
        raise BadInput("form", "没有这个人。")
    if officer.role == Role.INSPECTOR:
        raise BadInput("form", "纪检监察人员只能在服务器上用命令管理，网页上改不了。")
    if not officer.active:
        raise BadInput("form", "这个账号已经停用，不能再改。")
    return officer


def _possible(session: Session, post: Post, by: Actor) -> Unit:
    if not 0 < len(post.name) <= LONGEST_NAME:
        raise BadInput("name", f"请写姓名，最多 {LONGEST_NAME} 个字。")
    allowed = {*LABELS} if by.role == Role.SYSTEM else {*LABELS} - {Role.INSPECTOR}
    if post.role not in allowed:
        raise BadInput("role", "请选一个岗位。")
    unit = session.get(Unit, post.unit_id)
    if unit is None:
        raise BadInput("unit", "请选一个单位。")
    if unit.level == Level.DISCIPLINE and post.role != Role.INSPECTOR:
        raise BadInput("unit", "纪检的单位里只有纪检监察人员，由服务器上的命令添加。")
    return unit


def _shown(officer: Officer) -> dict[str, str]:
    return {
        "姓名": officer.name,
        "岗位": LABELS[Role(officer.role)],
        "单位": officer.unit.name,
        "负责人": "是" if officer.head else "不是",
    }


def _out(session: Session, officer: Officer) -> None:
    session.execute(delete(SignIn).where(SignIn.officer_id == officer.id))


def _line(officer: Officer, what: str, before: str | None = None, after: str | None = None) -> Change:
    return Change(subject=PEOPLE, key=officer.login, what=what, before=before, after=after)
