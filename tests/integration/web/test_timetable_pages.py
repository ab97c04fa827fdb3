"""放假 and 值班: an administrator puts a day, a roster, a telephone; what counts from then on, and who it was."""

import re

import pytest

from gateway.papers import Papers
from models.changed import Change
from models.people import Officer
from models.places import Unit
from models.workdays import CLOSED
from worker import seed

CLOSURES, DUTY, UNITS = "/admin/closures", "/admin/duty", "/admin/units"
FORMS = {CLOSURES: "closure", DUTY: "duty"}
A_FRIDAY = "2026-11-27"


def changes(office):
    return [(one.subject, one.key, one.before, one.after) for one in office.book.rows(Change) if one.officer_id]


def put_day(browser, day, works="no"):
    return browser.send(CLOSURES, "closure", day=day, works=works)


def put_roster(browser, shifts):
    was = re.search(r'name="was" value="([^"]*)"', browser.read(DUTY))[1]
    return browser.send(DUTY, "duty", shifts=shifts, was=was)


def test_a_day_off_counts_from_then_on_and_moves_no_date_that_was_given(office):
    case = office.book.text_case("六坪村的路灯不亮")
    due = office.book.case(case).finish_due_at
    browser = office.at("jishu")
    assert put_day(browser, A_FRIDAY).status_code == 303
    page = browser.read(CLOSURES)
    assert f"{A_FRIDAY}</strong> 周五 放假" in page
    assert CLOSED in page
    assert [day.isoformat() for day in office.desk.county.calendar.closures] == [A_FRIDAY]
    assert office.book.case(case).finish_due_at == due
    assert changes(office) == [("closure", A_FRIDAY, "按国家安排", "放假")]


def test_what_was_put_is_taken_away_again_and_both_stay_in_the_history(office):
    browser = office.at("jishu")
    put_day(browser, A_FRIDAY)
    away = browser.send(f"{CLOSURES}/away", "away", on=CLOSURES, day=A_FRIDAY)
    assert away.status_code == 303
    assert not office.desk.county.calendar.closures
    assert "现在没有：全按国家安排" in browser.read(CLOSURES)
    assert [after for *_, after in changes(office)] == ["放假", "按国家安排"]
    assert browser.read(CLOSURES).count("技术员") >= 2


@pytest.mark.parametrize(
    ("day", "works", "said"),
    [
        ("2026-02-31", "no", "请写日期"),
        ("2020-01-02", "no", "今天起两年以内"),
        ("2026-11-28", "no", "本来就放假"),
        ("2026-11-27", "yes", "本来就上班"),
        ("2026-11-27", "perhaps", "请选放假还是上班"),
    ],
)
def test_a_day_that_cannot_be_put_is_said_so_in_red(office, day, works, said):
    answer = put_day(office.at("jishu"), day, works)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{day}"' in answer.text
    assert not changes(office)


def test_another_process_knows_the_day_half_a_minute_later(office):
    other = Papers(office.desk.sessions)
    assert not other.county(now=office.book.watch()).calendar.closures
    put_day(office.at("jishu"), A_FRIDAY)
    assert not other.county(now=office.book.watch()).calendar.closures
    office.book.watch.wait(seconds=30)
    assert other.county(now=office.book.watch()).calendar.closures


def test_the_folder_brought_in_again_takes_nothing_away_that_was_put_here(office):
    put_day(office.at("jishu"), A_FRIDAY)
    put_roster(office.at("jishu"), "00:00-24:00 duban")
    with office.book.sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    office.book.watch.wait(minutes=1)
    assert office.desk.county.calendar.closures
    assert [shift.ring for shift in office.desk.county.calls.duty] == [("duban",)]


