"""事项: what its page shows to whom, and what can be done on it in which order."""

import json

import pytest
from sqlalchemy import update

from gateway.web.past import PHRASES
from models.casework import transcript
from models.history import Event
from models.message import Delivery
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.visible import by_id
from tests.casebook import PENSION, REPORT, ROAD, VILLAGER
from tests.integration.web.office import as_seen, field

ANSWER = "已上门办好认证"
UNCONFIRMED = "文字还没有核稿。请先听录音、核对文字，再答复。"


@pytest.fixture
def spoken(office):
    """A spoken case that lies with 六坪村."""
    return office.book.spoken_case(PENSION)


@pytest.fixture
def number(office, spoken):
    return office.number(spoken)


def words_form(office, case):
    return f"words/{office.statement(case).id}", f"words-{office.statement(case).id}"


def test_a_cadre_accepts_confirms_and_answers_and_each_step_is_in_the_history_with_his_name(office, spoken, number):
    cadre = office.at("liuping")
    assert cadre.act(number, "accept").status_code == 303
    assert cadre.act(number, *words_form(office, spoken), text="养老保险到哪里认证").status_code == 303
    assert cadre.act(number, "reply", reply=ANSWER).status_code == 303
    case, page = office.book.case(spoken), cadre.read(f"/cases/{number}")
    assert (case.status, case.reply, case.said) == ("replied", ANSWER, "养老保险到哪里认证")
    assert page.count('<span class="by">冯志芳（六坪村副书记）</span>') == 3
    assert all(PHRASES[event]({}, None) in page for event in (Event.ACCEPTED, Event.CONFIRMED, Event.REPLIED))


def test_while_the_words_are_unconfirmed_the_answer_is_switched_off_with_the_reason_and_refused(office, spoken, number):
    office.book.accept(spoken)
    cadre = office.at("liuping")
    page = cadre.read(f"/cases/{number}")
    assert "<fieldset disabled>" in page
    assert UNCONFIRMED in page
    refused = cadre.act(number, "reply", reply=ANSWER)
    assert refused.status_code == 409
    assert UNCONFIRMED in refused.text
    assert f'href="/cases/{number}"' in refused.text
    assert office.book.case(spoken).status == "handling"


def test_an_answer_too_long_comes_back_at_a_red_field_with_all_that_was_typed(office, spoken, number):
    office.book.accept(spoken)
    office.book.confirm(spoken)
    typed = f"<好>\n“{'长' * 200}”"
    answer = office.at("liuping").act(number, "reply", reply=typed.replace("\n", "\r\n"))
    assert answer.status_code == 422
    assert field(answer.text, "reply") == typed
    assert answer.text.count('aria-invalid="true"') == 1
    assert "请用一两句话写清楚结果" in answer.text


def test_only_the_form_that_was_sent_turns_red(office, spoken, number):
    office.book.ring("CA9")
    with office.desk.sessions.writing() as session:
        again = Statement(petition_id=spoken, key=by_id(session, SYSTEM, spoken).key, channel="voice")
        again.said_at, again.text = office.book.watch(), "还有一件"
        session.add(again)
    first, second = (statement.id for statement in office.book.case(spoken).statements)
    answer = office.at("huawu").act(number, f"words/{second}", f"words-{second}", text=" ")
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 1
    assert f'id="words-{second}-text-wrong"' in answer.text
    assert field(answer.text, "text") == office.book.case(spoken).statements[0].words
    assert first != second


def test_a_clerk_says_which_village_which_matter_and_whose_it_is(office):
    case = office.book.text_case(ROAD)
    number, clerk = office.number(case), office.at("huawu")
    assert clerk.act(number, "assign", unit="T1", category="road", village="C02").status_code == 303
    held_by = office.book.case(case)
    assert (held_by.unit_id, held_by.village_id, held_by.category, held_by.status) == ("T1", "C02", "road", "assigned")


@pytest.mark.parametrize(
    ("wrong", "value", "says"),
    [
        ("unit", "", "请选一个承办单位。"),
        ("category", "", "请选一个事项类别。"),
        ("unit", "X9", "请选一个承办单位。"),
        ("village", "X9", "没有这个村，请重新选。"),
    ],
)
def test_an_assignment_that_cannot_be_taken_keeps_what_was_chosen(office, wrong, value, says):
    number = office.number(office.book.text_case(ROAD))
    chosen = {"unit": "T1", "category": "road", "village": "C02", wrong: value}
    answer = office.at("huawu").act(number, "assign", **chosen)
    assert answer.status_code == 422
    assert says in answer.text
    assert f'id="assign-{wrong}-wrong"' in answer.text
    kept = [value for name, value in chosen.items() if name != wrong]
    assert all(f'value="{value}" selected' in answer.text for value in kept)


