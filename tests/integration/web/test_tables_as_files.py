"""导入导出: everything out in one file; people and duty telephones in from a spreadsheet, all of it or nothing."""

import io
import zipfile

import pytest
import yaml
from openpyxl import load_workbook

from gateway.web.all_tables import PAPERS
from models.casework.enlisting import PEOPLE, PHONES
from models.changed import Change
from models.county import papers
from models.people import Officer
from models.places import Unit
from models.spreadsheet import as_csv, as_xlsx
from tests.integration.web.office import PASSWORD
from worker import seed

FILES = "/admin/files"
NEW = ("zhang3", "张三", "干部", "C25", "13900008888", "是")


def bring(browser, what, rows, *, name="a.csv", headings=None):
    headings = headings or {"people": PEOPLE, "duty-phones": PHONES}[what]
    body = as_xlsx(headings, rows) if name.endswith(".xlsx") else as_csv(headings, rows).encode()
    return send(browser, what, body, name)


def send(browser, what, body, name="a.csv"):
    file = (io.BytesIO(body), name)
    form = {"people": "bring-people", "duty-phones": "bring-phones"}[what]
    return browser.send(f"{FILES}/{what}", form, on=FILES, file=file)


def officers(office):
    return {one.login: one for one in office.book.rows(Officer)}


def numbers(office):
    return {unit.id: unit.number for unit in office.book.rows(Unit)}


def changed_by_hand(office):
    return [one for one in office.book.rows(Change) if one.officer_id]


def exported(browser):
    answer = browser.get(f"{FILES}/county.zip")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=county-2026")
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_what_goes_out_can_be_installed_again_with_what_was_put_on_pages(office, tmp_path):
    browser = office.at("jishu")
    browser.send("/admin/closures", "closure", day="2026-11-27", works="no")
    out = exported(browser)
    out.extractall(tmp_path)
    county = seed.read(tmp_path)
    with office.book.sessions.reading() as session:
        ours = papers(session)
    assert {name: yaml.safe_load(out.read(f"{name}.yaml")) for name in PAPERS} == {name: ours[name] for name in PAPERS}
    assert [str(day) for day in county.calendar.closures] == ["2026-11-27"]
    assert county.calls == office.desk.county.calls
    assert yaml.safe_load(out.read("closures.yaml")) == {"2026-11-27": False}


def test_no_password_no_inspector_and_nothing_of_a_villager_goes_out(office):
    office.book.text_case("六坪村的路灯不亮")
    out = exported(office.at("jishu"))
    everything = b"".join(out.read(name) for name in out.namelist() if not name.endswith(".xlsx"))
    assert "罗建国".encode() in everything
    for kept_back in ("argon2", "秦素芬", "段知远", "13900000101", "13900000017", "路灯不亮"):
        assert kept_back.encode() not in everything
    sheet = load_workbook(io.BytesIO(out.read("people.xlsx"))).active
    assert [cell.value for cell in sheet[1]] == list(PEOPLE)


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx", "duty_phones.csv", "duty_phones.xlsx"])
def test_a_list_that_went_out_comes_in_again_and_changes_nothing(office, name):
    browser = office.at("jishu")
    what = "people" if name.startswith("people") else "duty-phones"
    rows = exported(browser).read(name)
    office_of_inspectors = numbers(office)
    assert send(browser, what, rows, name).status_code == 303
    assert "0 行和原来不一样" in browser.read(FILES)
    assert numbers(office) == office_of_inspectors
    assert not changed_by_hand(office)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_people_are_brought_and_changed_and_whoever_is_not_in_the_file_stays(office, name):
    browser, before = office.at("jishu"), officers(office)
    moved = ("huawu", "蒲小玲", "督办员", "县信访局", "", "")
    assert bring(browser, "people", [NEW, moved], name=name).status_code == 303
    assert "导入了 2 行，2 行和原来不一样。新添 1 人。" in browser.read(FILES)
    after = officers(office)
    one = after["zhang3"]
    assert (one.name, one.role, one.unit_id, one.number, one.head) == ("张三", "cadre", "C25", "+8613900008888", True)
    assert after["huawu"].role == "supervisor"
    assert after.keys() - before.keys() == {"zhang3"}
    assert {line.key for line in changed_by_hand(office)} == {"zhang3", "huawu"}


def test_who_was_brought_has_no_way_in_until_she_is_given_a_password(office):
    bring(office.at("jishu"), "people", [NEW])
    for guess in ("", "zhang3", PASSWORD):
        assert office.browser().sign_in("zhang3", guess).status_code == 422


