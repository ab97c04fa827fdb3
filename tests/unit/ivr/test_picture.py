"""The picture of a call in the papers is the call as it is."""

from ivr.picture import draw
from tests.house.project import FENCE, text_of


def test_the_picture_in_the_paper_is_what_the_conversation_does():
    assert draw() in [body for kind, body in FENCE.findall(text_of("docs/petition.md")) if kind == "mermaid"]


def test_every_box_can_be_reached_from_the_greeting_and_leads_to_an_end():
    arrows = [line.split()[:: len(line.split()) - 1] for line in draw().splitlines() if " --> " in line]
    reached = {"n0"}
    while more := {after for before, after in arrows if before in reached} - reached:
        reached |= more
    assert reached == {end for arrow in arrows for end in arrow}
