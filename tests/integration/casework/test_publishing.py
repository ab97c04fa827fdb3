"""公开: brought by one officer, signed off by another, put right in the open."""

import pytest
from sqlalchemy import select

from models.affairs import Kind, Line, Side
from models.affairs_sheet import Draft
from models.casework import publishing
from models.lifecycle import BadInput, ForbiddenMove, NoSuchPetition, NotAllowed
from models.publication import Publication, newest

RENT = Line(Kind.ASSETS, "砂石场租金", Side.INCOME, 12_000_00)
CEMENT = Line(Kind.PROJECTS, "修水渠的水泥", Side.SPENT, 3_200_00, "二组用")
MEETING = Line(Kind.PARTY, "开了支部党员大会")


def draft(village="C17", quarter="2026Q3", lines=(CEMENT, MEETING, RENT)):
    return Draft(village, quarter, 2, tuple(lines))


@pytest.fixture
def bring(book):
    def brought(*drafts, by="liuping", why=""):
        with book.sessions.writing() as session:
            made = publishing.bring(session, drafts, by=book.officers[by], now=book.watch(), why=why)
            return [one.id for one in made]

    return brought


@pytest.fixture
def sign(book):
    def signed(ids, by="yangjiao"):
        with book.sessions.writing() as session:
            return publishing.sign(session, ids, by=book.officers[by], now=book.watch())

    return signed


@pytest.fixture
def public(book):
    """The newest that is public of a village: its quarter, its version, and the lines."""

    def of(village="C17"):
        with book.sessions.reading() as session:
            found = newest(session, village)
            return found and (found.quarter, found.version, [row.line for row in found.rows])

    return of


def test_a_draft_is_public_once_somebody_else_has_signed_it_off(bring, sign, public):
    ids = bring(draft())
    assert public() is None
    assert sign(ids) == 1
    assert public() == ("2026Q3", 0, [RENT, CEMENT, MEETING])


def test_who_has_brought_it_cannot_sign_it_off(bring, sign, public):
    with pytest.raises(ForbiddenMove):
        sign(bring(draft()), by="liuping")
    assert public() is None


def test_of_several_none_is_signed_off_where_one_is_ones_own(bring, sign, public):
    ids = bring(draft()) + bring(draft(quarter="2026Q2"), by="yangjiao")
    with pytest.raises(ForbiddenMove):
        sign(ids)
    assert public() is None


@pytest.mark.parametrize("by", ["jiwei", "jishu"])
def test_inspectors_and_technicians_publish_nothing(bring, by):
    with pytest.raises(NotAllowed):
        bring(draft(), by=by)


def test_a_cadre_brings_only_what_is_of_his_own_village_or_township(bring):
    bring(draft("C17"), by="yangjiao")
    with pytest.raises(publishing.NotTaken) as refused:
        bring(draft("C18", "2026Q1"), draft("C25"), by="yangjiao")
    assert [fault.why for fault in refused.value.faults] == ["这个村不归您这里公开。"] * len(refused.value.faults)


def test_a_cadre_cannot_sign_off_what_is_of_another_township(bring, sign, public):
    with pytest.raises(NoSuchPetition):
        sign(bring(draft("C17")), by="shuangcha")
    assert public() is None


def test_the_county_brings_and_signs_for_every_village(bring, sign, public):
    sign(bring(draft("C17"), draft("C25"), by="huawu"), by="duban")
    assert (public("C17"), public("C25")) != (None, None)


def test_what_waits_to_be_signed_off_is_not_brought_again(bring, book):
    bring(draft())
    with pytest.raises(publishing.NotTaken):
        bring(draft("C17", "2026Q1"), draft())
    assert len(book.rows(Publication)) == 1


def test_what_is_public_is_put_right_in_the_open_and_says_what(bring, sign, public):
    sign(bring(draft()))
    with pytest.raises(publishing.NotTaken):
        bring(draft(lines=[RENT]))
    with pytest.raises(publishing.NotTaken):
        bring(draft(lines=[RENT]), why="改" * 61)
    ids = bring(draft(lines=[RENT]), why="水泥记错了季度")
    assert public()[1] == 0
    sign(ids)
    assert public() == ("2026Q3", 1, [RENT])


def test_both_versions_stay(bring, sign, book):
    sign(bring(draft()))
    sign(bring(draft(lines=[RENT]), why="水泥记错了季度"))
    kept = sorted((one.version, one.why) for one in book.rows(Publication))
    assert kept == [(0, None), (1, "水泥记错了季度")]


def test_the_last_quarter_is_the_newest_even_if_an_older_one_is_put_right_later(bring, sign, public):
    sign(bring(draft(quarter="2026Q2"), draft(quarter="2026Q3")))
    sign(bring(draft(quarter="2026Q2", lines=[RENT]), why="漏了"))
    assert public()[:2] == ("2026Q3", 0)


def test_a_draft_can_be_thrown_away_and_what_is_public_cannot(bring, sign, book, public):
    with book.sessions.writing() as session:
        assert publishing.discard(session, bring(draft()), by=book.officers["liuping"]) == 1
    assert not book.rows(Publication)
    ids = bring(draft())
    sign(ids)
    with book.sessions.writing() as session, pytest.raises(ForbiddenMove):
        publishing.discard(session, ids, by=book.officers["yangjiao"])
    assert public()


def test_what_is_public_is_not_signed_off_again(bring, sign):
    ids = bring(draft())
    sign(ids)
    with pytest.raises(ForbiddenMove):
        sign(ids)


def test_to_sign_off_nothing_is_asked_back(sign):
    with pytest.raises(BadInput):
        sign([])


def test_each_officer_sees_the_drafts_of_his_own_villages(bring, book):
    bring(draft("C17"), draft("C25"), by="huawu")

    def seen(by):
        with book.sessions.reading() as session:
            return [one.village_id for one in publishing.listed(session, book.officers[by], drafts=True, most=9)]

    assert (seen("huawu"), seen("liuping"), seen("yangjiao")) == (["C17", "C25"], ["C17"], ["C17"])


def test_what_is_public_is_listed_apart_from_drafts(bring, sign, book):
    sign(bring(draft(quarter="2026Q2")))
    bring(draft())
    with book.sessions.reading() as session:
        officer = book.officers["liuping"]
        listed = [publishing.listed(session, officer, drafts=drafts, most=9) for drafts in (True, False)]
        assert [[one.quarter for one in some] for some in listed] == [["2026Q3"], ["2026Q2"]]
        assert publishing.one(session, listed[0][0].id, by=officer).quarter == "2026Q3"
        with pytest.raises(NoSuchPetition):
            publishing.one(session, session.scalar(select(Publication.id)), by=book.officers["shuangcha"])
