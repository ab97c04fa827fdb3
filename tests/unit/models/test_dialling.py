"""Which telephones are called, and when: never abroad, never a number that costs, never at night."""

from datetime import timedelta

import pytest

from models.dialling import Calls, Hours, may_be_called, next_within
from tests.casebook import MONDAY

COUNTY = Calls()
NIGHT = Calls.parse({"hours": ["20:00-06:00"]})


@pytest.mark.parametrize("number", ["+8613900000101", "+8681655500012", "+861062345678"])
def test_an_ordinary_number_of_the_country_is_called(number):
    assert may_be_called(number)


@pytest.mark.parametrize("number", ["+12025550100", "+864001234567", "+869512345678", "+8616812345", "13900000101", ""])
def test_a_number_abroad_or_one_that_costs_is_not_called(number):
    assert not may_be_called(number)


@pytest.mark.parametrize(
    ("now", "then"),
    [("09:00", "09:00"), ("12:00", "14:30"), ("13:10", "14:30"), ("20:00", "次日 08:30"), ("02:00", "08:30")],
)
def test_she_is_called_in_the_countys_hours_and_else_when_they_begin_again(now, then):
    moment = next_within(COUNTY.hours, at(now))
    tomorrow = then.startswith("次日 ")
    assert moment == at(then.removeprefix("次日 ")) + timedelta(days=tomorrow)


def test_hours_may_go_over_midnight():
    assert next_within(NIGHT.hours, at("23:00")) == at("23:00")
    assert next_within(NIGHT.hours, at("05:59")) == at("05:59")
    assert next_within(NIGHT.hours, at("06:00")) == at("20:00")


def test_without_hours_any_hour_will_do():
    assert next_within((), at("03:00")) == at("03:00")


@pytest.mark.parametrize("words", ["", "8-12", "25:00-26:00", "08:30-24:30", "morning"])
def test_what_are_no_hours_is_said_when_the_paper_is_read(words):
    with pytest.raises(ValueError, match="not hours"):
        Hours.parse(words)


@pytest.mark.parametrize("words", ["8:30-18:00", "０８：３０－１８：００", "08:30～18:00", "8:30至18:00"])
def test_hours_are_understood_however_a_keyboard_writes_them(words):
    assert Hours.parse(words).told == "08:30-18:00"


def test_a_county_writes_its_own_pauses_and_its_roster():
    paper = {
        "retry_minutes": [5],
        "duty": [{"hours": "08:30-18:00", "ring": ["xfj", "duban"]}, {"hours": "18:00-08:30", "ring": ["duban"]}],
    }
    calls = Calls.parse(paper)
    assert calls.retries == (timedelta(minutes=5),)
    assert calls.on_duty(at("10:00")) == ("xfj", "duban")
    assert calls.on_duty(at("03:00")) == ("duban",)
    assert COUNTY.on_duty(at("03:00")) is None


def at(hour):
    hours, minutes = map(int, hour.split(":"))
    return MONDAY.replace(hour=hours, minute=minutes)
