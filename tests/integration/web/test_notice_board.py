"""村务公开与查询: how a case stands, for whoever has its number and knows whose telephone it was; nothing more."""

import pytest
from sqlalchemy import event

from gateway.web.notice_board import NOT_FOUND
from tests.casebook import PENSION, REPORT, VILLAGER
from tests.inspectors import LOGINS
from tests.integration.web.office import as_seen

HERS, NOT_HERS = VILLAGER[-4:], "9999"


@pytest.fixture
def board(office):
    return office.browser()


def ask(board, number, digits=HERS):
    return board.send("/village/progress", "progress", number=number, digits=digits)


def test_nobody_needs_to_sign_in_and_the_way_there_is_on_the_sign_in_page(board):
    assert 'href="/village"' in board.read("/sign-in")
    assert 'href="/village/progress"' in board.read("/village")
    assert "编号" in board.read("/village/progress")


def test_with_number_and_last_digits_it_is_said_where_the_case_is_and_not_what_it_is_about(office, board):
    number = office.number(office.book.spoken_case(PENSION))
    page = ask(board, number).text
    assert number in page
    assert "已分办，在羊角乡六坪村，还剩3个工作日。" in page
    assert "养老保险" not in page
    assert VILLAGER not in page


def test_digits_may_be_spaced_and_wide_as_people_write_them(office, board):
    number = office.number(office.book.spoken_case(PENSION))
    written = "-".join((number[:3], number[3:6], number[6:])).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert "还剩3个工作日" in ask(board, f" {written} ", " 01 01").text


def nearly(office):
    """Numbers and digits that find nothing: not hers, nobody's, held, sealed, left without a telephone, half typed."""
    book = office.book
    for inspector in LOGINS:
        office.at(inspector)  # has a key of her own from now on
    hers = office.number(book.spoken_case(PENSION))
    sealed, held = book.text_case(REPORT), book.text_case(REPORT)
    book.seal(sealed)
    counter = office.number(book.at_the_counter("路灯坏了", caller=""))
    cases = {case.id: case for case in book.cases()}
    assert (cases[held].held, bool(cases[sealed].sealed_at)) == (True, True)
    return [
        (hers, NOT_HERS),
        ("0000000", HERS),
        (cases[held].number, HERS),
        (cases[sealed].number, HERS),
        (counter, ""),
        (counter, "0000"),
        (hers, HERS[-3:]),
        (hers, ""),
        ("", HERS),
    ]


def test_sealed_held_unknown_and_wrong_digits_are_answered_exactly_alike(office):
    answers = set()
    for number, digits in nearly(office):
        answer = ask(office.browser(), number, digits)
        seen = as_seen(answer.text).replace(f'value="{number}"', "").replace(f'value="{digits}"', "")
        answers.add((answer.status_code, seen))
    ((status, page),) = answers
    assert status == 422
    assert NOT_FOUND in page


def test_they_are_looked_for_in_the_same_way_so_that_no_answer_takes_longer(office):
    asked = []
    office.browser().read("/village")
    event.listen(office.book.sessions.engine, "before_cursor_execute", lambda *run: asked.append(run[2]))
    ways = set()
    for number, digits in nearly(office)[:4]:
        browser = office.browser()
        browser.get("/village/progress")
        asked.clear()
        ask(browser, number, digits)
        ways.add(tuple(asked))
    assert len(ways) == 1


def test_who_tries_the_digits_of_a_number_is_stopped_from_whatever_address(office):
    number = office.number(office.book.spoken_case(PENSION))
    for tried in range(6):
        assert ask(office.browser(), number, f"{tried:04}").status_code == 422
    board = office.browser()
    stopped = ask(board, number)
    assert stopped.status_code == 429
    assert "试的次数太多" in stopped.text
    assert ask(board, "0000000").status_code == 422


def test_who_tries_numbers_is_stopped_by_his_address(office, board):
    tried = [ask(board, f"{number:07}").status_code for number in range(21)]
    assert tried == [422] * 20 + [429]


def test_who_asks_rightly_may_ask_as_often_as_she_likes(office, board):
    number = office.number(office.book.spoken_case(PENSION))
    assert {ask(board, number).status_code for _ in range(25)} == {200}


def test_wrong_tries_at_the_board_stop_nobody_from_signing_in(office, board):
    for number in range(21):
        ask(board, f"{number:07}")
    assert board.sign_in("huawu").status_code == 303


def test_a_page_that_is_not_there_leads_back_to_the_board_once_signed_in_or_not(office, board):
    assert board.get("/village/nothing").status_code == 303
    assert office.at("huawu").get("/village/nothing").status_code == 404