def test_three_bad_rows_among_five_hundred_are_named_and_nothing_is_kept(office):
    rows = [(f"p{n}", f"干部{n}", "干部", "C17", "", "") for n in range(500)]
    rows[9] = ("p9", "干部九", "书记", "C17", "", "")
    rows[99] = ("p99", "干部", "干部", "C999", "", "")
    rows[499] = ("P 499", "干部", "干部", "C17", "", "")
    answer = bring(office.at("jishu"), "people", rows)
    assert answer.status_code == 422
    assert "有 3 处要改，一行都没有导入。" in answer.text
    for said in ("第11行：没有“书记”这个岗位", "第101行：没有“C999”这个单位", "第501行：账号用 2 到 32 个小写字母"):
        assert said in answer.text
    assert "p1" not in officers(office)
    assert not changed_by_hand(office)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((*NEW[:4], "12", ""), "“12”不像电话号码"),
        ((*NEW[:5], "对"), "“负责人”只写“是”"),
        (("zhang3", "", "干部", "C25", "", ""), "请写姓名"),
        (("jiwei", "秦素芬", "干部", "xfj", "", ""), "纪检监察人员只能在服务器上"),
        (("zhang3", "张三", "纪检监察", "jw", "", ""), "请选一个岗位"),
        (("jishu", "技术员", "干部", "xfj", "", ""), "自己的岗位要由别的技术员改"),
    ],
)
def test_a_person_who_cannot_be_taken_is_said_with_her_row(office, row, said):
    before = {login: (one.name, one.role) for login, one in officers(office).items()}
    answer = bring(office.at("jishu"), "people", [("huawu", "别人", "干部", "C17", "", ""), row])
    assert answer.status_code == 422
    assert f"第3行：{said}" in answer.text
    assert {login: (one.name, one.role) for login, one in officers(office).items()} == before


def test_a_row_that_comes_twice_is_said_with_the_first(office):
    answer = bring(office.at("jishu"), "people", [NEW, NEW])
    assert "第3行：“zhang3”在第2行写过了" in answer.text


def test_duty_telephones_are_brought_by_id_or_name_and_an_empty_cell_takes_one_away(office):
    rows = [("C25", "", "0816-2345678"), ("县信访局", "", ""), ("C17", "", "13900009017")]
    assert bring(office.at("jishu"), "duty-phones", rows).status_code == 303
    found = numbers(office)
    assert (found["C25"], found["xfj"], found["C17"]) == ("+868162345678", None, "+8613900009017")
    assert [line.key for line in changed_by_hand(office)] == ["C25", "xfj"]


def test_where_reports_ring_is_brought_by_no_file(office):
    answer = bring(office.at("jishu"), "duty-phones", [("C25", "", "13900007777"), ("jw", "", "13900007777")])
    assert "第3行：纪检的值班电话不在网页上改" in answer.text
    assert numbers(office)["C25"] is None


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        (b"", "", "请选一个文件"),
        (b"", "a.csv", "第一行要写列名"),
        (b"PK rubbish", "a.xlsx", "打不开"),
        ("账号,姓名,岗位\n".encode(), "a.csv", "缺单位"),
        ("账号,姓名,岗位,单位\n".encode(), "a.csv", "要有 1 到 2000 行"),
        ("账号,姓名,岗位,单位\n=1+1,张三,干部,C25\n".encode(), "a.csv", "是公式"),
    ],
)
def test_a_file_that_is_none_is_said_so_and_the_page_stands(office, body, name, said):
    answer = send(office.at("jishu"), "people", body, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count('role="alert"') == 1


def test_more_faults_than_anybody_reads_are_counted(office):
    rows = [(f"p{n}", "干部", "干部", "C999", "", "") for n in range(60)]
    answer = bring(office.at("jishu"), "people", rows)
    assert "有 60 处要改" in answer.text
    assert "还有 10 处。" in answer.text


def test_what_no_column_speaks_of_stays_as_it_is(office):
    before = officers(office)["duban"]
    row = ("duban", "罗建国", "督办员", before.unit_id)
    assert bring(office.at("jishu"), "people", [row], headings=PEOPLE[:4]).status_code == 303
    after = officers(office)["duban"]
    assert (after.number, after.head) == (before.number, before.head)
    assert after.number


def test_nobody_but_inspectors_is_put_into_a_discipline_office(office):
    answer = bring(office.at("jishu"), "people", [("zhang3", "张三", "干部", "jw", "13900008888", "是")])
    assert answer.status_code == 422
    assert "纪检的单位里只有纪检监察人员" in answer.text
    assert "zhang3" not in officers(office)
