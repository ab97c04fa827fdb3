"""Whatever happens to a case, and whenever the clock ticks: past a rung it has exactly one alert in each round."""

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from models.alert import Alert, Notice
from models.casework import clock
from models.deadlines import Clock, due_by
from models.lifecycle import Status
from models.permissions import SYSTEM
from tests.integration.casework.test_no_event_moves_a_date_later import LifeOfACase


class ClimbingLife(LifeOfACase):
    """The same life, whose dates may be put off, and whose officers answer what they are told or do not."""

    def no_date_became_later(self):
        """Here it may."""

    @rule(length=st.sampled_from(["1wd", "5wd", "30d"]))
    def is_put_off(self, length):
        def verb(session, petition):
            if petition.status == Status.HANDLING:
                later = due_by(petition.finish_due_at, Clock.parse(length), self.book.county.calendar)
                about = {"by": SYSTEM, "county": self.book.county, "why": "extension"}
                clock.lengthen(session, petition, later, **about, now=self.book.watch())

        self._try(lambda: self.book.do(self.case, verb))

    @rule(hours=st.sampled_from([1, 7, 30, 200]))
    def time_passes(self, hours):
        self.book.watch.wait(hours=hours)
        self.book.tick()
        self._judge()

    @rule(sender=st.sampled_from(["+8613900009001", "+8613900009000", "+8613900009104", "+8613900009003"]))
    def somebody_answers(self, sender):
        self.book.text("收到", sender=sender)

    def _judge(self):
        case = self.book.case(self.case)
        alerts = Counter((alert.rung, alert.round) for alert in self.book.rows(Alert, petition_id=self.case))
        about = {"assigned": case.unit_id is not None, "now": self.book.watch()}
        for rung in case.turns.due(Status(case.status), frozenset(), **about):
            assert alerts[rung, case.turns.round(rung)] == 1, (rung, case.turns.round(rung))
        assert not alerts or max(alerts.values()) == 1
        told = {notice.alert_id for notice in self.book.rows(Notice, petition_id=self.case)}
        assert {alert.id for alert in self.book.rows(Alert, petition_id=self.case)} == told, "somebody hears of each"
        assert not [one for one in self.book.rows(Notice, petition_id=self.case) if one.answered_at and one.next_at]


def test_every_open_case_past_its_rung_has_exactly_one_alert_for_it_in_each_round(book):
    run_state_machine_as_test(
        type("ClimbingInThisCounty", (ClimbingLife,), {"book": book}),
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
