"""管理·人员: the technician gives, changes and ends places; every change is kept, no password is."""

import re

import pytest
from sqlalchemy import select

from models.casework.appointing import PEOPLE
from models.changed import Change, changes
from models.people import Officer, SignIn
from models.places import Unit
from tests.integration.web.office import PASSWORD

PEOPLES = "/admin/people"
NEW = {"login": "chenli", "name": "陈丽", "role": "cadre", "unit": "C17", "phone": "13900009055"}
GIVEN = re.compile(r'big-number[^"]*">([^<]+)<')
SEEN = re.compile(r'name="seen" value="(\d+)"')


@pytest.fixture
def technician(office):
    return office.at("jishu")


def officer(office, login):
    with office.book.sessions.reading() as session:
        return session.scalar(select(Officer).where(Officer.login == login))


def page_of(office, login):
    return f"{PEOPLES}/{officer(office, login).id}"


def signed_in(office):
    with office.book.sessions.reading() as session:
        return [row.officer.login for row in session.scalars(select(SignIn))]


def unit_named(office, unit_id):
    with office.book.sessions.reading() as session:
        return session.get_one(Unit, unit_id).name


def kept(office, login):
    with office.book.sessions.reading() as session:
        return [(one.what, one.before, one.after, one.officer_id) for one in changes(session, {PEOPLE}, login)]


