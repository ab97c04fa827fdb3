"""线下督办: of what many brought, or one again and again, somebody goes there, and everybody hears what came of it."""

import pytest

from models.casework import ending, joining, on_site
from models.history import Event
from models.lifecycle import BadInput, ForbiddenMove, NotAllowed
from models.message import Delivery, Purpose
from models.outgoing import CallOut, Reason
from models.permissions import SYSTEM
from models.tasks import PersonTask, Why
from models.visible import by_id
from tests.casebook import PENSION, VILLAGER

BRIDGE = "六坪村的漫水桥垮了半边，车子过不去，娃儿上学要绕路"
MANY = tuple(f"+861390000020{place}" for place in range(3))
OUTCOME = "桥月底前搭好便道，年前修好"


def matter(book):
    """Three people's one matter; the case of the first."""
    first, *others = (book.text_case(BRIDGE, sender=number) for number in MANY)
    for other in others:
        together_with(book, other, first)
    return first


def together_with(book, case, first):
    def verb(session, petition):
        who, one = book.officers["huawu"], by_id(session, SYSTEM, first)
        joining.join(session, petition, one, by=who, county=book.county, now=book.watch())

    book.do(case, verb)


def went_there(book, case, words=OUTCOME, by="duban"):
    def verb(session, petition):
        who, rules = book.officers[by], book.county.procedure.together
        on_site.outcome(session, petition, words, by=who, rules=rules, now=book.watch())

    book.do(case, verb)


def test_everybody_who_brought_it_is_told_what_came_of_it(book):
    case = matter(book)
    went_there(book, case)
    texts = book.texts_out(Purpose.ON_SITE)
    assert [(text.to, text.slots["result"]) for text in texts] == [(number, OUTCOME) for number in MANY]
    assert [book.events(one.id)[-1] for one in book.cases()] == [Event.ON_SITE] * 3


def test_it_is_told_once(book):
    case = matter(book)
    went_there(book, case)
    with pytest.raises(ForbiddenMove, match="告诉过"):
        went_there(book, case, "再说一遍")


def test_who_gave_no_telephone_is_told_by_a_person(book):
    case, at_the_counter = matter(book), book.at_the_counter(BRIDGE, caller="")
    together_with(book, at_the_counter, case)
    went_there(book, case)
    (task,) = book.rows(PersonTask, why=Why.NOT_HEARD)
    assert (task.petition_id, task.note) == (at_the_counter, OUTCOME)


def test_whom_no_text_reaches_hears_it_by_a_call(book):
    went_there(book, matter(book))
    text = book.texts_out(Purpose.ON_SITE)[-1]
    book.carrier_says(Delivery.FAILED, text)
    assert [(order.reason, order.message_id) for order in book.rows(CallOut)] == [(Reason.TELL, text.id)]


def test_who_asks_again_and_again_is_told_too(book):
    case = book.text_case(PENSION)
    for _ in range(book.county.procedure.together.repeat - 1):
        book.do(case, lambda s, p: ending.urge(s, p, county=book.county, now=book.watch()))
    went_there(book, case)
    assert [text.to for text in book.texts_out(Purpose.ON_SITE)] == [VILLAGER]


@pytest.mark.parametrize("words", ["", " ", "桥" * 34])
def test_an_outcome_is_one_text(book, words):
    with pytest.raises(BadInput):
        went_there(book, matter(book), words)


def test_one_persons_own_matter_has_no_such_sheet(book):
    with pytest.raises(ForbiddenMove, match="承办单位"):
        went_there(book, book.text_case(PENSION))


def test_it_is_the_supervisors(book):
    case = matter(book)
    with pytest.raises(NotAllowed):
        went_there(book, case, by="huawu")
