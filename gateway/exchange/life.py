"""How a call ends: whatever ended it, its row is settled, what is due is done, and then its end is reported."""

import logging
from collections.abc import Callable

from gateway.exchange.line import HungUp, Interruption
from gateway.exchange.sound import RATE
from gateway.exchange.stage import Ended, Stage
from gateway.exchange.times import stamp
from gateway.exchange.webhooks import Errand, Unanswered

log = logging.getLogger(__name__)


def live(stage: Stage, run: Callable[[], str]) -> None:
    """Play the call to its end, on a thread of its own."""
    try:
        finish(stage, _ended(stage, run))
    finally:
        stage.line.close()


def _ended(stage: Stage, run: Callable[[], str]) -> str:
    try:
        return run()
    except HungUp:
        stage.line.note("hangs up")
    except Ended as ended:
        return ended.status
    except Interruption:
        log.info("a call that was not yet answered cannot be redirected")
    except Exception:
        log.exception("the exchange failed in the middle of a call")
        return "failed"
    return "completed"


def finish(stage: Stage, status: str) -> None:
    """Settle and report the end; a call that was answered is `completed` however it ended."""
    line, call = stage.line, stage.call
    call.status = status if stage.answered_at is None else "completed"
    call.end_time = stamp(line.now)
    call.duration = round((line.elapsed - stage.answered_at) / RATE) if stage.answered_at is not None else 0
    stage.save()
    line.note("ended", call.status)
    _say_farewell(stage)
    line.run_due(all_of_it=True)
    minutes = str(-(-call.duration // 60))
    stage.report("completed", CallDuration=str(call.duration), Duration=minutes)


def _say_farewell(stage: Stage) -> None:
    """The last request to a verb's action: its answer can no longer be played."""
    if stage.farewell is None:
        return
    last = stage.farewell
    try:
        stage.office.courier.fetch(Errand(last.url, last.method, {**last.params, "CallStatus": stage.call.status}))
    except Unanswered as failure:
        stage.line.note("error", f"{failure.code} {failure.url}")