def test_somebody_is_added_and_signs_in_with_the_password_that_is_shown_once(office, technician):
    answer = technician.send(PEOPLES, "add", **NEW)
    password = GIVEN.search(answer.text)[1]
    assert answer.status_code == 200
    assert office.browser().sign_in("chenli", password).status_code == 303
    assert password not in technician.read(page_of(office, "chenli"))
    who = office.book.officers["jishu"].officer_id
    assert kept(office, "chenli") == [("添加", None, f"陈丽，干部，{unit_named(office, 'C17')}", who)]
    assert officer(office, "chenli").number == "+8613900009055"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("login", "huawu", "有人用过了"),
        ("login", "陈丽", "小写字母"),
        ("login", "", "小写字母"),
        ("name", "", "请写姓名"),
        ("name", "丽" * 33, "请写姓名"),
        ("role", "inspector", "请选一个岗位"),
        ("role", "system", "请选一个岗位"),
        ("unit", "C99999", "请选一个单位"),
        ("phone", "123", "不像电话号码"),
    ],
)
def test_what_cannot_be_taken_is_red_and_nobody_is_added(office, technician, field, typed, sentence):
    answer = technician.send(PEOPLES, "add", **{**NEW, field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert officer(office, "chenli") is None


def test_another_place_counts_from_the_next_page_and_is_kept_without_the_number(office, technician):
    duban, page = office.at("duban"), page_of(office, "duban")
    fields = {"name": "罗建国", "role": "clerk", "unit": "T4", "phone": "13900009077", "head": "1"}
    assert technician.send(page, "place", **fields).status_code == 303
    assert duban.get("/wordings").status_code == 403
    lines = kept(office, "duban")[:4]
    assert {(what, before, after) for what, before, after, _ in lines} == {
        ("岗位", "督办员", "话务/审核员"),
        ("单位", unit_named(office, "xfj"), unit_named(office, "T4")),
        ("负责人", "不是", "是"),
        ("电话", None, "换了"),
    }
    shown = technician.read(page)
    assert "督办员 → 话务/审核员" in shown
    assert technician.send(page, "place", **fields).status_code == 303
    assert "没有改" in technician.read(page)
    assert kept(office, "duban")[:4] == lines


def test_of_two_who_change_one_person_the_second_first_sees_what_the_first_did(office, technician):
    page = page_of(office, "duban")
    seen = SEEN.search(technician.read(page))[1]
    fields = {"name": "罗建国", "role": "clerk", "unit": "T4", "phone": "", "seen": seen}
    assert technician.send(page, "place", **fields).status_code == 303
    late = technician.send(page, "place", **{**fields, "unit": "T5"})
    assert late.status_code == 422
    assert "刚才有别人改过这个人" in late.text
    assert officer(office, "duban").unit_id == "T4"
    fields["seen"] = SEEN.search(late.text)[1]
    assert technician.send(page, "place", **{**fields, "unit": "T5"}).status_code == 303


def test_a_new_password_puts_the_old_one_and_every_open_browser_out(office, technician):
    clerk = office.at("huawu")
    answer = technician.send(f"{page_of(office, 'huawu')}/password", "password", on=page_of(office, "huawu"))
    password = GIVEN.search(answer.text)[1]
    assert clerk.get("/").status_code == 303
    assert office.browser().sign_in("huawu", PASSWORD).status_code == 422
    assert office.browser().sign_in("huawu", password).status_code == 303
    assert kept(office, "huawu")[0][:3] == ("新密码", None, None)


def test_no_password_that_was_drawn_stands_anywhere_in_the_history(office, technician):
    drawn = GIVEN.search(technician.send(PEOPLES, "add", **NEW).text)[1]
    rows = office.book.rows(Change)
    assert rows
    assert not [row for row in rows if drawn in f"{row.key}{row.what}{row.before}{row.after}"]
    assert not [row for row in rows if "13900009055" in f"{row.key}{row.what}{row.before}{row.after}"]


def test_who_has_left_is_out_at_once_and_stays_on_the_list(office, technician):
    clerk, page = office.at("huawu"), page_of(office, "huawu")
    slip = technician.send(f"{page}/end", "end", on=page, login="duban")
    assert slip.status_code == 422
    assert "没有停用" in slip.text
    assert clerk.get("/").status_code == 200
    assert technician.send(f"{page}/end", "end", on=page, login="huawu").status_code == 303
    assert clerk.get("/").status_code == 303
    assert office.browser().sign_in("huawu").status_code == 422
    assert "已停用" in technician.read(PEOPLES)
    assert technician.send(f"{page}/password", "password", on=PEOPLES).status_code == 422
    assert "给一个新密码" not in technician.read(page)


def test_nobody_ends_herself_or_gives_up_the_keys_of_the_house(office, technician):
    page = page_of(office, "jishu")
    assert technician.send(f"{page}/end", "end", on=page, login="jishu").status_code == 422
    fields = {"name": "技术员", "role": "clerk", "unit": "xfj", "phone": ""}
    answer = technician.send(page, "place", **fields)
    assert answer.status_code == 422
    assert "别的技术员" in answer.text
    assert officer(office, "jishu").active
    assert "停用这个账号" not in technician.read(page)


@pytest.mark.parametrize("what", ["", "/password", "/end", "/sign-ins"])
def test_inspectors_are_set_up_at_the_machine_alone(office, technician, what):
    page, before = page_of(office, "jiwei"), officer(office, "jiwei")
    fields = {"name": "别的名字", "role": "clerk", "unit": "xfj", "phone": ""}
    assert technician.send(f"{page}{what}", "place", on=PEOPLES, **fields).status_code == 422
    after = officer(office, "jiwei")
    assert (after.name, after.role, after.active) == (before.name, before.role, True)
    assert after.password_hash == before.password_hash
    assert "只能在服务器上用命令管理" in technician.read(page)


def test_a_sign_in_is_listed_and_taken_back(office, technician):
    clerk, page = office.at("huawu"), page_of(office, "huawu")
    token = re.search(r'name="token" value="([0-9a-f]{64})"', technician.read(page))[1]
    other = page_of(office, "liuping")
    assert technician.send(f"{other}/sign-ins", "revoke", on=other, token=token).status_code == 303
    assert clerk.get("/").status_code == 200, "not by the page of somebody else"
    assert technician.send(f"{page}/sign-ins", "revoke", on=page, token=token).status_code == 303
    assert clerk.get("/").status_code == 303
    assert "没有登录。" in technician.read(page)
    assert kept(office, "huawu")[0][0] == "收回登录"
    assert technician.send(f"{page}/sign-ins", "revoke", on=page, token=token).status_code == 303
    assert len(kept(office, "huawu")) == 2
    assert signed_in(office) == ["jishu"]


@pytest.mark.parametrize("login", ["huawu", "duban", "liuping"])
def test_nobody_but_the_technician_sees_or_changes_who_works_here(office, login):
    browser, page = office.at(login), page_of(office, "duban")
    assert {browser.get(path).status_code for path in ("/admin", PEOPLES, page)} == {403}
    assert browser.send(PEOPLES, "add", on="/", **NEW).status_code in {400, 403}
    assert "/admin" not in browser.read("/")
    assert officer(office, "chenli") is None


def test_there_is_no_page_for_somebody_who_never_was(technician):
    assert technician.get(f"{PEOPLES}/9999").status_code == 404
