"""Whatever happens to a case and in whatever order: no date of it becomes later but by the first confirmation."""

from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from models.casework import handling
from models.history import HistoryLine
from models.lifecycle import Refusal
from models.message import Delivery, Purpose
from models.permissions import SYSTEM
from models.tasks import PersonTask
from tests.casebook import MONDAY, PENSION, REPORT, ROAD, Casebook

WORDS = st.sampled_from(
    [PENSION, ROAD, REPORT, "", "三道沟村着火了，快来救人", "八角村停水了，老人娃儿都没水吃", "请问低保怎么办"]
)
CATEGORIES = st.sampled_from(["pension", "road", "consult", "geohazard", "corruption", "collective", "other"])
UNITS = st.sampled_from(["C17", "C25", "T4", "T6", "rsj", "xfj"])


class LifeOfACase(RuleBasedStateMachine):
    """One case, and everything that can happen to it."""

    book: Casebook

    def __init__(self):
        super().__init__()
        self.book.watch.now = self.start = MONDAY
        self.phone = f"+86139{next(self.book.sids):08}"
        self.case = self.book.spoken_case(ROAD, f"CA{next(self.book.sids)}", caller=self.phone)
        self.stands = self.book.case(self.case)

    @rule(words=WORDS)
    def is_heard_again(self, words):
        self.book.hear(self.case, words)

    @rule(unit=UNITS, category=CATEGORIES)
    def is_assigned(self, unit, category):
        self._try(lambda: self.book.assign(self.case, unit=unit, category=category))

    @rule()
    def is_listened_to(self):
        self._try(lambda: self.book.listen(self.case))

    @rule(words=WORDS)
    def is_confirmed(self, words):
        self._try(lambda: self.book.confirm(self.case, words))

    @rule()
    def is_taken_up(self):
        self._as_system(handling.accept)

    @rule()
    def is_answered(self):
        self._as_system(handling.reply, "办好了")

    @rule()
    def is_dealt_with_from_end_to_end(self):
        self.is_confirmed(PENSION)
        self.is_taken_up()
        self.is_answered()
        self.the_carrier_speaks(Delivery.SENT)

    @rule(state=st.sampled_from([Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED]))
    def the_carrier_speaks(self, state):
        mine = [message for message in self.book.texts_out(Purpose.RESULT) if message.petition_id == self.case]
        if mine:
            self.book.carrier_says(state, mine[-1])

    @rule(words=st.sampled_from(["1", "2", "3", "查", "人工", "谢谢"]))
    def she_texts(self, words):
        self.book.text(words, sender=self.phone)

    @rule()
    def is_released(self):
        self._try(lambda: self.book.release(self.case))

    @rule()
    def is_closed(self):
        self._try(lambda: self.book.close(self.case))

    @rule()
    def somebody_calls_her_back(self):
        for task in self.book.rows(PersonTask, petition_id=self.case, done_at=None):
            self._try(lambda task=task: self.book.task_done(task.id))

    @rule(hours=st.sampled_from([1, 7, 30, 200]))
    def time_passes(self, hours):
        self.book.watch.wait(hours=hours)
        self.book.tick()

    @invariant()
    def no_date_became_later(self):
        before, self.stands = self.stands, self.book.case(self.case)
        assert self.stands.received_at == self.start
        if self.stands.category_confirmed and not before.category_confirmed:
            return
        assert self.stands.accept_due_at <= before.accept_due_at
        assert self.stands.finish_due_at <= before.finish_due_at

    @invariant()
    def its_history_is_one_chain(self):
        lines = self.book.rows(HistoryLine, petition_id=self.case)
        assert [line.before for line in lines[1:]] == [line.digest for line in lines[:-1]]

    def _as_system(self, verb, *more):
        self._try(lambda: self.book.do(self.case, lambda s, p: verb(s, p, *more, by=SYSTEM, now=self.book.watch())))

    def _try(self, deed):
        with suppress(Refusal):  # a refusal is an answer too
            deed()


def test_no_sequence_of_events_moves_a_date_later_except_the_first_confirmation(book):
    run_state_machine_as_test(
        type("LifeInThisCounty", (LifeOfACase,), {"book": book}),
        settings=settings(
            max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