def test_a_roster_is_put_and_rings_from_then_on(office):
    browser = office.at("jishu")
    assert "棠溪县信访局" not in browser.read(DUTY)
    assert put_roster(browser, "08:30-18:00 duban xfj\n18:00-08:30 duban").status_code == 303
    assert office.desk.county.calls.on_duty(office.book.watch()) in {("duban", "xfj"), ("duban",)}
    ((subject, _, before, after),) = changes(office)
    assert (subject, after) == ("duty", "08:30-18:00 duban xfj\n18:00-08:30 duban")
    assert before == "08:30-18:00 xfj duban\n18:00-08:30 duban xfj"


@pytest.mark.parametrize(
    ("shifts", "said"),
    [
        ("早上 duban", "第1行：“早上”不是钟点"),
        ("08:30-18:00 duban\n18:00-08:30 nobody C25", "第2行：nobody、C25 没有这个编号，或者没有登记电话"),
        ("08:30-18:00", "第1行：要写 1 到 8 个"),
        ("08:30-18:00 duban\n" * 13, "最多 12 班"),
        ("08:30-18:00 xfj duban\n18:00-08:30 duban xfj", "和原来一样"),
    ],
)
def test_a_roster_that_would_ring_nobody_is_refused_and_stays_typed(office, shifts, said):
    answer = put_roster(office.at("jishu"), shifts)
    assert answer.status_code == 422
    assert said in answer.text
    assert not changes(office)


def test_a_roster_written_over_a_colleagues_is_not_taken_unseen(office):
    browser = office.at("jishu")
    put_roster(browser, "00:00-24:00 duban")
    answer = browser.send(DUTY, "duty", shifts="00:00-24:00 xfj", was="08:30-18:00 xfj duban")
    assert answer.status_code == 422
    assert "刚才有别人改过值班表" in answer.text


def test_no_roster_is_allowed_and_said(office):
    browser = office.at("jishu")
    assert put_roster(browser, "").status_code == 303
    assert "没有排班" in browser.read(DUTY)


def test_a_units_telephone_is_put_and_only_its_end_is_kept_in_the_history(office):
    browser = office.at("jishu")
    page = f"{UNITS}?under=T4"
    assert "六坪村" in browser.read(page)
    sent = browser.send(f"{UNITS}/C17?under=T4", "number-C17", on=page, phone="139 0000 7777")
    assert sent.status_code == 303
    assert [unit.number for unit in office.book.rows(Unit, id="C17")] == ["+8613900007777"]
    assert changes(office) == [("duty_phone", "C17", "尾号 9017", "尾号 7777")]
    same = browser.send(f"{UNITS}/C17?under=T4", "number-C17", on=page, phone="13900007777")
    assert same.status_code == 303
    assert len(changes(office)) == 1


def test_a_number_that_is_none_is_said_beside_its_own_unit(office):
    browser = office.at("jishu")
    answer = browser.send(f"{UNITS}/C17?under=T4", "number-C17", on=f"{UNITS}?under=T4", phone="12")
    assert answer.status_code == 422
    assert answer.text.count("这不像电话号码") == 1
    assert 'id="number-C17-phone-wrong"' in answer.text


def test_where_reports_ring_is_no_administrators_to_say(office):
    browser = office.at("jishu")
    sent = browser.send(f"{UNITS}/jw", "number-jw", on=UNITS, phone="13900007777")
    assert sent.status_code == 422
    assert "不在网页上改" in sent.text
    assert [unit.number for unit in office.book.rows(Unit, id="jw")] == [None]
    assert "jiwei" not in browser.read(DUTY)
    assert "jiwei 没有这个编号" in put_roster(browser, "00:00-24:00 jiwei").text


@pytest.mark.parametrize("path", [f"{UNITS}?under=nowhere", f"{UNITS}?under="])
def test_there_is_no_page_for_a_unit_that_is_not_there(office, path):
    assert office.at("jishu").get(path).status_code == 404


def test_who_has_left_is_no_more_among_those_to_be_named(office):
    with office.book.sessions.writing() as session:
        session.get_one(Officer, office.book.officers["duban"].officer_id).active = False
    page = office.at("jishu").read(DUTY)
    assert "<code>duban</code>" not in page
    assert "duban（没有电话了，打不通）" in page
