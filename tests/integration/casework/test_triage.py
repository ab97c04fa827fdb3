"""分办: what is sure goes by itself, what is not waits for a clerk, and a clerk's word confirms the category once."""

from datetime import timedelta

import pytest

from models.history import Event, HistoryLine
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed, Status
from models.message import Delivery
from tests.casebook import NEIGHBOUR, PENSION, REPORT, ROAD, at_once

FIRE = "三道沟村着火了，快来救人"
REGISTERED = "+8613900000017"  # in the county's list of phones as C17's


def test_a_case_whose_routing_is_sure_is_assigned_by_itself(book):
    case = book.case(book.spoken_case(PENSION))
    assert (case.status, case.unit_id, case.village_id, case.category) == (Status.ASSIGNED, "C17", "C17", "pension")
    (line,) = book.rows(HistoryLine, petition_id=case.id, event=Event.ASSIGNED)
    assert (line.officer_id, line.detail) == (None, {"unit": "C17"})


def test_a_case_whose_routing_is_not_sure_waits_for_a_clerk_with_the_proposal_beside_it(book):
    case = book.case(book.spoken_case(ROAD))
    assert (case.status, case.unit_id, case.category) == (Status.RECEIVED, None, "road")
    assert {reason for reason, *_ in case.route["reasons"]} >= {"village", "category", "unit"}


def test_the_machines_confidence_in_its_hearing_assigns_nothing(book):
    case = book.case(book.spoken_case(ROAD))
    assert case.statements[0].confidence == 0.9
    assert case.status == Status.RECEIVED


def test_where_life_is_in_danger_a_person_looks_and_the_date_is_the_nearest(book):
    case = book.case(book.spoken_case(FIRE))
    assert (case.urgency, case.deadline_class, case.status) == ("emergency", "emergency", Status.RECEIVED)
    assert (case.accept_due_at - case.received_at).total_seconds() == 15 * 60


def test_a_registered_telephone_stands_in_for_a_village_nobody_named_but_decides_nothing(book):
    case = book.case(book.spoken_case("养老保险到哪里去认证", caller=REGISTERED))
    assert (case.village_id, case.status) == ("C17", Status.RECEIVED)


def test_a_village_that_was_named_is_not_overruled_by_a_registered_telephone(book):
    case = book.case(book.spoken_case("我是三道沟村的，养老保险到哪里去认证", caller=REGISTERED))
    assert case.village_id == "C25"


def test_a_clerk_says_whose_it_is(book):
    case = book.spoken_case(ROAD)
    book.assign(case, unit="C02", category="road", village="C02")
    asked = book.case(case)
    assert (asked.status, asked.unit_id, asked.category, asked.village_id) == (Status.ASSIGNED, "C02", "road", "C02")
    assert asked.category_confirmed
    line = book.rows(HistoryLine, petition_id=case, event=Event.ASSIGNED)[-1]
    assert line.officer_id == book.officers["huawu"].officer_id


def test_what_a_clerk_said_is_not_undone_by_a_later_hearing(book):
    case = book.spoken_case(ROAD)
    book.assign(case, unit="T1", category="water", village="C02")
    book.hear(case, PENSION)
    again = book.case(case)
    assert (again.unit_id, again.category, again.village_id) == ("T1", "water", "C02")


@pytest.mark.parametrize(("what", "field"), [({"category": "weather"}, "category"), ({"unit": "C99"}, "unit")])
def test_what_is_not_on_the_list_is_not_taken(book, what, field):
    case = book.spoken_case(ROAD)
    with pytest.raises(BadInput) as refused:
        book.assign(case, **what)
    assert refused.value.field == field
    assert (book.case(case).status, book.case(case).category_confirmed) == (Status.RECEIVED, False)


@pytest.mark.parametrize("who", ["liuping", "duban", "jiwei", "jishu"])
def test_only_a_clerk_assigns(book, who):
    case = book.spoken_case(PENSION)
    with pytest.raises(NotAllowed):
        book.assign(case, by=who)


def test_a_case_in_hand_may_be_given_to_another_unit(book):
    case = book.spoken_case(PENSION)
    book.accept(case)
    book.assign(case, unit="T4")
    assert (book.case(case).status, book.case(case).unit_id) == (Status.ASSIGNED, "T4")


def test_an_answered_case_is_given_to_nobody_else(book):
    case = book.answered_case()
    with pytest.raises(ForbiddenMove):
        book.assign(case, unit="T4")


