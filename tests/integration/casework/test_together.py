"""重复反映 and 多人反映: suggested with what speaks for it, said by a person, warned of, answered to everybody."""

import pytest

from models.casework import joining, together
from models.history import Event
from models.lifecycle import BadInput, ForbiddenMove, NoSuchPetition, NotAllowed, Status
from models.link import Link
from models.matter import Signature
from models.message import Purpose
from models.permissions import SYSTEM
from models.visible import by_id
from tests.casebook import NEIGHBOUR, PENSION, REPORT, SUPERVISOR, VILLAGER

BRIDGE = "六坪村的漫水桥垮了半边，车子过不去，娃儿上学要绕路"
BRIDGE_TOO = "我们六坪村那个漫水桥垮了，哪个来修一下嘛，车子都过不去了"
MANY = tuple(f"+861390000020{place}" for place in range(5))


def links(book):
    return [(link.petition_id, link.other_id) for link in book.rows(Link)]


def joined(book, case, other, by="huawu"):
    def verb(session, petition):
        who, now = book.officers[by], book.watch()
        joining.join(session, petition, by_id(session, SYSTEM, other), by=who, county=book.county, now=now)

    book.do(case, verb)


def apart(book, case, other):
    def verb(session, petition):
        who = book.officers["huawu"]
        joining.keep_apart(session, petition, by_id(session, SYSTEM, other), by=who, now=book.watch())

    book.do(case, verb)


def test_two_peoples_broken_bridge_is_suggested_as_one_matter_and_nothing_is_done(book):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    assert links(book) == [(his, hers)]
    assert [book.case(case).group_id for case in (hers, his)] == [None, None]


def test_two_peoples_pensions_are_two_matters(book):
    book.text_case(PENSION)
    book.text_case(PENSION, sender=NEIGHBOUR)
    assert not links(book)


def test_her_own_pension_again_is_suggested(book):
    first, again = book.text_case(PENSION), book.text_case(PENSION + "，上回说了还没办")
    assert links(book) == [(again, first)]


@pytest.mark.parametrize(("days", "suggested"), [(29, 1), (31, 0)])
def test_what_others_said_long_ago_is_another_matter(book, days, suggested):
    book.text_case(BRIDGE)
    book.watch.wait(days=days)
    book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    assert len(links(book)) == suggested


def test_what_is_held_is_like_nothing_anybody_may_see(book):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    book.confirm(his, BRIDGE_TOO + "。" + REPORT)
    assert not links(book)
    assert {row.petition_id for row in signatures(book)} == {hers}


def signatures(book):
    with book.sessions.reading() as session:
        return list(session.query(Signature))


def test_a_persons_word_puts_them_together_with_one_unit(book):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    book.assign(hers, unit="T4", category="road")
    joined(book, his, hers)
    assert book.case(his).group_id == book.case(hers).group_id is not None
    assert book.case(his).unit_id == "T4"
    assert Event.JOINED in book.events(his)
    assert [link.same for link in book.rows(Link)] == [True]


def test_a_pair_that_only_looks_alike_is_not_asked_about_again(book):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    apart(book, his, hers)
    book.confirm(his, BRIDGE_TOO)
    assert [link.same for link in book.rows(Link)] == [False]


def test_from_three_people_on_somebody_must_go_there_and_from_five_it_is_collective(book):
    cases = [book.text_case(BRIDGE, sender=number) for number in MANY]
    warned = []
    for case in cases[1:]:
        joined(book, case, cases[0])
        warned.append([text.purpose for text in book.texts_out(Purpose.BY_MANY, Purpose.COLLECTIVE)])
    assert warned == [[], ["by_many"], ["by_many"], ["by_many", "collective"]]
    assert {text.to for text in book.texts_out(Purpose.BY_MANY, Purpose.COLLECTIVE)} == {SUPERVISOR}


def test_one_person_who_says_it_three_times_is_not_many(book):
    cases = [book.text_case(BRIDGE) for _ in range(3)]
    for case in cases[1:]:
        joined(book, case, cases[0])
    assert not book.texts_out(Purpose.BY_MANY)


def test_everybody_in_it_is_told_the_result(book):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    book.assign(hers, unit="C17", category="road")
    joined(book, his, hers)
    book.accept(hers)
    assert book.case(his).status == Status.HANDLING
    book.reply(hers, "桥下周动工")
    assert {(text.to, text.slots["result"]) for text in book.texts_out(Purpose.RESULT)} == {
        (VILLAGER, "桥下周动工"),
        (NEIGHBOUR, "桥下周动工"),
    }


def test_whose_words_nobody_has_confirmed_is_not_answered_along_with_the_others(book):
    hers = book.text_case(BRIDGE)
    his = book.spoken_case(BRIDGE_TOO, caller=NEIGHBOUR)
    book.assign(hers, unit="C17", category="road")
    joined(book, his, hers)
    book.accept(hers)
    book.reply(hers, "桥下周动工")
    assert (book.case(hers).status, book.case(his).status) == (Status.REPLIED, Status.HANDLING)


def test_a_third_joins_two_that_are_together_and_two_groups_become_one(book):
    one, two, three, four = (book.text_case(BRIDGE, sender=number) for number in MANY[:4])
    joined(book, two, one)
    joined(book, four, three)
    joined(book, three, one)
    assert len({book.case(case).group_id for case in (one, two, three, four)}) == 1
    with book.sessions.reading() as session:
        assert together.people(session, by_id(session, SYSTEM, four)) == 4


def test_nothing_is_joined_to_itself_twice_or_after_its_answer(book):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    with pytest.raises(BadInput):
        joined(book, hers, hers)
    joined(book, his, hers)
    with pytest.raises(ForbiddenMove, match="已经关联"):
        joined(book, his, hers)
    with pytest.raises(ForbiddenMove, match="已经答复"):
        joined(book, hers, book.answered_case())


@pytest.mark.parametrize("who", ["liuping", "duban", "jishu"])
def test_only_a_clerk_says_that_they_are_one(book, who):
    hers, his = book.text_case(BRIDGE), book.text_case(BRIDGE_TOO, sender=NEIGHBOUR)
    with pytest.raises((NotAllowed, NoSuchPetition)):
        joined(book, his, hers, by=who)


def test_from_her_second_contact_on_the_supervisor_knows(book):
    first, again = book.text_case(PENSION), book.text_case(PENSION + "，还没办")
    book.merge(again, first)
    assert [text.to for text in book.texts_out(Purpose.REPEATED)] == [SUPERVISOR]
