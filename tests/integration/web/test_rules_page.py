"""事项、分工和时限: dates with their grounds, whose a kind of matter is, words that corrections taught; what counts
from then on, and what no page changes.
"""

import pytest

from models.casework.ruling import CLASSES, STEPS, is_sealed, length, told
from models.changed import Change
from models.county import papers
from models.places import CountyPaper
from tests.casebook import NEIGHBOUR, VILLAGER
from worker import seed

RULES = "/admin/rules"
HELP, PENSION = f"{RULES}/deadlines/help", f"{RULES}/matters/pension"
NINE_DAYS = {
    "accept": "1",
    "accept-unit": "wd",
    "finish": "9",
    "finish-unit": "wd",
    "ground": "棠溪办发〔2026〕12号第三条",
}
PENSION_WORDS = "六坪村我的养老金一直没有领到"
RATS = (("六坪村的坟山遭瓜瓜鼠打了好多洞", VILLAGER), ("屋后头瓜瓜鼠成群，六坪村的，苗都没了", NEIGHBOUR))


def put_dates(browser, **otherwise):
    return browser.send(HELP, "dates", **NINE_DAYS | otherwise)


def put_kind(browser, path=PENSION, **otherwise):
    return browser.send(path, "kind", on=PENSION, **{"level": "county", "unit": "rsj", "class": "help"} | otherwise)


def decide(browser, answer):
    return browser.send(f"{RULES}/words", "word", on=RULES, word="瓜瓜鼠", category="wildlife", answer=answer)


def changes(office):
    return [(one.subject, one.key, one.before, one.after) for one in office.book.rows(Change) if one.officer_id]


def test_every_class_and_kind_of_the_county_stands_there_with_its_ground(office):
    page = office.at("jishu").read(RULES)
    taxonomy = office.desk.county.taxonomy
    for kind in taxonomy.categories.values():
        assert kind.name in page
    for row in taxonomy.deadline_classes.values():
        assert row["src"].replace('"', "&#34;") in page
    assert "要由本县对照文件定" in page


def test_every_class_and_step_of_the_paper_has_a_chinese_name(tangxi):
    classes = tangxi.taxonomy.deadline_classes
    assert set(classes) <= set(CLASSES)
    dated = {
        step
        for row in classes.values()
        for step in row
        if step not in {"src", "clock", "extend", "auto_public_warning"}
    }
    assert dated <= set(STEPS)


@pytest.mark.parametrize(("paper", "said"), [("3wd", "3个工作日"), ("immediate", "马上"), ("4wh", "4个工作小时")])
def test_a_length_is_said_in_chinese(paper, said):
    assert length(paper) == said


def test_new_dates_count_for_what_comes_from_then_on(office):
    before = office.book.case(office.book.text_case(PENSION_WORDS))
    browser = office.at("jishu")
    assert put_dates(browser).status_code == 303
    row = office.desk.county.taxonomy.deadline_classes["help"]
    assert (row["finish"], row["src"]) == ("9wd", NINE_DAYS["ground"])
    assert NINE_DAYS["ground"] in browser.read(RULES)
    assert 'what">求助、建议 ' in browser.read(RULES)
    assert office.book.case(before.id).finish_due_at == before.finish_due_at
    office.book.county = office.desk.county
    later = office.book.text_case(PENSION_WORDS, sender=NEIGHBOUR)
    office.book.assign(later, unit="C17", category="pension")
    assert "9个工作日" in office.book.case(later).arithmetic
    ((subject, key, was, now),) = changes(office)
    assert (subject, key) == ("deadline", "help")
    assert ("办结7个工作日" in was, "办结9个工作日" in now) == (True, True)
    assert now == told(row)


def test_the_same_again_changes_nothing_and_says_so(office):
    browser = office.at("jishu")
    put_dates(browser)
    assert "改好了" in browser.read(RULES)
    put_dates(browser)
    assert "和原来一样" in browser.read(RULES)
    assert len(changes(office)) == 1


@pytest.mark.parametrize(
    ("otherwise", "said"),
    [
        ({"finish": ""}, "请写数字"),
        ({"finish": "9x"}, "请写数字"),
        ({"finish": "0"}, "请写 1 到 366"),
        ({"finish": "999"}, "请写 1 到 366"),
        ({"accept": "9", "finish": "2"}, "办结不能比受理还早"),
        ({"ground": ""}, "请写依据"),
        ({"ground": "字" * 121}, "请写依据"),
    ],
)
def test_dates_that_cannot_be_are_said_so_in_red(office, otherwise, said):
    answer = put_dates(office.at("jishu"), **otherwise)
    assert answer.status_code == 422
    assert said in answer.text
    assert not changes(office)


