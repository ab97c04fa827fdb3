"""RULE Which status may follow which, and the refusals of casework."""

from enum import StrEnum


class Status(StrEnum):
    RECEIVED = "received"  # 已登记: words or sound are here, nobody has looked at them yet
    ACCEPTED = "accepted"  # 已受理: it is a matter for us; whose it is must still be said
    ASSIGNED = "assigned"  # 已分办: a unit has been asked
    HANDLING = "handling"  # 办理中: the unit has taken it up
    BOUNCED = "bounced"  # 已退单: the unit says it is not its own; a person says whose it is
    PAUSED = "paused"  # 中止: the law stops the clock for a hearing
    REPLIED = "replied"  # 已反馈: the unit has answered; the villager does not know it yet
    REFUSED = "refused"  # 不予受理: answered with the reason why not; she does not know it yet
    TOLD = "told"  # 已告知: she has the answer
    RATED = "rated"  # 已评价: she has said whether it is good
    CLOSED = "closed"  # 已办结
    WITHDRAWN = "withdrawn"  # 已撤回: by her own word
    MERGED = "merged"  # 已并入: the same person's same matter goes on under another number


_BEFORE_AN_ANSWER = frozenset({Status.WITHDRAWN, Status.MERGED})
NEXT: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: _BEFORE_AN_ANSWER | {Status.ACCEPTED, Status.REFUSED},
    Status.ACCEPTED: _BEFORE_AN_ANSWER | {Status.ASSIGNED, Status.REFUSED},
    # Back to ACCEPTED only when the discipline office lets go of what it held.
    Status.ASSIGNED: _BEFORE_AN_ANSWER | {Status.ASSIGNED, Status.HANDLING, Status.BOUNCED, Status.ACCEPTED},
    Status.HANDLING: _BEFORE_AN_ANSWER
    | {Status.ASSIGNED, Status.BOUNCED, Status.PAUSED, Status.REPLIED, Status.ACCEPTED},
    Status.BOUNCED: _BEFORE_AN_ANSWER | {Status.ASSIGNED, Status.REFUSED},
    Status.PAUSED: frozenset({Status.HANDLING, Status.WITHDRAWN}),
    Status.REPLIED: frozenset({Status.TOLD}),
    Status.REFUSED: frozenset({Status.TOLD}),
    Status.TOLD: frozenset({Status.RATED, Status.CLOSED}),
    Status.RATED: frozenset({Status.CLOSED, Status.ASSIGNED}),  # a bad rating opens it again, one level up
    Status.CLOSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.MERGED: frozenset(),
}
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.MERGED})
OPEN = frozenset(Status) - ENDED
UNSHARED = frozenset({Status.RECEIVED, Status.ACCEPTED, Status.BOUNCED})
"""A person must say whose it is."""

UNACCEPTED = frozenset({Status.RECEIVED, Status.ACCEPTED, Status.ASSIGNED, Status.BOUNCED})
"""No unit has taken it up: nobody assigned counts like nobody answering."""

UNANSWERED = UNACCEPTED | {Status.HANDLING}
"""The clock runs and somebody owes her an answer."""

ANSWERED = frozenset({Status.REPLIED, Status.REFUSED})
"""There is an answer, and she does not know it yet."""


class Refusal(Exception):
    """Something that may not be done, in a sentence for the person who tried."""

    status = 409


class ForbiddenMove(Refusal):
    pass


class NotAllowed(Refusal):
    status = 403


class NoSuchPetition(Refusal):
    """Also said of a case this person may not know of: the answer is the same."""

    status = 404


class BadInput(Refusal):
    """A field that cannot be taken as it is. `field` names it for the page."""

    status = 422

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


LABELS = {
    Status.RECEIVED: "已登记",
    Status.ACCEPTED: "已受理，待分办",
    Status.ASSIGNED: "已分办",
    Status.HANDLING: "办理中",
    Status.BOUNCED: "已退单，待改派",
    Status.PAUSED: "依法中止",
    Status.REPLIED: "已反馈，待告知",
    Status.REFUSED: "不予受理，待告知",
    Status.TOLD: "已告知，待评价",
    Status.RATED: "已评价",
    Status.CLOSED: "已办结",
    Status.WITHDRAWN: "已撤回",
    Status.MERGED: "已并入另一件",
}


def require_move(current: Status, wanted: Status) -> None:
    """Raises ForbiddenMove with both names."""
    if wanted not in NEXT[current]:
        raise ForbiddenMove(f"这件事现在是“{LABELS[current]}”，不能直接变成“{LABELS[wanted]}”。")
