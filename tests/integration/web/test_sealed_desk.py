"""密件台: a password and a code, keys open in memory alone, and nothing of it on the officers' pages."""

import pytest
from sqlalchemy import select

from models.history import Event
from models.inspector import InspectorKey
from models.keyring import Sealed
from models.people import Officer
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import REPORT
from tests.integration.web.office import Browser


@pytest.fixture
def report(office):
    """A case that is held and sealed to both inspectors; its number."""
    office.at("jiwei")
    office.at("jiwei2")
    case = office.book.text_case(REPORT)
    number = office.number(case)
    office.book.seal(case)
    return number


def at_the_door(office, login="jiwei"):
    browser = Browser(office.sealed_app.test_client())
    browser.sign_in(login)
    return browser


def test_an_inspector_reads_what_the_server_cannot(office, report):
    with office.book.sessions.reading() as session, pytest.raises(Sealed):
        _ = by_id(session, SYSTEM, 1).statements[0].words
    assert REPORT in office.at("jiwei").read(f"/cases/{report}")


def test_an_inspector_notes_another_telephone_of_whoever_reports(office, report):
    answer = office.at("jiwei").act(report, "other-number", "other", phone="13900000102")
    assert answer.status_code == 303
    assert "13900000102" in office.at("jiwei").read(f"/cases/{report}")


