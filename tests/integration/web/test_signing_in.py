"""Who comes in, for how long, and what a guesser gets."""

import hashlib
import itertools

import pytest
from flask import session
from sqlalchemy import select, update

from gateway.web.protection import TRIES_OF_AN_ACCOUNT, TRIES_OF_AN_ADDRESS
from models.people import Officer, SignIn
from tests.integration.web.office import Office, as_seen, field, furnish

TRIES = int(TRIES_OF_AN_ACCOUNT.split()[0])
TRIES_FROM_HERE = int(TRIES_OF_AN_ADDRESS.split()[0])
WRONG = "账号或密码不对"


def sign_ins(office):
    with office.desk.sessions.reading() as reading:
        return list(reading.scalars(select(SignIn)))


def test_whoever_is_not_signed_in_is_asked_to_and_then_gets_the_page_he_wanted(office):
    browser = office.browser()
    sent = browser.get("/call-backs?x=1")
    assert (sent.status_code, sent.location) == (303, "/sign-in?next=/call-backs?x%3D1")
    token = browser.sign_in("huawu", to="/call-backs?x%3D1")
    assert token.location == "/call-backs?x=1"


def test_a_page_that_is_not_there_is_not_told_from_one_that_is_before_the_sign_in(office):
    assert office.browser().get("/no-such-page").location.startswith("/sign-in")


def test_a_form_sent_after_the_sign_in_ran_out_leads_to_the_sign_in(office):
    browser = office.at("huawu")
    office.book.watch.wait(hours=13)
    assert browser.client.post("/counter", data={"text": "路灯坏了"}).location == "/sign-in"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/%5Cevil.example", "javascript:alert(1)", "/%0D%0Ax", ""]
)
def test_after_the_sign_in_nobody_is_sent_to_another_machine(office, elsewhere):
    assert office.browser().sign_in("huawu", to=elsewhere).location == "/"


@pytest.mark.parametrize("nowhere", ["/sign-in", "/sign-in/code", "/sign-out", "/no-such-page", "/cases/1/reply"])
def test_after_the_sign_in_nobody_is_sent_where_no_page_is(office, nowhere):
    assert office.browser().sign_in("huawu", to=nowhere).location == "/"


def test_a_wrong_password_is_refused_at_a_red_field_that_keeps_the_login_only(office):
    answer = office.browser().sign_in("huawu", "不对")
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert field(answer.text, "login") == "huawu"
    assert "不对" not in answer.text.replace(WRONG, "").replace("账号或密码不对，请再试一次。", "")
    assert not sign_ins(office)


def test_an_unknown_login_and_one_that_has_left_are_answered_like_a_wrong_password(office):
    wrong = office.browser().sign_in("huawu", "不对").text
    with office.desk.sessions.writing() as writing:
        writing.execute(update(Officer).where(Officer.login == "duban").values(active=False))
    for login in ("nobody", "duban"):
        answer = office.browser().sign_in(login)
        assert answer.status_code == 422
        assert as_seen(answer.text, login) == as_seen(wrong, "huawu")


def test_only_a_digest_of_the_browsers_token_is_kept_and_for_twelve_hours(office):
    browser = office.browser()
    with browser.client:
        browser.sign_in("huawu")
        token = session["sign_in"]
    row = sign_ins(office)[0]
    assert row.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert (row.until - row.since).total_seconds() == 12 * 3600
    office.book.watch.wait(hours=11, minutes=59)
    assert browser.get("/").status_code == 200
    office.book.watch.wait(minutes=1)
    assert browser.get("/").status_code == 303


def test_signing_out_ends_the_sign_in_also_for_whoever_kept_the_cookie(office):
    browser = office.at("huawu")
    cookie = browser.client.get_cookie("xiangyin").value
    assert browser.send("/sign-out", "", on="/counter").location == "/sign-in"
    assert not sign_ins(office)
    thief = office.browser()
    thief.client.set_cookie("xiangyin", cookie)
    assert thief.get("/").status_code == 303


def test_an_officer_who_has_left_is_out_at_once(office):
    browser = office.at("liuping")
    with office.desk.sessions.writing() as writing:
        writing.execute(update(Officer).where(Officer.login == "liuping").values(active=False))
    assert browser.get("/").status_code == 303


def test_sign_ins_that_ran_out_are_swept_away_at_the_next(office):
    office.at("huawu")
    office.book.watch.wait(hours=13)
    office.at("duban")
    assert len(sign_ins(office)) == 1


def test_somebody_who_guesses_an_officers_password_is_stopped_in_a_clear_sentence(office):
    guesser = office.browser()
    assert {guesser.sign_in("huawu", f"guess{n}").status_code for n in range(TRIES)} == {422}
    stopped = guesser.sign_in("huawu")
    assert stopped.status_code == 429
    assert "密码试错的次数太多，请过 15 分钟再试。" in stopped.text
    assert stopped.headers["Retry-After"] == "900"
    assert guesser.sign_in("duban").status_code == 303


def test_somebody_who_guesses_many_officers_from_one_address_is_stopped(office):
    guesser = office.browser()
    logins = itertools.cycle(sorted(office.book.officers))
    for login in itertools.islice(logins, TRIES_FROM_HERE):
        assert guesser.sign_in(login, "x").status_code == 422
    assert guesser.sign_in("huawu").status_code == 429


def test_an_officer_who_signs_in_often_is_not_taken_for_a_guesser(office):
    assert {office.browser().sign_in("huawu").status_code for _ in range(TRIES + 2)} == {303}


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_over_tls_from_the_open_line(book, tmp_path):
    flags = {}
    for url in ("http://127.0.0.1:8080", "https://hotline.example"):
        office = Office(book, furnish(book, tmp_path, XIANGYIN_PUBLIC_URL=url))
        flags[url[:5]] = office.browser().get("/sign-in").headers["Set-Cookie"].split("; ")[1:]
    assert {"HttpOnly", "SameSite=Lax"} <= set(flags["http:"])
    assert "Secure" not in flags["http:"]
    assert {"HttpOnly", "SameSite=Lax", "Secure"} <= set(flags["https"])


def test_in_the_demonstration_the_way_to_the_telephone_is_shown_and_in_production_not(book, tmp_path):
    shown = {
        mode: "http://localhost:8099/phone"
        in Office(book, furnish(book, tmp_path, XIANGYIN_MODE=mode, XIANGYIN_EXCHANGE_PORT="8099"))
        .browser()
        .read("/sign-in")
        for mode in ("demo", "production")
    }
    assert shown == {"demo": True, "production": False}


def test_every_page_says_who_is_signed_in_and_offers_the_way_out(office):
    page = office.at("shuangcha").read("/")
    assert all(words in page for words in ("双汊镇干部", "干部 · 双汊镇", "退出"))
