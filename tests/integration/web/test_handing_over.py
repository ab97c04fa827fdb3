"""交办: the committee of a township reads what a county inspector hands to it, and nothing else; never her number."""

import pytest
from sqlalchemy import select

from models.history import Event
from models.people import Officer
from models.visible import visible
from tests.casebook import VILLAGER
from tests.integration.web.office import PASSWORD, QUICK, Browser

VILLAGE = "六坪村的支书贪污低保款"
MEMBER = "yangjw"


@pytest.fixture
def member(office):
    """A member of the committee of 羊角乡, who has a key of her own and is signed in."""
    with office.book.sessions.writing() as session:
        row = Officer(login=MEMBER, name="周立春", role="inspector", unit_id="jwT4", password_hash=QUICK.hash(PASSWORD))
        row.number, row.head = "+8613900009555", True
        session.add(row)
    office.book.__dict__.pop("officers", None)
    browser = Browser(office.sealed_app.test_client())
    assert browser.sign_in(MEMBER).status_code == 303
    assert browser.show_code().status_code == 303
    return browser


@pytest.fixture
def report(office, member):
    """A report about a village, confirmed and sealed; its number."""
    return sealed(office, VILLAGE)


def sealed(office, words):
    desk = office.at("jiwei")
    office.at("jiwei2")
    case = office.book.text_case(words)
    number = office.number(case)
    office.book.seal(case)
    assert desk.get(f"/cases/{number}").status_code == 200
    return number


def hand_over(office, number, only_village="yes", by="jiwei"):
    return office.at(by).act(number, "committee", only_village=only_village)


def test_by_itself_a_report_is_not_there_for_a_township(office, member, report):
    assert member.get(f"/cases/{report}").status_code == 404
    assert report not in member.read("/")


def test_what_is_held_and_not_sealed_yet_is_not_there_for_it_either(office, member):
    number = office.number(office.book.text_case(VILLAGE))
    assert member.get(f"/cases/{number}").status_code == 404
    assert number in office.at("jiwei").read("/")


def test_what_a_county_inspector_hands_over_the_committee_reads_and_the_history_says_so(office, member, report):
    assert hand_over(office, report).status_code == 303
    assert VILLAGE in member.read(f"/cases/{report}")
    assert "交羊角乡纪委一起办，1 个人打得开" in office.at("jiwei2").read(f"/cases/{report}")
    (case,) = office.book.cases()
    assert office.book.events(case.id).count(Event.HANDED) == 1
    for login in ("yangjiao", "liuping", "huawu"):
        assert office.at(login).get(f"/cases/{report}").status_code == 404


def test_her_number_and_telling_her_stay_with_the_county(office, member, report):
    hand_over(office, report)
    assert VILLAGER not in member.read(f"/cases/{report}")
    member.act(report, "accept")
    member.act(report, "reply", reply="已经立案")
    assert VILLAGER not in member.read("/call-backs")
    assert VILLAGER in office.at("jiwei").read("/call-backs")


@pytest.mark.parametrize("what", ["committee", "release", "refuse", "opening", "close"])
def test_the_committee_does_not_hand_on_let_go_or_open_her_voice(office, member, report, what):
    hand_over(office, report)
    answer = member.act(report, what, only_village="yes", reason="words", ground="private", advice="找村里")
    assert answer.status_code == 403


def test_without_the_inspectors_word_that_it_names_village_cadres_alone_nothing_is_handed_over(office, member, report):
    for said in ("", "no"):
        assert hand_over(office, report, only_village=said).status_code == 422
    assert member.get(f"/cases/{report}").status_code == 404


@pytest.mark.parametrize(
    "words",
    ["六坪村的支书和乡长分了低保款", "六坪村的支书贪污低保款，民政所的人晓得", "六坪村的支书贪污低保款，罗建国包庇他"],
)
def test_what_names_anybody_above_a_village_is_never_handed_to_a_township(office, member, words):
    number = sealed(office, words)
    answer = hand_over(office, number)
    assert answer.status_code == 409
    assert "只能由县里办" in answer.text
    assert member.get(f"/cases/{number}").status_code == 404


def test_a_member_whom_she_names_gets_nothing(office, member):
    number = sealed(office, "六坪村的支书贪污低保款，周立春包庇他")
    assert hand_over(office, number).status_code == 409
    assert member.get(f"/cases/{number}").status_code == 404


def test_a_report_from_another_township_is_not_offered_to_this_one(office, member):
    number = sealed(office, "五显庙村的支书贪污低保款")
    assert "羊角乡纪委" not in office.at("jiwei").read(f"/cases/{number}")
    assert hand_over(office, number).status_code == 409


def test_the_members_are_no_holders_of_the_countys_keys(office, member, report):
    with office.book.sessions.reading() as session:
        officer_id = session.scalars(select(Officer.id).where(Officer.login == MEMBER)).one()
        actor = session.get_one(Officer, officer_id).actor
        assert not session.scalars(visible(actor)).all()
    page = office.at("jiwei").read("/keys")
    assert "周立春" not in page
    assert office.at("jiwei").send(f"/keys/{officer_id}", "", on="/keys").status_code == 409


def test_nobody_of_a_township_is_texted_or_rung_for_a_report(office, member, report):
    office.book.watch.wait(days=30)
    office.book.tick()
    assert "+8613900009555" not in {message.to for message in office.book.texts_out()}