def test_at_once_is_nought_minutes(office):
    browser = office.at("jishu")
    assert put_dates(browser, accept="0", **{"accept-unit": "min"}).status_code == 303
    assert office.desk.county.taxonomy.deadline_classes["help"]["accept"] == "immediate"


def test_a_kind_goes_to_another_office_from_then_on(office):
    browser = office.at("jishu")
    assert put_kind(browser, unit="ybj").status_code == 303
    office.book.county = office.desk.county
    kind = office.book.county.taxonomy.categories["pension"]
    assert (kind.level, kind.unit) == ("county", "ybj")
    case = office.book.case(office.book.text_case(PENSION_WORDS))
    assert (case.category, case.unit_id) == ("pension", "ybj")
    assert [subject for subject, *_ in changes(office)] == ["matter"]
    put_kind(browser, unit="ybj")
    assert "和原来一样" in browser.read(RULES)


def test_what_a_newer_folder_has_no_more_is_left_out(office):
    put_kind(office.at("jishu"), unit="ybj")
    with office.book.sessions.writing() as session:
        paper = session.get_one(CountyPaper, "taxonomy")
        whole = paper.body
        units = {key: unit for key, unit in whole["county_units"].items() if key != "ybj"}
        paper.body = {**whole, "county_units": units}
        assert papers(session)["taxonomy"]["categories"]["pension"]["unit"] == "rsj"
        paper.body = whole


@pytest.mark.parametrize("otherwise", [{"level": "discipline"}, {"unit": "jw"}, {"unit": ""}, {"class": "discipline"}])
def test_no_kind_is_given_to_whom_it_cannot_be(office, otherwise):
    assert put_kind(office.at("jishu"), **otherwise).status_code == 422
    assert not changes(office)


def test_what_decides_who_sees_a_report_is_put_on_no_page(office):
    browser = office.at("jishu")
    sealed = [name for name, row in papers_of(office)["categories"].items() if is_sealed(row)]
    assert len(sealed) >= 2
    for path in (f"{RULES}/deadlines/discipline", *(f"{RULES}/matters/{name}" for name in sealed)):
        assert browser.get(path).status_code == 404
    for name in sealed:
        assert put_kind(browser, f"{RULES}/matters/{name}").status_code in {404, 422}
    assert browser.send(f"{RULES}/deadlines/discipline", "dates", on=RULES, **NINE_DAYS).status_code in {404, 422}
    assert not changes(office)


def papers_of(office):
    with office.book.sessions.reading() as session:
        return papers(session)["taxonomy"]


def test_a_word_that_corrections_taught_is_taken_and_stays_when_the_folder_comes_again(office):
    for words, sender in RATS:
        office.book.assign(office.book.text_case(words, sender=sender), unit="T4", category="wildlife")
    browser = office.at("jishu")
    assert "瓜瓜鼠</strong> → 野生动物损害" in browser.read(RULES)
    assert (
        browser.send(f"{RULES}/words", "word", on=RULES, word="瓜瓜鼠", category="wildlife", answer="yes").status_code
        == 303
    )
    with office.book.sessions.writing() as session:
        seed.install(session, seed.EXAMPLE)
    assert "瓜瓜鼠" in papers_of(office)["categories"]["wildlife"]["strong"]
    office.book.county = office.desk.county
    assert office.book.case(office.book.text_case("三道沟村又闹瓜瓜鼠了")).category == "wildlife"
    assert "加上“瓜瓜鼠”" in browser.read(RULES)


def test_a_word_nobody_wants_is_not_offered_again(office):
    for words, sender in RATS:
        office.book.assign(office.book.text_case(words, sender=sender), unit="T4", category="wildlife")
    browser = office.at("jishu")
    decide(browser, "no")
    assert "瓜瓜鼠</strong>" not in browser.read(RULES)
    assert (
        browser.send(f"{RULES}/words", "word", on=RULES, word="瓜瓜鼠", category="wildlife", answer="?").status_code
        == 400
    )


@pytest.mark.parametrize("asked", [("瓜瓜鼠", "corruption"), ("成群", "wildlife"), ("瓜瓜鼠", "无此类")])
def test_only_a_word_that_is_offered_is_taken_and_none_for_what_is_the_inspectors(office, asked):
    browser = office.at("jishu")
    word, category = asked
    answer = browser.send(f"{RULES}/words", "word", on=RULES, word=word, category=category, answer="yes")
    assert answer.status_code == 422
    assert not changes(office)
