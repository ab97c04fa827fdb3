"""What every answer of the pages carries, and what no form gets past."""

import gzip

import pytest

from gateway.web.protection import HEADERS
from tests.integration.web.office import Browser

PACKED = {"Accept-Encoding": "gzip"}
FORMS = (
    "/sign-in",
    "/sign-out",
    "/village/progress",
    "/counter",
    "/review/1234567",
    "/call-backs/1",
    "/cases/1234567/accept",
    "/cases/1234567/reply",
    "/cases/1234567/close",
    "/cases/1234567/assign",
    "/cases/1234567/outcome",
    "/cases/1234567/outcome/away",
    "/cases/1234567/release",
    "/cases/1234567/words/1",
    "/cases/1234567/bounce",
    "/cases/1234567/extension",
    "/cases/1234567/extension/decided",
    "/cases/1234567/visits",
    "/cases/1234567/pause",
    "/cases/1234567/resume",
    "/cases/1234567/refuse",
    "/cases/1234567/withdraw",
    "/cases/1234567/merge",
    "/cases/1234567/alike",
    "/warnings/1234567",
    "/cases/1234567/sheet",
    "/cases/1234567/press",
    "/cases/1234567/other-number",
    "/prompts/by-phone",
    "/cases/1234567/manner",
    "/publications",
    "/publications/sign",
    "/publications/discard",
    "/prompts/cmn/greet",
    "/prompts/cmn/greet/away",
    "/wordings/ack",
    "/wordings/ack/preview",
    "/admin/people",
    "/admin/people/7",
    "/admin/people/7/password",
    "/admin/people/7/end",
    "/admin/people/7/sign-ins",
    "/admin/closures",
    "/admin/closures/away",
    "/admin/duty",
    "/admin/rules/words",
    "/admin/rules/deadlines/help",
    "/admin/rules/matters/pension",
    "/admin/units/C17",
    "/admin/people/7/second-step",
    "/admin/second-step",
    "/admin/second-step/code",
    "/admin/second-step/away",
    "/sign-in/code",
    "/admin/files/people",
    "/admin/files/duty-phones",
)


def test_these_are_all_the_forms_there_are(office):
    rules = [rule for rule in office.app.url_map.iter_rules() if "POST" in rule.methods]
    assert len(rules) == len(FORMS)


@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_the_pages_own_token_is_refused_on_a_page(office, path):
    for stolen in ("", "forged"):
        answer = office.at("huawu").client.post(path, data={"csrf_token": stolen, "text": "路灯坏了"})
        assert answer.status_code == 400
        assert "没有提交" in answer.text
    assert not office.book.cases()


def test_the_token_of_one_officers_page_is_of_no_use_to_another(office):
    mine, other = office.at("huawu"), office.at("liuping")
    token = mine.read("/counter").split('name="csrf_token" value="')[1].split('"')[0]
    answer = other.client.post("/counter", data={"csrf_token": token, "text": "路灯坏了"})
    assert answer.status_code == 400


def test_every_answer_tells_the_browser_to_load_from_us_only_and_to_keep_nothing(office):
    for path in ("/", "/sign-in", "/counter", "/no-such-page", "/cases/1234567", "/healthz"):
        headers = office.at("huawu").get(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS
        assert headers["Cache-Control"] == "no-store"


def test_the_style_may_be_kept_and_comes_from_us(office):
    browser = office.browser()
    page = browser.read("/sign-in")
    styles = [part.split('"')[0] for part in page.split('rel="stylesheet" href="')[1:]]
    assert len(styles) == 2
    for style in styles:
        with browser.get(style) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "text/css")
            assert "no-store" not in answer.headers["Cache-Control"]


def test_what_never_changes_goes_packed_over_a_slow_line_and_a_page_with_a_secret_in_it_never(office):
    browser = office.browser()
    style = next(part.split('"')[0] for part in browser.read("/sign-in").split('rel="stylesheet" href="')[1:])
    with browser.get(style) as plain, browser.get(style, **PACKED) as packed:
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 5
        assert (packed.headers["Vary"], plain.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
        tag = packed.headers["ETag"]
    with browser.get(style, **PACKED, **{"If-None-Match": tag}) as again:
        assert again.status_code == 304
    assert "Content-Encoding" not in browser.get("/sign-in", **PACKED).headers


def test_the_policy_leaves_no_room_for_a_script_or_style_within_a_page(office):
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "media-src 'self'" in policy
    number = office.number(office.book.text_case("六坪村的路灯不亮<script>alert(1)</script><b style=x>粗</b>"))
    page = office.at("huawu").read(f"/cases/{number}")
    assert "&lt;script&gt;alert(1)" in page
    assert "<b style" not in page
    assert " style=" not in page.replace("&lt;b style=x", "")


def test_cookies_are_signed_with_a_key_made_from_the_secret_and_not_the_secret(office):
    secret = office.desk.settings.secret_key.get_secret_value().encode()
    assert office.app.secret_key not in {secret, secret.decode()}
    assert len(office.app.secret_key) == 64


def test_a_page_that_is_not_there_is_said_to_be_so_in_chinese(office):
    answer = office.at("huawu").get("/no-such-page")
    assert answer.status_code == 404
    assert "没有这一页" in answer.text


def test_a_page_too_many_is_no_trouble(office):
    assert office.at("huawu").get("/?page=99999999999999999999&number=9&status=x").status_code == 200


def test_what_cannot_be_taken_is_said_also_where_the_form_is_no_more_on_the_page(office):
    number = office.number(office.book.text_case("六坪村的路灯不亮"))
    answer = office.at("duban").act(number, "merge", "join", into="不是编号")
    assert answer.status_code == 422
    assert "没有这个编号的事项" in answer.text


def test_a_code_shown_after_too_long_is_refused_in_a_sentence(office):
    answer = Browser(office.sealed_app.test_client()).send("/sign-in/code", "code", on="/sign-in", code="123456")
    assert answer.status_code == 422
    assert "等得太久了" in answer.text


@pytest.mark.parametrize(
    "path", ["/?village=%00", "/cases/%00", "/village/affairs/C17/%00", "/publications/9999999999"]
)
def test_what_no_database_can_be_asked_for_is_not_there(office, path):
    assert office.at("huawu").get(path).status_code == 404
