"""The picture of a call in the papers is the call as it is."""

import pytest

from ivr.picture import draw, draw_announcing, draw_ours
from tests.house.project import FENCE, text_of


@pytest.mark.parametrize("picture", [draw, draw_ours, draw_announcing])
def test_the_picture_in_the_paper_is_what_the_conversation_does(picture):
    assert picture() in [body for kind, body in FENCE.findall(text_of("docs/petition.md")) if kind == "mermaid"]


@pytest.mark.parametrize("picture", [draw, draw_ours, draw_announcing])
def test_every_box_can_be_reached_from_the_beginning_and_leads_to_an_end(picture):
    arrows = [line.split()[:: len(line.split()) - 1] for line in picture().splitlines() if " --> " in line]
    reached = {"n0"}
    while more := {after for before, after in arrows if before in reached} - reached:
        reached |= more
    assert reached == {end for arrow in arrows for end in arrow}
