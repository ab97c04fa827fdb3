"""Working days, due moments and the arithmetic a cadre can check."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.deadlines import SHANGHAI, Clock, Due, due, due_by, due_calendar_days, due_minutes, prewarn
from models.workdays import Calendar

PLAIN = Calendar()

# The State Council's notices, copied by hand: days off that are weekdays, and weekend days worked.
OFF = {
    2024: "0101 0212-0216 0404-0405 0501-0503 0610 0916-0917 1001-1004 1007",
    2025: "0101 0128-0131 0203-0204 0404 0501-0502 0505 0602 1001-1003 1006-1008",
    2026: "0101-0102 0216-0220 0223 0406 0501 0504-0505 0619 0925 1001-1002 1005-1007",
}
WORKED = {
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}


def _days(years):
    for year, spans in years.items():
        for span in spans.split():
            first, last = (datetime.strptime(f"{year}{end}", "%Y%m%d").date() for end in (span[:4], span[-4:]))  # noqa: DTZ007  a date has no zone
            yield from (first + timedelta(days=more) for more in range((last - first).days + 1))


HOLIDAYS, MADE_UP = frozenset(_days(OFF)), frozenset(_days(WORKED))


def worked(day):
    return day in MADE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


def at(month, day, hour=12, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def close(month, day, year=2026):
    return at(month, day, 18, year=year)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_a_published_year_is_as_the_notice_has_it(year):
    days = [date(year, 1, 1) + timedelta(days=more) for more in range(366 if year == 2024 else 365)]
    assert [PLAIN.is_working(day).working for day in days] == [worked(day) for day in days]
    assert not any(PLAIN.is_working(day).provisional for day in days)


def test_a_made_up_saturday_counts_and_a_festival_monday_does_not():
    saturday, monday = PLAIN.is_working(date(2026, 2, 14)), PLAIN.is_working(date(2026, 2, 16))
    assert (saturday.working, saturday.why) == (True, "调休上班")
    assert (monday.working, monday.why) == (False, "春节")


def test_a_year_without_a_notice_is_reckoned_by_law_and_says_that_it_may_move():
    festival, sunday, monday = (PLAIN.is_working(date(2027, 1, day)) for day in (1, 3, 4))
    assert (festival.working, festival.provisional, festival.why) == (False, True, "元旦")
    assert (sunday.working, sunday.provisional, sunday.why) == (False, True, "周末")
    assert (monday.working, monday.provisional, monday.why) == (True, True, "工作日")


def test_a_year_no_calendar_knows_is_monday_to_friday():
    assert PLAIN.is_working(date(2250, 10, 1)).working
    assert not PLAIN.is_working(date(2250, 10, 6)).working
    assert PLAIN.is_working(date(2250, 10, 1)).provisional


def test_the_countys_own_notice_goes_before_every_calendar():
    calendar = Calendar({date(2026, 11, 9): False, date(2026, 11, 14): True, date(2027, 1, 4): False})
    closed, opened, next_year = (
        calendar.is_working(day) for day in (date(2026, 11, 9), date(2026, 11, 14), date(2027, 1, 4))
    )
    assert (closed.working, closed.why) == (False, "县里通知放假")
    assert (opened.working, opened.why) == (True, "县里通知上班")
    assert not next_year.provisional


@pytest.mark.parametrize(
    ("start", "days", "end", "provisional"),
    [
        (at(11, 20, 16), 7, close(12, 1), False),
        (at(9, 18), 7, close(9, 29), False),
        (at(12, 10), 15, close(12, 31), False),
        (at(12, 11), 15, close(1, 4, year=2027), True),
        (at(2, 13, 23, 59), 1, close(2, 14), False),
        (at(11, 20, 0), 1, close(11, 23), False),
        (at(11, 21), 1, close(11, 23), False),
    ],
)
def test_a_deadline_ends_at_the_close_of_its_last_working_day(start, days, end, provisional):
    ends = due(start, working_days=days, calendar=PLAIN)
    assert (ends.at, ends.provisional) == (end, provisional)
    assert ends.at.tzinfo is UTC


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2026, 10, 1), timezones=st.just(UTC)),  # noqa: DTZ001  hypothesis adds the zone
    days=st.integers(1, 60),
)
@example(start=datetime(2026, 9, 30, 16, 30, tzinfo=UTC), days=1)  # 0:30 of the next day in Shanghai
def test_a_deadline_is_what_counting_day_by_day_on_the_wall_calendar_gives(start, days):
    day, left = (start + timedelta(hours=8)).date(), days
    while left:
        day += timedelta(days=1)
        left -= worked(day)
    ends = due(start, working_days=days, calendar=PLAIN)
    assert ends.at == datetime.combine(day, time(10), UTC)
    assert len(ends.days) == days
    assert start < prewarn(start, ends) < ends.at


def test_the_close_of_day_can_be_set():
    assert due(at(11, 20), working_days=1, calendar=PLAIN, close=time(17, 30)).at == at(11, 23, 17, 30)


def test_the_arithmetic_names_every_day_it_counts_and_every_day_it_passes_over():
    assert due(at(11, 20, 16), working_days=7, calendar=PLAIN).arithmetic == (
        "2026年11月20日（周五）16:00 收到；7个工作日：11月23日、24日、25日、26日、27日、30日、12月1日；"
        "跳过11月21日、22日、28日、29日周末 → 12月1日（周二）18:00"
    )


def test_the_arithmetic_says_which_weekend_days_are_worked_and_spans_long_festivals():
    assert due(at(2, 13), working_days=2, calendar=PLAIN).arithmetic == (
        "2026年2月13日（周五）12:00 收到；2个工作日：2月14日、24日；跳过2月15日至23日春节；"
        "2月14日调休上班，要算 → 2月24日（周二）18:00"
    )


def test_the_arithmetic_has_nothing_to_say_of_days_off_where_there_are_none():
    told = due(at(11, 23), working_days=1, calendar=PLAIN).arithmetic
    assert told == "2026年11月23日（周一）12:00 收到；1个工作日：11月24日 → 11月24日（周二）18:00"


def test_the_arithmetic_of_a_date_that_may_move_says_so_and_names_the_year():
    told = due(at(12, 31), working_days=1, calendar=PLAIN).arithmetic
    assert "1个工作日：2027年1月4日；" in told
    assert "放假安排还没有公布" in told


def test_danger_runs_on_the_wall_clock_day_and_night():
    ends = due_minutes(at(12, 31, 23, 50), minutes=15)
    assert ends == Due(
        at(1, 1, 0, 5, year=2027).astimezone(UTC),
        provisional=False,
        arithmetic="2026年12月31日（周四）23:50 收到；15分钟（不分昼夜） → 2027年1月1日（周五）00:05",
    )


def test_a_petition_of_the_old_kind_counts_calendar_days_and_rolls_over_a_festival():
    ends = due_calendar_days(at(8, 4), days=60, calendar=PLAIN)
    assert ends.at == close(10, 8)
    assert ends.arithmetic == (
        "2026年8月4日（周二）12:00 收到；60日（自然日）到10月3日，是国庆节，顺延 → 10月8日（周四）18:00"
    )


def test_calendar_days_that_end_on_a_working_day_end_there():
    assert due_calendar_days(at(8, 4), days=6, calendar=PLAIN).at == close(8, 10)


def test_calendar_days_that_end_where_no_notice_is_out_may_move():
    assert due_calendar_days(at(12, 1), days=60, calendar=PLAIN).provisional


@pytest.mark.parametrize(
    ("paper", "end"),
    [
        ("1wd", close(11, 23)),
        ("60d", close(1, 19, year=2027)),
        ("2h", at(11, 20, 14)),
        ("15min", at(11, 20, 12, 15)),
        ("90wmin", at(11, 20, 13, 30)),
        ("480wmin", at(11, 23, 11)),
        ("4wh", at(11, 20, 16)),
        ("immediate", at(11, 20)),
    ],
)
def test_every_length_the_countys_papers_use_has_an_end(paper, end):
    assert due_by(at(11, 20), Clock.parse(paper), PLAIN).at == end


def test_every_deadline_of_the_example_county_can_be_read(taxonomy):
    lengths = [
        value
        for steps in taxonomy.deadline_classes.values()
        for step, value in steps.items()
        if step not in {"clock", "src", "auto_public_warning"} and value != "by_approval"
    ]
    assert len([Clock.parse(length) for length in lengths]) > 20


@pytest.mark.parametrize("paper", ["", "wd", "7", "7 days", "-1wd", "1wd "])
def test_a_length_that_is_none_is_refused(paper):
    with pytest.raises(ValueError, match="not a clock"):
        Clock.parse(paper)


def test_a_deadline_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        due(at(11, 20), working_days=0, calendar=PLAIN)


def test_a_moment_without_a_zone_is_refused():
    naive = at(11, 20).replace(tzinfo=None)
    for reckon in (
        lambda: due(naive, working_days=1, calendar=PLAIN),
        lambda: due_minutes(naive, minutes=1),
        lambda: due_calendar_days(naive, days=1, calendar=PLAIN),
    ):
        with pytest.raises(ValueError, match="aware"):
            reckon()


@pytest.mark.parametrize(
    ("days", "warned"),
    [(1, at(11, 23, 16, 12)), (3, at(11, 25, 12, 36)), (5, at(11, 26, 18)), (7, at(11, 30, 14, 24))],
)
def test_the_unit_is_warned_when_four_fifths_of_the_working_time_are_gone(days, warned):
    start = at(11, 20, 16)
    assert prewarn(start, due(start, working_days=days, calendar=PLAIN)) == warned


def test_on_the_wall_clock_the_warning_comes_after_four_fifths_of_the_minutes():
    start = at(11, 20)
    assert prewarn(start, due_minutes(start, minutes=15)) == at(11, 20, 12, 12)


def test_a_later_call_is_never_due_earlier():
    starts = [at(11, 1) + timedelta(hours=hours) for hours in range(0, 24 * 30, 5)]
    ends = [due(start, working_days=3, calendar=PLAIN).at for start in starts]
    assert ends == sorted(ends)
    assert len(set(ends)) == 23  # the working days that can be day 1, 2 November to 2 December
