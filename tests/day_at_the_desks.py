"""A day at each desk in a real browser, from the sign-in to the last thing there is to do: on a small county in the
test suite, on one of ten thousand cases in the long proof.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsing import TELEPHONE, WIDER_THAN_ITS_WINDOW, sitting_at
from tests.seeded_county import Seeded
from tests.unit.models.test_picture_kinds import jpeg

WEIGHT = "performance.getEntries().reduce((sum, one) => sum + (one.encodedBodySize || 0), 0)"
"""Bytes of the page and of all it loads, as they come over the line."""

WAITED = "(one => one.responseStart - one.requestStart)(performance.getEntriesByType('navigation')[0])"  # ms


@dataclass
class Day:
    """What was seen of the pages on the way: barriers and broken layouts in words, weights in bytes, waits in ms."""

    county: Seeded
    chromium: object
    amiss: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)

    def sits_down(self, login: str, **how: object):
        return sitting_at(self.chromium, self.county.office, login, **how)

    def looks(self, page: Page, what: str) -> None:
        """At a page that is in front of somebody, all of it: a click ends where the next page only begins to come."""
        page.wait_for_load_state()
        self.weights[what], self.waits[what] = page.evaluate(WEIGHT), page.evaluate(WAITED)
        if page.evaluate(WIDER_THAN_ITS_WINDOW):
            self.amiss.append(f"{what}: wider than its window")
        found = Axe().run(page)
        if found.violations_count:
            self.amiss.append(f"{what}: {found.generate_report()}")

    def number(self, case: int) -> str:
        return self.county.office.number(case)


def clerk(day: Day) -> None:
    """Hears and settles a call from the queue, writes down what somebody says at the counter."""
    with day.sits_down("huawu") as page:
        day.looks(page, "话务：事项")
        page.get_by_role("link", name="审核", exact=True).click()
        day.looks(page, "话务：审核")
        page.goto(f"/review/{day.number(day.county.heard)}")
        day.looks(page, "话务：审核一件")
        page.get_by_role("button", name="确认，看下一件").click()
        expect(page.get_by_text("已核稿").first).to_be_visible()
        page.get_by_role("link", name="代录").click()
        page.get_by_label("群众说的事").fill("路灯坏了，晚上看不见")
        page.get_by_role("button", name="记下").click()
        expect(page.get_by_text("已经记下。编号：")).to_be_visible()
        page.get_by_role("link", name="回电").click()
        day.looks(page, "话务：回电")
        page.get_by_role("link", name="话账").click()
        day.looks(page, "话务：话账")
        _leaves(page)


def village_cadre(day: Day) -> None:
    """With one hand on a telephone: takes it up, hears it, goes there, asks for time, answers."""
    number = day.number(day.county.given)
    with day.sits_down(day.county.cadre) as page:
        page.set_viewport_size(TELEPHONE)
        page.goto("/mine")
        day.looks(page, "村：我的事")
        page.get_by_role("button", name=f"签收 {number}").click()
        expect(page.get_by_text("已签收")).to_be_visible()
        day.looks(page, "村：事项，已签收")
        page.get_by_role("link", name="听一听，核对文字").click()
        page.get_by_role("button", name="核稿确认").click()
        expect(page.get_by_text("文字已核稿。")).to_be_visible()
        _goes_there(page)
        _asks_for_time(page)
        day.looks(page, "村：事项，要答复")
        _answers(page)
        day.looks(page, "村：事项，已答复")
        _leaves(page)


def _goes_there(page: Page) -> None:
    page.get_by_text("记一次走访").click()
    page.get_by_label("去看到了什么").fill("到她家看了，认证没有过期")
    shot = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.get_by_label("照片（可以不附）").set_input_files(files=[shot])
    page.get_by_role("button", name="记下走访").click()
    expect(page.get_by_role("link", name="看照片（JPEG")).to_be_visible()


def _asks_for_time(page: Page) -> None:
    page.get_by_text("办不完，申请延期").click()
    page.get_by_label("为什么").fill("要等县里的系统")
    page.get_by_role("button", name="申请延期").click()
    expect(page.get_by_text("延期申请已交给上一级")).to_be_visible()


def _answers(page: Page) -> None:
    page.get_by_role("link", name="要她来办").click()
    page.get_by_label("办理结果").fill("请到镇便民中心三号窗口，带身份证")
    page.get_by_role("button", name="发出答复").click()
    expect(page.get_by_text("她知道了吗：还不知道。")).to_be_visible()


def unit_head(day: Day) -> None:
    """Grants the village below more time, sends back what is not his."""
    with day.sits_down(day.county.head) as page:
        page.goto("/mine")
        day.looks(page, "乡镇：我的事")
        page.get_by_role("link", name=day.number(day.county.late)).click()
        page.get_by_role("button", name="批准延期").click()
        expect(page.get_by_text("已批准延期")).to_be_visible()
        day.looks(page, "乡镇：事项，已批延期")
        page.get_by_role("link", name="看板").click()
        day.looks(page, "乡镇：看板")
        _leaves(page)


def supervisor(day: Day) -> None:
    """From the board to what is behind a number, the paper to be signed, what he was warned of, the figures."""
    with day.sits_down("duban") as page:
        page.get_by_role("link", name="看板").click()
        day.looks(page, "督办：看板")
        page.locator(".lamps a").nth(1).click()
        expect(page.get_by_text("只看：")).to_be_visible()
        day.looks(page, "督办：数背后的事项")
        page.goto(f"/cases/{day.number(day.county.late)}")
        page.get_by_role("link", name="督办单").click()
        day.looks(page, "督办：督办单")
        page.get_by_role("link", name="预警").click()
        day.looks(page, "督办：预警")
        heard = page.get_by_role("button", name="收到")
        if heard.count():
            heard.first.click()
            expect(page.get_by_text("记下了，不再发短信提醒")).to_be_visible()
        page.get_by_role("link", name="数据").click()
        day.looks(page, "督办：数据")
        _leaves(page)


def inspector(day: Day) -> None:
    """At the door of her own, with a code: reads a report, takes it up, says what came of it; nobody else has it."""
    number = day.number(day.county.report)
    with day.sits_down("jiwei") as page:
        day.looks(page, "纪检：事项")
        page.get_by_label("编号").fill(number)
        page.get_by_role("button", name="查找").click()
        page.get_by_role("link", name=number).click()
        day.looks(page, "纪检：一件举报")
        page.get_by_role("button", name="签收").click()
        expect(page.get_by_text("已签收")).to_be_visible()
        page.get_by_label("办理结果").fill("已经立案，会有人告诉您")
        page.get_by_role("button", name="发出答复").click()
        expect(page.get_by_text("答复已记下")).to_be_visible()
        for name in ("廉情", "上交", "密钥"):
            page.get_by_role("link", name=name, exact=True).click()
            day.looks(page, f"纪检：{name}")
        _leaves(page)
    with day.sits_down("duban") as page:
        assert page.goto(f"/cases/{number}").status == 404


def administrator(day: Day) -> None:
    """The book of calls, the voices, the words of a text; no case is his to see."""
    with day.sits_down("jishu") as page:
        page.get_by_role("link", name="话账").click()
        day.looks(page, "技术员：话账")
        page.get_by_role("link", name="提示音").click()
        day.looks(page, "技术员：提示音")
        page.get_by_role("link", name="短信模板").click()
        page.locator("main a[href^='/wordings/']").first.click()
        page.get_by_role("button", name="先看看").click()
        expect(page.get_by_text("最长时发出去是这样")).to_be_visible()
        day.looks(page, "技术员：一条模板")
        page.get_by_role("button", name="就这样发").click()
        day.looks(page, "技术员：模板改了")
        assert page.goto(f"/cases/{day.number(day.county.given)}").status == 404
        page.goto("/guide")
        _leaves(page)


ROLES: dict[str, Callable[[Day], None]] = {
    "clerk": clerk,
    "village cadre": village_cadre,
    "unit head": unit_head,
    "supervisor": supervisor,
    "inspector": inspector,
    "administrator": administrator,
}


def _leaves(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("密码")).to_be_visible()
