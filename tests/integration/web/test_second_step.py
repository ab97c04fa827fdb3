"""验证器: beside the password a technician shows a code of his telephone; where he has none, 管理 stays shut."""

import re
from datetime import timedelta

import pyotp
import pytest
from click.testing import CliRunner

from models.clock import wall
from models.people import Authenticator
from tests.integration.web.office import Office, furnish
from tests.workshop import SETTINGS
from worker.cli import main

MINE = "/admin/second-step"
SEED = re.compile(r'text-body">([A-Z2-7]+)<')


@pytest.fixture
def technician(office):
    return office.at("jishu")


@pytest.fixture
def telephone(technician):
    """A technician's telephone that has shown its first code."""
    seed = drawn(technician)
    assert technician.send(f"{MINE}/code", "code", on=MINE, code=code_of(seed, -1)).status_code == 303
    return seed


def drawn(technician):
    assert technician.send(MINE, "begin").status_code == 303
    return SEED.search(technician.read(MINE))[1]


def code_of(seed, half_minutes=0):
    return pyotp.TOTP(seed).at(wall() + timedelta(seconds=30 * half_minutes))


def kept(office):
    with office.book.sessions.reading() as session:
        return session.get(Authenticator, office.book.officers["jishu"].officer_id)


def test_until_the_first_code_was_shown_the_password_alone_opens(office, technician):
    seed = drawn(technician)
    assert office.browser().sign_in("jishu").status_code == 303
    wrong = technician.send(f"{MINE}/code", "code", on=MINE, code="000000")
    assert wrong.status_code == 422
    assert seed in wrong.text
    assert kept(office).since is None


def test_then_the_password_leads_to_the_code_and_the_code_in(office, telephone):
    browser = office.browser()
    asked = browser.sign_in("jishu")
    assert asked.status_code == 200
    assert "验证码" in asked.text
    assert browser.get("/admin").status_code == 303, "not in yet"
    entered = answer(browser, asked, code_of(telephone))
    assert entered.status_code == 303
    assert browser.get("/admin").status_code == 200


def answer(browser, page, code, query=""):
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    return browser.client.post(f"/sign-in/code{query}", data={"csrf_token": token, "form": "code", "code": code})


@pytest.mark.parametrize("code", ["000000", "", "一二三四五六"])
def test_a_wrong_code_is_red_and_opens_nothing(office, telephone, code):
    browser = office.browser()
    refused = answer(browser, browser.sign_in("jishu"), code)
    assert refused.status_code == 422
    assert "验证码不对" in refused.text
    assert browser.get("/admin").status_code == 303


def test_no_code_opens_twice(office, telephone):
    code = code_of(telephone)
    first, second = office.browser(), office.browser()
    assert answer(first, first.sign_in("jishu"), code).status_code == 303
    assert answer(second, second.sign_in("jishu"), code).status_code == 422


def test_a_code_without_the_password_before_it_opens_nothing(office, telephone):
    browser = office.browser()
    assert answer(browser, browser.get("/sign-in"), code_of(telephone)).status_code == 422
    assert browser.get("/admin").status_code == 303


def test_whoever_guesses_codes_is_stopped_from_whatever_place(office, telephone):
    browser = office.browser()
    asked = browser.sign_in("jishu")
    tries = [answer(browser, asked, "000000").status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
    assert answer(browser, asked, code_of(telephone)).status_code == 429


def test_after_the_code_he_finds_the_page_he_wanted(office, telephone):
    browser = office.browser()
    asked = browser.sign_in("jishu", to="/ledger")
    assert "next=/ledger" in asked.text
    assert answer(browser, asked, code_of(telephone), "?next=/ledger").location == "/ledger"


def test_nobody_else_is_asked_for_one(office, telephone):
    assert office.browser().sign_in("huawu").status_code == 303


def test_his_own_is_put_away_with_a_code_of_it_alone(office, technician, telephone):
    assert technician.send(f"{MINE}/away", "away", on=MINE, code="000000").status_code == 422
    assert kept(office) is not None
    assert technician.send(f"{MINE}/away", "away", on=MINE, code=code_of(telephone)).status_code == 303
    assert kept(office) is None
    assert office.browser().sign_in("jishu").status_code == 303


def test_a_lost_one_is_struck_off_by_a_colleague_and_the_history_says_so(office, technician, telephone):
    mine = office.book.officers["jishu"].officer_id
    page = f"/admin/people/{mine}"
    assert technician.send(f"{page}/second-step", "lost", on=page).status_code == 422, "not by himself"
    other = technician.send(
        "/admin/people", "add", login="jishu2", name="别的技术员", role="admin", unit="xfj", phone=""
    )
    password = re.search(r'big-number[^"]*">([^<]+)<', other.text)[1]
    colleague = office.browser()
    assert colleague.sign_in("jishu2", password).status_code == 303
    assert "手机丢了" in colleague.read(page)
    assert colleague.send(f"{page}/second-step", "lost", on=page).status_code == 303
    assert kept(office) is None
    assert technician.get("/admin").status_code == 303, "his open browsers are out"
    assert "注销验证器" in colleague.read(page)


def test_in_a_county_that_works_the_house_stays_shut_to_a_password_alone(book, tmp_path):
    office = Office(book, furnish(book, tmp_path, XIANGYIN_MODE="production"))
    technician = office.at("jishu")
    for path in ("/admin", "/admin/people", "/admin/closures", "/admin/duty", "/admin/units", "/admin/files"):
        assert technician.get(path).location == MINE
    sent = technician.send("/admin/people", "add", on=MINE, login="x1", name="谁", role="admin", unit="xfj")
    assert sent.location == MINE
    seed = drawn(technician)
    assert "现在的验证码是" not in technician.read(MINE)
    technician.send(f"{MINE}/code", "code", on=MINE, code=code_of(seed))
    assert technician.get("/admin").status_code == 200
    assert office.at("huawu").get("/admin").status_code == 403


@pytest.mark.parametrize(("login", "ends"), [("jishu", 0), ("huawu", 1), ("nobody", 1)])
def test_where_he_is_the_only_one_the_command_at_the_machine_strikes_it_off(office, telephone, login, ends):
    assert telephone
    environment = {**SETTINGS, "DATABASE_URL": str(office.book.sessions.engine.url)}
    struck = CliRunner(env=environment).invoke(main, ["admin", "lost-key", login])
    assert struck.exit_code == ends, struck.output
    assert (kept(office) is None) is (ends == 0)
