"""RULE Which status may follow which, and the refusals of casework."""

from enum import StrEnum


class Status(StrEnum):
    RECEIVED = "received"  # 已登记: words or sound are here, nobody has been asked yet
    ASSIGNED = "assigned"  # 已分办: a unit has been asked
    HANDLING = "handling"  # 办理中: the unit has accepted
    REPLIED = "replied"  # 已反馈: the unit has answered; the villager does not know it yet
    TOLD = "told"  # 已告知: she has the answer
    CLOSED = "closed"  # 已办结


NEXT: dict[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.ASSIGNED}),
    Status.ASSIGNED: frozenset({Status.ASSIGNED, Status.HANDLING}),
    Status.HANDLING: frozenset({Status.ASSIGNED, Status.REPLIED}),
    Status.REPLIED: frozenset({Status.TOLD}),
    Status.TOLD: frozenset({Status.CLOSED, Status.ASSIGNED}),  # a bad rating opens it again, one level up
    Status.CLOSED: frozenset(),
}
OPEN = frozenset(Status) - {Status.CLOSED}


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
    Status.ASSIGNED: "已分办",
    Status.HANDLING: "办理中",
    Status.REPLIED: "已反馈，待告知",
    Status.TOLD: "已告知，待评价",
    Status.CLOSED: "已办结",
}


def require_move(current: Status, wanted: Status) -> None:
    """Raises ForbiddenMove with both names."""
    if wanted not in NEXT[current]:
        raise ForbiddenMove(f"这件事现在是“{LABELS[current]}”，不能直接变成“{LABELS[wanted]}”。")