def test_the_village_that_sounds_alike_stands_first_and_the_proposal_is_chosen_already(office):
    number = office.number(office.book.spoken_case(PENSION))
    page = office.at("huawu").read(f"/cases/{number}")
    assert '<optgroup label="听起来像">' in page
    assert page.index("听起来像") < page.index('value="C17" selected') < page.index("全县")
    assert 'value="pension" selected' in page


def test_where_nobody_was_asked_yet_the_proposed_office_is_chosen_already(office):
    case = office.book.text_case("我们这里停电了")
    assert office.book.case(case).unit_id is None
    assert 'value="gdgs" selected' in office.at("huawu").read(f"/cases/{office.number(case)}")


def test_once_accepted_a_case_is_no_longer_shown_as_late_in_being_accepted(office, spoken, number):
    office.book.watch.now = office.book.case(spoken).accept_due_at
    assert "超期" in office.at("liuping").read(f"/cases/{number}")
    office.book.accept(spoken)
    assert "超期" not in office.at("liuping").read(f"/cases/{number}")


def test_a_case_that_was_told_is_closed_by_the_clerk(office, spoken, number):
    office.book.confirm(spoken)
    office.book.accept(spoken)
    office.book.reply(spoken)
    clerk = office.at("huawu")
    assert "办结</button>" not in clerk.read(f"/cases/{number}")
    office.book.carrier_says(Delivery.DELIVERED)
    assert clerk.act(number, "close").status_code == 303
    assert office.book.case(spoken).status == "closed"
    assert "没有评价，不算满意" in clerk.read(f"/cases/{number}")


def test_the_discipline_office_lets_a_case_go_and_then_the_clerk_has_it(office):
    case = office.book.text_case(REPORT)
    number, clerk, inspector = office.number(case), office.at("huawu"), office.at("jiwei")
    assert clerk.get(f"/cases/{number}").status_code == 404
    assert "不是举报，放行" in inspector.read(f"/cases/{number}")
    assert inspector.act(number, "release").location == "/"
    assert f"编号 {number} 已放行" in inspector.read("/")
    assert clerk.get(f"/cases/{number}").status_code == 200


def test_what_she_sealed_herself_offers_no_button_to_let_go(office):
    case = office.book.text_case(REPORT)
    with office.desk.sessions.writing() as session:
        session.execute(update(Petition).where(Petition.id == case).values(report=True))
    number, inspector = office.number(case), office.at("jiwei")
    assert "放行" not in inspector.read(f"/cases/{number}")
    assert inspector.act(number, "release").status_code == 409


@pytest.mark.parametrize("login", ["huawu", "duban", "liuping", "shuangcha", "jishu"])
def test_a_held_case_answers_everybody_else_exactly_like_a_number_that_is_not_there(office, login):
    held, browser = office.number(office.book.text_case(REPORT)), office.at(login)
    for tail in ("", "/sound/1"):
        there, not_there = (browser.get(f"/cases/{number}{tail}") for number in (held, "9999999"))
        assert there.status_code == not_there.status_code == 404
        assert as_seen(there.text, held) == as_seen(not_there.text, "9999999")


@pytest.mark.parametrize("what", ["accept", "reply", "close", "release", "assign", "words/1"])
def test_a_form_sent_at_a_held_case_is_answered_like_one_sent_at_none(office, what):
    held, clerk = office.number(office.book.text_case(REPORT)), office.at("huawu")
    there, not_there = (
        clerk.send(f"/cases/{number}/{what}", what, on="/counter", text="x", reply="x") for number in (held, "9999999")
    )
    assert there.status_code == not_there.status_code == 404
    assert as_seen(there.text, held) == as_seen(not_there.text, "9999999")


def test_another_units_case_is_not_there_for_a_cadre(office, number):
    assert office.at("shuangcha").get(f"/cases/{number}").status_code == 404
    assert office.at("liuping").get(f"/cases/{number}").status_code == 200


def test_what_somebody_may_not_do_is_not_offered_and_is_refused(office, number):
    supervisor = office.at("duban")
    page = supervisor.read(f"/cases/{number}")
    assert "现在没有要您办的" in page
    assert page.count("<form") == 1  # the way out
    for what in ("accept", "reply", "close", "release", "assign"):
        assert supervisor.send(f"/cases/{number}/{what}", what, on=f"/cases/{number}").status_code == 403


