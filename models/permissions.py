"""RULE Role, action, relation → yes or no. What is not in the table is not allowed."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    CLERK = "clerk"  # 话务/审核员
    CADRE = "cadre"  # 干部
    SUPERVISOR = "supervisor"  # 督办员
    INSPECTOR = "inspector"  # 纪检监察
    ADMIN = "admin"  # 技术员
    SYSTEM = "system"  # the worker's own duties


LABELS = {
    Role.CLERK: "话务/审核员",
    Role.CADRE: "干部",
    Role.SUPERVISOR: "督办员",
    Role.INSPECTOR: "纪检监察",
    Role.ADMIN: "技术员",
}


class Relation(StrEnum):
    """How an officer stands to a case. HELD wins over all: it is or may be a report."""

    OWN = "own"  # with the officer's own unit
    BELOW = "below"  # with a unit under the officer's
    OTHER = "other"
    HELD = "held"


class Action(StrEnum):
    READ = "read"
    LISTEN = "listen"
    CONFIRM = "confirm"
    ASSIGN = "assign"
    ACCEPT = "accept"
    REPLY = "reply"
    CLOSE = "close"
    RELEASE = "release"
    BOUNCE = "bounce"  # 退单
    ARBITRATE = "arbitrate"  # the second bounce
    REFUSE = "refuse"  # 不予受理
    WITHDRAW = "withdraw"  # on her own word
    JOIN = "join"  # 并单: the same person's same matter, or one matter of many
    EXTEND = "extend"  # ask for a later date
    GRANT = "grant"  # and say yes or no to it
    PAUSE = "pause"
    VISIT = "visit"  # 走访: what was found there
    ENTER = "enter"  # a case for someone at the counter
    TASKS = "tasks"  # call-backs
    WARNED = "warned"  # to be told that time runs out, and to answer 收到
    SUPERVISE = "supervise"  # 督办单
    ERASE = "erase"  # 依法删除
    BOARD = "board"  # 看板: what is late where
    DISCLOSE = "disclose"  # 本人查阅、复制自己的信息
    CORRECT = "correct"  # 本人更正
    BALANCE = "balance"  # 话账: what became of each call, as numbers alone
    VOICES = "voices"  # the prompts' recordings
    ANNOUNCE = "announce"  # say the prompts on the telephone
    REWORD = "reword"  # 改短信模板
    ADMINISTER = "administer"  # 管理: people, tables, their history
    REVIEW = "review"  # 审核台: what was heard, beside where it goes
    SHOW = "show"  # 公开结果: on the notice board, where she agreed
    PUBLISH = "publish"  # 三务公开: bring a village's affairs, and sign off what another has brought


@dataclass(frozen=True)
class Actor:
    """Who acts: an officer, or the system itself (no officer, no unit)."""

    role: Role
    unit_id: str | None = None
    officer_id: int | None = None


SYSTEM = Actor(Role.SYSTEM)

_CLERK = frozenset(
    {
        Action.READ,
        Action.LISTEN,
        Action.CONFIRM,
        Action.ASSIGN,
        Action.REFUSE,
        Action.WITHDRAW,
        Action.JOIN,
        Action.CLOSE,
        Action.SHOW,
        Action.TASKS,
    }
)
_HANDLER = frozenset(
    {
        Action.READ,
        Action.LISTEN,
        Action.CONFIRM,
        Action.ASSIGN,  # of a township, and only while the case waits there to be shared out
        Action.ACCEPT,
        Action.BOUNCE,
        Action.EXTEND,
        Action.REPLY,
        Action.VISIT,
        Action.TASKS,
    }
)
_ABOVE = frozenset({Action.READ, Action.GRANT})
_SUPERVISOR = frozenset({Action.READ, Action.LISTEN, Action.ARBITRATE, Action.GRANT, Action.PAUSE, Action.SUPERVISE})
_DISCIPLINE = frozenset(
    {Action.READ, Action.LISTEN, Action.CONFIRM, Action.ACCEPT, Action.REPLY, Action.WITHDRAW, Action.TASKS}
)

OF_A_COMMITTEE = frozenset({Action.READ, Action.ACCEPT, Action.REPLY})
"""What the discipline committee of a township may do with a report that the county has handed to it. Her voice, her
number and telling her stay with the county: the members live where she lives.
"""

_RIGHTS = frozenset({Action.ERASE, Action.DISCLOSE, Action.CORRECT})

MAY: dict[tuple[Role, Relation], frozenset[Action]] = {
    (Role.CLERK, Relation.OWN): _CLERK,
    (Role.CLERK, Relation.BELOW): _CLERK,
    (Role.CLERK, Relation.OTHER): _CLERK,
    (Role.CADRE, Relation.OWN): _HANDLER,
    (Role.CADRE, Relation.BELOW): _ABOVE,
    (Role.SUPERVISOR, Relation.OWN): _SUPERVISOR,
    (Role.SUPERVISOR, Relation.BELOW): _SUPERVISOR,
    (Role.SUPERVISOR, Relation.OTHER): _SUPERVISOR,
    (Role.INSPECTOR, Relation.OWN): _DISCIPLINE | {Action.CLOSE, Action.SUPERVISE},
    (Role.INSPECTOR, Relation.HELD): _DISCIPLINE | {Action.CLOSE, Action.RELEASE, Action.REFUSE, Action.SUPERVISE},
    # By number, on a ground of the law or at her own request, and no page shows him a case. Never what is held.
    (Role.ADMIN, Relation.OWN): _RIGHTS,
    (Role.ADMIN, Relation.BELOW): _RIGHTS,
    (Role.ADMIN, Relation.OTHER): _RIGHTS,
    **{(Role.SYSTEM, relation): frozenset(Action) for relation in Relation},
}

MAY_WITHOUT_A_CASE: dict[Role, frozenset[Action]] = {
    Role.CLERK: frozenset(
        {
            Action.ENTER,
            Action.TASKS,
            Action.WARNED,
            Action.BOARD,
            Action.BALANCE,
            Action.PUBLISH,
            Action.REVIEW,
            Action.ANNOUNCE,
        }
    ),
    Role.CADRE: frozenset({Action.ENTER, Action.TASKS, Action.WARNED, Action.BOARD, Action.PUBLISH}),
    Role.SUPERVISOR: frozenset({Action.WARNED, Action.BOARD, Action.BALANCE, Action.REWORD, Action.PUBLISH}),
    Role.INSPECTOR: frozenset({Action.TASKS, Action.WARNED}),
    Role.ADMIN: frozenset({Action.BALANCE, Action.REWORD, Action.VOICES, Action.ANNOUNCE, Action.ADMINISTER}),
    Role.SYSTEM: frozenset(Action),
}


def may(role: Role, action: Action, relation: Relation) -> bool:
    return action in MAY.get((role, relation), frozenset())


def may_at_all(role: Role, action: Action) -> bool:
    """For what touches no case yet, such as entering one."""
    return action in MAY_WITHOUT_A_CASE.get(role, frozenset())


def relation(actor: Actor, *, held: bool, unit_id: str | None, parent_id: str | None) -> Relation:
    """How the actor stands to a case that lies with `unit_id`, whose upper unit is `parent_id`."""
    if held:
        return Relation.HELD
    if unit_id is not None and unit_id == actor.unit_id:
        return Relation.OWN
    if parent_id is not None and parent_id == actor.unit_id:
        return Relation.BELOW
    return Relation.OTHER