def test_with_the_password_alone_nothing_is_seen(office, report):
    browser = at_the_door(office)
    for path in ("/", f"/cases/{report}", "/keys", "/call-backs", "/no-such-page"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６"])
def test_a_wrong_code_is_a_red_field_and_after_five_the_password_is_asked_again(office, code):
    browser = at_the_door(office)
    for _ in range(5):
        answer = browser.send("/sign-in/code", "code", code=code)
        assert answer.status_code == 422
    assert browser.get("/sign-in/code").headers["Location"] == "/sign-in"


def test_no_code_opens_twice(office):
    first, second = at_the_door(office), at_the_door(office)
    page = second.read("/sign-in/code")
    code = page.split("<strong>")[1][:6]
    assert first.send("/sign-in/code", "code", code=code).status_code == 303
    again = second.send("/sign-in/code", "code", code=code)
    assert again.status_code == 422
    assert "用过" in again.text


def test_what_her_telephone_learns_is_shown_the_first_time_only(office):
    assert "data:image/svg+xml" in at_the_door(office).read("/sign-in/code")
    office.at("jiwei")
    assert "data:image/svg+xml" not in at_the_door(office).read("/sign-in/code")


def test_an_inspector_does_not_come_in_where_the_others_do(office):
    answer = office.browser().sign_in("jiwei")
    assert answer.status_code == 422
    assert "密件台" in answer.text


@pytest.mark.parametrize("login", ["huawu", "duban", "liuping", "jishu"])
def test_nobody_else_comes_in_here(office, login):
    answer = Browser(office.sealed_app.test_client()).sign_in(login)
    assert answer.status_code == 422


def test_a_password_that_was_changed_elsewhere_does_not_open_the_key(office):
    office.at("jiwei")
    (key,) = [key for key in _keys(office) if key.locked]
    with office.book.sessions.writing() as session:
        session.get_one(InspectorKey, key.officer_id).locked = key.locked[:-1] + bytes([key.locked[-1] ^ 1])
    answer = Browser(office.sealed_app.test_client()).sign_in("jiwei")
    assert answer.status_code == 422
    assert "旧密码" in answer.text


def test_who_has_left_is_out_at_once(office, report):
    browser = office.at("jiwei")
    with office.book.sessions.writing() as session:
        session.get_one(Officer, office.book.officers["jiwei"].officer_id).active = False
    assert browser.get(f"/cases/{report}").headers["Location"] == "/sign-in"


def test_leaving_closes_the_key_for_whoever_kept_the_cookie(office, report):
    browser = office.at("jiwei")
    kept = browser.client.get_cookie("xiangyin-sealed")
    browser.send("/sign-out", "", on="/")
    browser.client.set_cookie("xiangyin-sealed", kept.value)
    assert browser.get(f"/cases/{report}").headers["Location"] == "/sign-in"


def test_on_the_officers_pages_there_is_no_trace_of_it(office, report):
    for login in ("huawu", "duban", "liuping", "jishu"):
        browser = office.at(login)
        assert browser.get(f"/cases/{report}").status_code == 404
        assert report not in browser.read("/")


def test_a_key_that_is_struck_off_closes_its_door_and_a_colleague_gives_the_next_one_what_it_cannot_open(
    office, report
):
    loser = office.at("jiwei2")
    office.book.lose_key("jiwei2")
    assert loser.get(f"/cases/{report}").headers["Location"] == "/sign-in"
    again = office.again("jiwei2")
    assert again.get(f"/cases/{report}").status_code == 404
    keeper, officer = office.at("jiwei"), office.book.officers["jiwei2"].officer_id
    keeper.send(f"/keys/{officer}", "", on="/keys")
    assert REPORT in again.read(f"/cases/{report}")


def test_the_page_of_keys_says_who_holds_one(office):
    page = office.at("jiwei").read("/keys")
    assert "还没有，请她登录一次" in page
    office.at("jiwei2")
    assert "还没有，请她登录一次" not in office.at("jiwei").read("/keys")


@pytest.fixture
def voice(office):
    """A report by voice, sealed: its case, its number, and where its sound is heard."""
    office.at("jiwei")
    office.at("jiwei2")
    case = office.book.spoken_case("六坪村的 支书 贪污 低保款")
    office.keep_sound(case)
    number, statement = office.number(case), office.statement(case).id
    office.book.seal(case)
    return case, number, f"/cases/{number}/sound/{statement}"


def test_one_inspector_alone_hears_nothing_and_two_together_do(office, voice):
    case, number, sound = voice
    one, two = office.at("jiwei"), office.at("jiwei2")
    assert one.get(sound).status_code == 403
    one.act(number, "opening", reason="words")
    assert one.get(sound).status_code == 403
    two.send(f"/cases/{number}/opening/agreed", "opening-agreed", on=f"/cases/{number}")
    for inspector in (one, two):
        assert inspector.get(sound).status_code == 200
    assert office.book.events(case).count(Event.LISTENED) == 2
    office.book.watch.wait(hours=3)
    assert one.get(sound).status_code == 403


def test_nobody_agrees_with_himself(office, voice):
    _, number, sound = voice
    one = office.at("jiwei")
    one.act(number, "opening", reason="person")
    assert "opening-agreed" not in one.read(f"/cases/{number}")
    answer = one.send(f"/cases/{number}/opening/agreed", "x", on=f"/cases/{number}")
    assert answer.status_code == 403
    assert one.get(sound).status_code == 403


def test_a_wish_without_a_reason_is_a_red_field_and_one_that_nobody_answers_lapses(office, voice):
    _, number, _ = voice
    one, two = office.at("jiwei"), office.at("jiwei2")
    assert one.act(number, "opening", reason="").status_code == 422
    one.act(number, "opening", reason="words")
    assert "同意开封" in two.read(f"/cases/{number}")
    office.book.watch.wait(hours=25)
    assert "同意开封" not in two.read(f"/cases/{number}")
    assert two.send(f"/cases/{number}/opening/agreed", "x", on=f"/cases/{number}").status_code == 409


def test_who_keeps_out_of_a_case_can_open_it_no_more_and_his_colleague_sees_that_he_did(office, report):
    keeper, other = office.at("jiwei"), office.at("jiwei2")
    assert keeper.act(report, "recusal", ground="").status_code == 422
    keeper.act(report, "recusal", ground="relative")
    assert keeper.get(f"/cases/{report}").status_code == 404
    assert report not in keeper.read("/")
    page = other.read(f"/cases/{report}")
    assert "秦素芬回避：是当事人或者举报人的近亲属" in page
    other.send(f"/keys/{office.book.officers['jiwei'].officer_id}", "", on="/keys")
    assert keeper.get(f"/cases/{report}").status_code == 404, "nobody gives it back to him"


def test_the_last_who_can_open_a_case_cannot_keep_out_of_it_before_a_colleague_can(office, report):
    office.at("jiwei").act(report, "recusal", ground="interest")
    answer = office.at("jiwei2").act(report, "recusal", ground="interest")
    assert answer.status_code == 409
    assert REPORT in office.at("jiwei2").read(f"/cases/{report}")


def _keys(office):
    with office.book.sessions.reading() as session:
        return list(session.scalars(select(InspectorKey)))
