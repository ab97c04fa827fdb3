"""我想看下账, by telephone: the figures she hears are the figures that were published, to the last line."""

import pytest
from sqlalchemy import select

from gateway.exchange.voices import espeakng_loader
from models.affairs import Kind, Line, Side, largest_first
from models.affairs_sheet import Draft
from models.casework import publishing
from models.people import Officer
from models.permissions import SYSTEM
from models.publication import Hearing
from models.visible import by_id
from tests.spoken_money import fen_said

HERS = "+8613900000017"  # registered in 六坪村
LONG = 300  # seconds: whatever is read is over by then
LINES = (
    Line(Kind.PROJECTS, "修水渠的水泥", Side.SPENT, 3_200_00, "二组用"),
    Line(Kind.ASSETS, "砂石场租金", Side.INCOME, 120_000_00),
    Line(Kind.BENEFITS, "高龄补贴，十七人", Side.SPENT, 10_200_50),
    Line(Kind.VILLAGE, "会议室的灯泡", Side.SPENT, 36_06),
    Line(Kind.PARTY, "七月开了支部党员大会"),
)
speaks = pytest.mark.skipif(espeakng_loader is None, reason="the espeakng-loader wheel is not installed")


@pytest.fixture(scope="module")
def public(village):
    """The accounts of 六坪村 are public for the last quarter; those of no other village are."""
    desk = village.desk
    with desk.sessions.writing() as session:
        officers = {one.login: one.actor for one in session.scalars(select(Officer))}
        (made,) = publishing.bring(session, [Draft("C17", "2026Q3", 2, LINES)], by=officers["huawu"], now=desk.now())
        publishing.sign(session, [made.id], by=officers["duban"], now=desk.now())
    return village


def hearings(village, call):
    with village.desk.sessions.reading() as session:
        row = next(one for one in village.calls() if one.sid == call.sid)
        return [one.line_id for one in session.scalars(select(Hearing).where(Hearing.call_id == row.id))]


def case_of(village, call):
    with village.desk.sessions.reading() as session:
        row = next(one for one in village.calls() if one.sid == call.sid)
        case = by_id(session, SYSTEM, row.petition_id)
        case.said = [statement.words for statement in case.statements]
        return case


def test_the_accounts_of_her_village_are_heard_to_the_end_and_every_figure_is_the_published_one(public):
    call = public.call(HERS).press("3").press("1").press("1").wait(LONG)
    assert call.ended
    totals = next(said for said in call.heard if "第三季度" in said)
    assert "六坪村" in totals
    assert fen_said(totals) == [120_000_00, 13_436_56]
    lines = [said for line in largest_first(LINES) for said in call.heard if line.title in said]
    assert [fen for said in lines for fen in fen_said(said)] == [120_000_00, 10_200_50, 3_200_00, 36_06]
    assert "支部党员大会" in lines[-1]
    assert not any(sign.isdecimal() for said in call.heard for sign in said if "/" not in said)
    assert "账念完了" in call.heard[-2]
    assert len(hearings(public, call)) == 1 + len(LINES)
    assert public.settled().outcome(call) == "answered"


def test_hanging_up_in_the_middle_is_no_case(public):
    call = public.call(HERS).press("3").press("1").press("1").wait(8).hang_up()
    assert public.settled().outcome(call) == "answered"


def test_nine_asks_about_the_line_that_is_being_read(public):
    call = public.call(HERS).press("3").press("1").press("1").press("5").press("9").listen().hang_up()
    case = case_of(public.settled(), call)
    assert case.said == ["问账：羊角乡六坪村2026年第三季度，惠民资金，支出，高龄补贴，十七人，10200元5角。"]
    assert (case.unit_id, case.deadline_class, public.outcome(call)) == ("C17", "ledger", "case")
    assert case.number in public.phone(HERS).last_sms


@speaks
def test_what_she_says_to_it_is_kept_with_it(public):
    call = public.call("+8613900000601").press("3").say("六坪村").press("#").listen()
    assert any("六坪村" in said for said in call.heard)
    call.say("对头").press("#").listen()
    call.press("9").say("水泥为啥子用了这么多").press("#").listen().hang_up()
    assert any("您的编号是" in said for said in call.heard)
    case = case_of(public.settled(), call)
    assert len(case.said) == 2
    assert (case.unit_id, public.outcome(call)) == ("C17", "case")


@speaks
def test_what_is_not_public_is_said_and_chased_where_she_wants_it(public):
    caller = "+8613900000602"
    call = public.call(caller).press("3").say("双汊镇龙洞坪村").press("#").listen()
    assert any("还没有公布" in said for said in call.heard)
    call.press("1").listen().listen().hang_up()
    case = case_of(public.settled(), call)
    assert (case.deadline_class, case.said[0][:4]) == ("ledger_upper", "催公开：")
    assert public.outcome(call) == "case"


@speaks
def test_who_names_a_village_and_hangs_up_at_once_has_a_case(public):
    call = public.call("+8613900000603").press("3").say("六坪村的账").hang_up()
    assert public.settled().outcome(call) in {"case", "answered"}