def test_her_number_is_shown_to_those_who_may_hear_her_and_not_to_the_upper_unit(office):
    case = office.book.text_case(PENSION)
    office.book.assign(case, unit="C29", village="C29")
    number = office.number(case)
    shown = {login: VILLAGER in office.at(login).read(f"/cases/{number}") for login in ("huawu", "duban", "shuangcha")}
    assert shown == {"huawu": True, "duban": True, "shuangcha": False}


def test_the_machines_words_are_marked_unconfirmed_as_demonstration_and_doubtful_ones_underlined(office, spoken):
    words = [["我", 0, 1, 0.9], ["六坪村", 1, 2, 0.69], ["[unk]", 2, 3, 0.1], ["的", 3, 4, 0.7], ["我", 4, 5, 0.2]]
    hear(office, spoken, words, "我是六坪村的，找我。")
    page = office.at("huawu").read(f"/cases/{office.number(spoken)}")
    assert '我是<span class="doubtful">六坪村</span>的，找<span class="doubtful">我</span>。' in page
    assert "未核稿</span> 机器听写" in page
    assert "演示模型听写，只用于演示，对真人语音无效。" in page


def hear(office, case, words, text):
    with office.desk.sessions.writing() as session:
        statement = by_id(session, SYSTEM, case).statements[-1]
        heard = transcript.Heard(json.dumps(words), text, 0.8, "ear", demonstration=True)
        transcript.attach(session, statement, heard, sound="copy", county=office.book.county, now=office.book.watch())


def test_after_the_confirmation_her_words_stand_there_and_the_machines_beside(office, spoken, number):
    office.book.confirm(spoken, "照录音改好的话")
    page = office.at("huawu").read(f"/cases/{number}")
    assert '<p class="words">照录音改好的话</p>' in page
    assert "已核稿，11月23日 09:00" in page
    assert page.index("机器原来听写的") < page.index(PENSION)


def test_a_text_in_her_own_letters_needs_no_confirmation(office):
    page = office.at("huawu").read(f"/cases/{office.number(office.book.text_case(PENSION))}")
    assert "原话，不用核稿" in page
    assert "核稿确认" not in page
    assert "<audio" not in page


def test_a_recording_without_words_says_why_and_can_be_written_down_by_ear(office):
    case = office.book.spoken_case("")
    number, clerk = office.number(case), office.at("huawu")
    assert "有人说话，机器没听懂。" in clerk.read(f"/cases/{number}")
    assert clerk.act(number, *words_form(office, case), text="听不清").status_code == 303
    assert office.book.case(case).confirmed


def test_the_page_shows_how_the_date_was_reckoned_why_it_went_there_and_what_is_provisional(office, spoken, number):
    page = office.at("huawu").read(f"/cases/{number}")
    assert office.book.case(spoken).arithmetic in page
    assert "“六坪村”是羊角乡六坪村" in page
    assert "暂定" not in page
    with office.desk.sessions.writing() as session:
        session.execute(update(Petition).where(Petition.id == spoken).values(provisional=True))
    assert "暂定" in office.at("huawu").read(f"/cases/{number}")


def test_the_whole_story_of_a_case_reads_in_chinese(office, spoken, number):
    book = office.book
    book.listen(spoken)
    book.assign(spoken, category="road")
    book.confirm(spoken)
    book.accept(spoken)
    book.reply(spoken)
    book.carrier_says(Delivery.DELIVERED)
    book.text("3")
    page = office.at("huawu").read(f"/cases/{number}")
    said = [line.split("</span>")[0] for line in page.split('<span class="what">')[1:]]
    assert said[:6] == [
        "收到电话诉求，登记",
        "录下一段话",
        "机器听写完了",
        "分办给羊角乡六坪村",
        "听了录音",
        said[5],
    ]
    assert said[5].startswith("办结期限由11月26日 18:00改为")
    assert said[-3:] == ["群众已知道结果：短信送到了", "群众评价：不满意", "群众不满意，升一级重新办，交羊角乡"]
    assert "群众不满意，已重新办理 1 次。" in page


def test_what_a_clerk_gives_to_the_inspectors_leaves_his_pages(office):
    case = office.book.text_case("六坪村头头家里盖房子的砖是公家的")
    number = office.number(case)
    answer = office.at("huawu").act(number, "assign", unit="jw", category="corruption", village="C17")
    assert answer.location == "/"
    assert office.at("huawu").get(f"/cases/{number}").status_code == 404
    assert office.at("duban").get(f"/cases/{number}").status_code == 404
