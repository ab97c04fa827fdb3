"""What happens when a handset is rung: its owner answers, does not, is busy, or a machine answers for her."""

from gateway.exchange.line import HungUp, PickedUp
from gateway.exchange.moves import RINGING
from gateway.exchange.sound import samples_in
from gateway.exchange.stage import Stage

BEHAVIOURS = frozenset({"answer", "no-answer", "busy", "failed", "machine", "ring"})


def ring(leg: Stage, timeout: int) -> str:
    """Ring the leg's telephone for at most `timeout` samples: answered, machine, busy, no-answer or failed.

    "ring" leaves the decision to whoever holds the handset. Raises what interrupts from outside.
    """
    leg.line.note("ringing", leg.call.to)
    telephone = leg.office.telephone(leg.call.to)
    does = leg.office.faults.answered(leg.pair, telephone.when_called)
    if does == "ring":
        return _awaited(leg, timeout)
    if does in {"answer", "machine"}:
        pause = samples_in(telephone.answer_after)
        leg.line.elapse(min(pause, timeout))
        if pause >= timeout:
            return "no-answer"
        return "answered" if does == "answer" else "machine"
    if does == "no-answer":
        leg.line.elapse(timeout)
    return does


def _awaited(leg: Stage, timeout: int) -> str:
    leg.reach()
    until = leg.line.elapsed + timeout
    try:
        while leg.line.elapsed < until:
            leg.line.pass_time(until - leg.line.elapsed, wanted=RINGING)
    except PickedUp:
        return "answered"
    except HungUp as gone:
        if gone.party != leg.party:
            raise
        return "busy"
    return "no-answer"
