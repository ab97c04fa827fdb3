"""The half-day in which somebody calls back: a working one, near, and with time enough left to keep the promise."""

from datetime import datetime

import pytest

from models.clock import CHINA
from models.halfday import next_half_day
from models.workdays import Calendar


@pytest.mark.parametrize(
    ("now", "name", "until"),
    [
        ((11, 23, 9, 0), "今天上午", (11, 23, 12)),
        ((11, 23, 11, 30), "今天下午", (11, 23, 18)),
        ((11, 23, 17, 30), "明天上午", (11, 24, 12)),
        ((11, 23, 2, 0), "今天上午", (11, 23, 12)),
        ((11, 27, 20, 0), "11月30号上午", (11, 30, 12)),
        ((11, 28, 9, 0), "后天上午", (11, 30, 12)),
    ],
)
def test_the_promise_is_the_first_half_of_a_working_day_that_can_be_kept(now, name, until):
    promised = next_half_day(datetime(2026, *now, tzinfo=CHINA), Calendar())
    assert (promised.name, promised.until) == (name, datetime(2026, *until, tzinfo=CHINA))