def test_only_her_own_bad_word_opens_what_she_was_told(book):
    case = book.answered_case()
    book.carrier_says(Delivery.DELIVERED)
    with pytest.raises(ForbiddenMove):
        book.assign(case, unit="T4")
    assert book.case(case).status == Status.TOLD


def test_a_case_entered_at_the_counter_is_confirmed_and_on_its_way(book):
    case = book.case(book.at_the_counter(PENSION))
    assert (case.channel, case.confirmed, case.unit_id) == ("counter", True, "C17")
    assert book.rows(HistoryLine, event=Event.RECEIVED)[0].officer_id == book.officers["huawu"].officer_id


def test_somebody_without_a_telephone_has_a_case_and_gets_no_text(book):
    case = book.case(book.at_the_counter(PENSION, caller=""))
    assert case.caller_hash is None
    assert not book.texts_out()


@pytest.mark.parametrize("who", ["duban", "jiwei", "jishu"])
def test_only_clerks_and_cadres_enter_a_case(book, who):
    with pytest.raises(NotAllowed):
        book.at_the_counter(PENSION, by=who)
    assert not book.cases()


@pytest.mark.parametrize("words", [PENSION, REPORT])
def test_a_form_sent_twice_is_one_case(book, words):
    first, second = at_once(lambda: book.at_the_counter(words), lambda: book.at_the_counter(words))
    assert first == second
    assert len(book.cases()) == 1


def test_the_next_visitor_with_the_same_words_is_another_case(book):
    book.at_the_counter(PENSION)
    book.at_the_counter(PENSION, caller=NEIGHBOUR)
    book.watch.wait(minutes=2)
    book.at_the_counter(PENSION)
    assert len(book.cases()) == 3


def test_a_case_without_a_word_is_not_entered_at_the_counter(book):
    with pytest.raises(BadInput) as refused:
        book.at_the_counter("  ")
    assert refused.value.field == "text"


def test_better_words_find_the_right_village_before_anybody_took_it_up(book):
    case = book.spoken_case(PENSION)
    assert book.case(case).unit_id == "C17"
    book.confirm(case, "我是三道沟村的，养老保险到哪里去认证")
    assert (book.case(case).unit_id, book.case(case).village_id) == ("C25", "C25")


def test_what_a_person_has_shared_out_stays_where_it_is(book):
    case = book.spoken_case(PENSION)
    book.assign(case)
    book.confirm(case, "我是三道沟村的，养老保险到哪里去认证")
    assert (book.case(case).unit_id, book.case(case).village_id) == ("C17", "C17")


@pytest.mark.parametrize("taken_up", [False, True])
def test_what_a_person_hears_to_be_a_report_is_held_however_far_it_has_come(book, taken_up):
    case = book.spoken_case(PENSION)
    if taken_up:
        book.accept(case)
    book.confirm(case, REPORT)
    held = book.case(case)
    assert (held.held, held.unit_id, held.status, held.accepted_at) == (True, "jw", Status.ASSIGNED, None)
    assert not book.cases("liuping")


def test_what_a_listener_has_let_go_is_not_held_again_for_the_same_words(book):
    case = book.spoken_case(REPORT)
    book.release(case)
    book.confirm(case, REPORT)
    assert not book.case(case).held
    book.confirm(case, REPORT + "，还有会计也收了好处费")
    assert book.case(case).held


def test_what_nobody_is_sure_of_is_asked_of_the_township_within_four_working_hours(book):
    case = book.case(book.text_case("羊角乡那边的路烂了"))
    assert (case.unit_id, case.status) == ("T4", Status.RECEIVED)
    assert case.triage_due_at == book.watch() + timedelta(hours=4)


def test_where_nobody_knows_the_township_the_countys_clerks_are_asked(book):
    case = book.case(book.text_case("那边的路烂了"))
    assert (case.unit_id, case.triage_due_at) == (None, book.watch() + timedelta(hours=4))


@pytest.mark.parametrize("given", [{"unit": "jw", "category": "corruption"}, {"unit": "T4", "category": "corruption"}])
def test_what_a_clerk_gives_to_the_inspectors_is_out_of_everybody_elses_sight(book, given):
    case = book.text_case("六坪村头头家里盖房子的砖是公家的")
    assert not book.case(case).held
    book.assign(case, **given)
    assert (book.case(case).held, book.case(case).unit_id) == (True, "jw")
    seen = {login for login in ("huawu", "duban", "liuping") if any(one.id == case for one in book.cases(login))}
    assert not seen
