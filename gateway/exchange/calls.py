"""The life of calls: dialled in by a handset or ordered by the gateway, rung, answered, played, ended and reported."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from gateway.exchange.life import finish, live
from gateway.exchange.line import Line
from gateway.exchange.moves import HangUp, Hush
from gateway.exchange.nouns import Call, Number, Recording, new_sid
from gateway.exchange.office import Office
from gateway.exchange.player import play_documents, whispered
from gateway.exchange.ringing import ring
from gateway.exchange.sound import samples_in
from gateway.exchange.stage import Ended, Redirected, Stage
from gateway.exchange.times import stamp
from gateway.exchange.webhooks import Errand

FINISHED_KEPT = 2000
MACHINE_LISTENS = samples_in(60)
UNFINISHED = ("queued", "ringing", "in-progress")


class NoSuchNumber(Exception):
    """Nobody has that number."""


@dataclass(frozen=True)
class Order:
    """A call the gateway asks for; `document` is an address or the TwiML itself, `timeout` the seconds it may ring."""

    to: str
    from_: str
    document: Errand
    fallback: Errand | None = None
    status_callback: str = ""
    status_callback_method: str = "POST"
    events: str = "completed"
    timeout: float = 60.0
    detect_machine: bool = False


class CallDesk:
    """Every call of this process: those in progress, and the last finished ones with their timelines."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._stages: OrderedDict[str, Stage] = OrderedDict()
        self._news = threading.Condition()

    # looking

    def stage(self, sid: str) -> Stage | None:
        """The call with its line, where this process has played it; legs of a Dial included."""
        with self._news:
            found = self._stages.get(sid)
            return found or next((each.legs[sid] for each in self._stages.values() if sid in each.legs), None)

    def take_call(self, to: str, timeout: float) -> Stage | None:
        """The oldest call that reached this handset and that nobody has taken; None after so many real seconds."""
        with self._news:
            self._news.wait_for(lambda: self._untaken(to), timeout)
            call = next(iter(self._untaken(to)), None)
            if call:
                call.taken = True
            return call

    def _untaken(self, to: str) -> list[Stage]:
        everyone = [leg for stage in self._stages.values() for leg in (stage, *stage.legs.values())]
        return [each for each in everyone if each.call.to == to and each.reached and not each.taken]

    def tell(self) -> None:
        """Someone's handset was reached."""
        with self._news:
            self._news.notify_all()

    # calls in

    def dial_in(self, from_: str, to: str) -> Stage:
        """A handset dials one of our numbers; raises NoSuchNumber."""
        number = self._office.number(to)
        if number is None:
            raise NoSuchNumber
        stage = self._new(Call(new_sid("CA"), from_, to, "inbound", "ringing", "", ""))
        stage.call.status_callback = number.status_callback
        stage.call.status_callback_method = number.status_callback_method
        self._start(stage, lambda: self._run_in(stage, number))
        return stage

    def _run_in(self, stage: Stage, number: Number) -> str:
        stage.line.note("dials", number.phone_number)
        first = Errand(number.voice_url, number.voice_method, stage.params())
        fallback = Errand(number.voice_fallback_url, number.voice_fallback_method)
        return play_documents(stage, first, fallback=fallback if fallback.url else None)

    # calls out

    def dial_out(self, order: Order) -> Stage:
        """The gateway orders a call; it is queued, and rings a moment later."""
        stage = self._new(Call(new_sid("CA"), order.from_, order.to, "outbound-api", "queued", "", ""))
        stage.call.status_callback = order.status_callback
        stage.call.status_callback_method = order.status_callback_method
        stage.call.status_callback_events = order.events
        self._start(stage, lambda: self._run_out(stage, order))
        return stage

    def _run_out(self, stage: Stage, order: Order) -> str:
        stage.report("initiated", CallStatus="initiated")
        stage.line.check()
        stage.call.status = "ringing"
        stage.save()
        stage.report("ringing")
        stage.line.check()
        status = ring(stage, samples_in(order.timeout))
        if status not in {"answered", "machine"}:
            return status
        return self._answered(stage, order, status)

    def _answered(self, stage: Stage, order: Order, status: str) -> str:
        extra = {}
        if status == "machine":
            stage.line.queue([Hush(MACHINE_LISTENS), HangUp()])
        if order.detect_machine:
            stage.call.answered_by = "machine_start" if status == "machine" else "human"
            extra["AnsweredBy"] = stage.call.answered_by
        stage.answer()
        stage.report("answered", **extra)
        document = order.document
        first = Errand(document.url, document.method, stage.params(**extra), document.twiml)
        return play_documents(stage, first, fallback=order.fallback)

    # orders about calls in progress

    def redirect(self, stage: Stage, document: Errand) -> None:
        """Move a call in progress to another document."""
        errand = Errand(document.url, document.method, stage.params(), document.twiml)
        stage.line.interrupt(Redirected(errand))

    def end(self, stage: Stage, status: str) -> None:
        """End a call: `completed` whatever it does, `canceled` only while it is queued or rings."""
        stage.line.interrupt(Ended(status))

    # life and end

    def settle_orphans(self) -> None:
        """Calls that were in progress when the process died are over; say so. Their unfinished recordings are lost."""
        for recording in self._office.ledger.find(Recording, {"status = ?": "in-progress"}):
            recording.status = "absent"
            self._office.ledger.save(recording)
        for status in UNFINISHED:
            for call in self._office.ledger.find(Call, {"status = ?": status}):
                line = Line(self._office.wall.now())
                stage = Stage(self._office, call, line, answered_at=0 if call.start_time else None)
                finish(stage, "failed")

    def _new(self, call: Call) -> Stage:
        now = self._office.wall.now()
        call.date_created = call.date_updated = stamp(now)
        stage = Stage(self._office, call, Line(now), tell=self.tell, whispers=whispered)
        stage.save()
        with self._news:
            self._stages[call.sid] = stage
            while len(self._stages) > FINISHED_KEPT and next(iter(self._stages.values())).line.over:
                self._stages.popitem(last=False)
        return stage

    def _start(self, stage: Stage, run: Callable[[], str]) -> None:
        threading.Thread(target=live, args=(stage, run), daemon=True, name=stage.call.sid).start()
