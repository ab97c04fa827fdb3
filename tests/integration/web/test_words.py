"""Every code of the house has its word on the pages."""

from datetime import UTC, datetime

import pytest

from gateway.web.past import BY_THE_VILLAGER, PHRASES
from gateway.web.words import LEVELS, REASONS, WHY_TO_CALL, moment, why_no_words
from models.casework.warning import COLOURS
from models.escalation import Colour
from models.history import Event
from models.permissions import LABELS, Role
from models.places import Level
from models.tasks import Why
from worker.speech.not_sound import Reason

NOW = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # past midnight in Beijing, and the next year


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (PHRASES, Event),
        (WHY_TO_CALL, Why),
        (COLOURS, Colour),
        (LEVELS, Level),
        (LABELS, set(Role) - {Role.SYSTEM}),
        (REASONS, {"village", "category", "second", "urgency", "guard", "unit"}),
    ],
)
def test_nothing_is_left_without_a_word(words, codes):
    assert set(words) == set(codes)
    assert set(Event) >= BY_THE_VILLAGER


def test_each_reason_why_there_are_no_words_has_its_own_sentence_and_the_carriers_codes_share_one():
    sentences = {why_no_words(reason) for reason in Reason}
    assert len(sentences) == len(Reason)
    assert "机器没听懂" in why_no_words("no_words"), "somebody did speak"
    assert why_no_words("no_voice") not in {why_no_words("no_words"), why_no_words("silent")}
    assert why_no_words("http_404") == why_no_words("20404") not in sentences


def test_a_moment_is_said_in_beijing_time_and_with_its_year_where_that_is_not_this_one():
    assert moment(NOW, now=NOW) == "1月1日 00:30"
    assert moment(NOW.replace(hour=8), now=NOW) == "2026年12月31日 16:30"
