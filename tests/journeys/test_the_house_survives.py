"""A process dies as in a power cut: every call has its case and its transcript, none twice, and no text goes twice."""

import pytest

from worker.examples import example_calls


@pytest.mark.parametrize("victim", ["worker", "queue", "webhooks"])
def test_a_process_that_dies_loses_nothing_and_doubles_nothing(own_village, victim):
    village = own_village
    sounds = [example.sound for example in example_calls()]
    callers = [f"+86139000006{place:02d}" for place in range(6)]
    calls = [village.call(caller).play(sounds[place % 3]) for place, caller in enumerate(callers)]
    for call in calls[:3]:
        call.hang_up()
    village.kill(victim)
    for call in calls[3:]:
        call.hang_up()
    village.wait_for(lambda: all(row.ended_at for row in village.calls()), "every call is settled")
    village.settled()
    assert len(village.cases()) == 6
    for caller in callers:
        assert "你好" in village.case_of(caller).said
        assert len(village.phone(caller).messages) == 1
