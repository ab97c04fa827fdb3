"""下载: the list of cases as a spreadsheet."""

import csv
import io

from openpyxl import load_workbook

from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, VILLAGER


def lines(browser, address="/list.csv"):
    return list(csv.reader(io.StringIO(browser.read(address).removeprefix("\ufeff"))))


def cells(browser, address="/list.xlsx"):
    book = load_workbook(io.BytesIO(browser.client.get(address).data))
    return [[cell.value or "" for cell in row] for row in book.active.iter_rows()], book.active


def test_what_stands_on_the_list_stands_in_both_files_and_neither_her_words_nor_her_number(office):
    number = office.number(office.book.text_case(ROAD, sender=NEIGHBOUR))
    browser = office.at("huawu")
    in_csv, (in_excel, _) = lines(browser), cells(browser)
    assert in_csv == in_excel
    assert in_csv[0][0] == "编号"
    assert [row[0] for row in in_csv[1:]] == [number]
    everything = " ".join(map(" ".join, in_csv))
    assert ROAD[:4] not in everything
    assert NEIGHBOUR[3:] not in everything


def test_the_file_is_narrowed_and_ordered_as_the_page_is(office):
    mine = office.number(office.book.spoken_case(PENSION, "CA1", VILLAGER))
    office.book.text_case(ROAD, sender=NEIGHBOUR)
    ended = office.book.spoken_case(PENSION, "CA9", NEIGHBOUR)
    office.book.withdraw(ended)
    browser = office.at("huawu")
    assert [row[0] for row in lines(browser, "/list.csv?village=C17&status=open")[1:]] == [mine]
    assert office.number(ended) in {row[0] for row in lines(browser, "/list.csv?status=all")[1:]}


def test_what_may_be_a_report_is_in_no_file(office):
    held = office.number(office.book.text_case(REPORT))
    ordinary = office.number(office.book.text_case(ROAD, sender=NEIGHBOUR))
    assert [row[0] for row in lines(office.at("huawu"))[1:]] == [ordinary]
    assert held not in str(cells(office.at("duban"))[0])


def test_a_cadre_takes_the_cases_of_his_own_village_alone(office):
    mine = office.number(office.book.spoken_case(PENSION, "CA1", VILLAGER))
    office.book.text_case(ROAD, sender=NEIGHBOUR)
    assert [row[0] for row in lines(office.at("liuping"))[1:]] == [mine]
