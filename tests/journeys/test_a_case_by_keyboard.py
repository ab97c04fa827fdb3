"""One whole case with the keyboard alone, from the clerk's sign-in to the answer, as docs/keyboard.md lists it."""

from playwright.sync_api import expect

from tests.browsing import needs_chromium, sitting_at
from tests.by_keyboard import Keys
from tests.casebook import PENSION
from tests.house.project import text_of
from tests.integration.web.office import PASSWORD

pytestmark = needs_chromium
PAPER = "docs/keyboard.md"
FEWEST = 6  # from the queue to a case that is confirmed and with its unit


def sign_in(keys, login):
    keys.page.goto("/sign-in")
    keys.go_to("INPUT", "login")
    keys.type(login)
    keys.go_to("INPUT", "password")
    keys.type(PASSWORD, shown="密码")
    keys.press("Enter")
    expect(keys.page.get_by_role("button", name="退出")).to_be_visible()


def written_down(who):
    """The keys that the paper lists for one of them."""
    part = text_of(PAPER).partition(f"## {who}\n")[2].partition("\n## ")[0]
    return [line.partition("`")[2].partition("`")[0] for line in part.splitlines() if line.startswith("| `")]


def the_clerk_settles_it(page, number):
    """All she pressed, and how much of that from the queue on."""
    keys = Keys(page)
    sign_in(keys, "huawu")
    keys.go_to("A", "审核")
    keys.press("Enter")
    expect(page.get_by_role("link", name=number)).to_be_focused()
    before = len(keys.pressed)
    keys.press("Enter")
    expect(page.get_by_label("核对后的文字")).to_have_value(PENSION)
    keys.press("Control+Enter")
    expect(page.get_by_text("已核稿，交给")).to_be_visible()
    return keys.pressed, len(keys.pressed) - before


def the_cadre_answers_it(page, number):
    keys = Keys(page)
    sign_in(keys, "liuping")
    keys.press("j", "Enter")
    expect(page.get_by_role("heading", name=number)).to_be_visible()
    keys.press("a", "Enter")
    expect(page.get_by_text("已签收")).to_be_visible()
    keys.press("r")
    keys.type("请到镇便民中心三号窗口，带身份证")
    keys.press("Control+Enter")
    expect(page.get_by_text("答复已记下")).to_be_visible()
    return keys.pressed


def test_one_whole_case_goes_from_the_sign_in_to_her_answer_without_a_mouse(chromium, office, spoken):
    number = office.number(spoken)
    with sitting_at(chromium, office) as page:
        clerk, from_the_queue = the_clerk_settles_it(page, number)
    with sitting_at(chromium, office) as page:
        cadre = the_cadre_answers_it(page, number)
    assert office.book.case(spoken).status == "replied"
    assert from_the_queue <= FEWEST
    assert (clerk, cadre) == (written_down("The clerk"), written_down("The cadre"))
