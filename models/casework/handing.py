"""交办: a report that names village cadres alone may be read by the discipline committee of their township too, by the
word of an inspector of the county; never by itself, never further down.
"""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import recusing, sealing
from models.history import Event, record
from models.inspector import InspectorKey
from models.lifecycle import BadInput, ForbiddenMove
from models.people import Officer
from models.permissions import Action, Actor, Role
from models.petition import Petition
from models.places import Level, Unit
from models.visible import require

HIGHER_UP = re.compile(
    "[镇乡县市](?:党委|政府|长|上的?(?:人|干部|领导|书记)|里的?(?:人|干部|领导)|书记|干部|领导|人大|纪委)|"
    "(?:民政|财政|国土|自然资源|水利|林业|农业|派出|司法|信访|住建|交通|教育|卫健)[所局站办]|纪委的?(?:人|干部|书记|主任)|县委|局长|所长|站长|人大主席"
)


def committee_of(session: Session, petition: Petition) -> Unit | None:
    """The discipline committee of the township in which it happened; None where that is unknown, or has none."""
    township = petition.village.parent_id if petition.village else None
    if township is None:
        return None
    return session.scalar(select(Unit).where(Unit.level == Level.DISCIPLINE, Unit.parent_id == township))


def hand_over(session: Session, petition: Petition, *, only_village: bool, by: Actor, now: datetime) -> int:
    """Wrap its keys for every member of that committee who holds a key and is not left out; how many members.

    Raises BadInput where the inspector does not say that it names village cadres alone, ForbiddenMove where her words
    say otherwise, nobody has confirmed them, or there is nobody to give it to.
    """
    require(by, Action.RELEASE, petition)
    if not only_village:
        raise BadInput("only_village", "请先看完她的话，确认只写到村里的干部。")
    committee = committee_of(session, petition)
    if petition.sealed_at is None or not petition.confirmed or committee is None:
        raise ForbiddenMove("要封存好、核过稿，而且知道是哪个乡镇、那里有纪委人员，才能交办。")
    words = sealing.words_of(petition)
    if (found := HIGHER_UP.search(words)) or _above_a_village(session, words):
        raise ForbiddenMove(f"她的话里写到村以上的人{f'（{found[0]}）' if found else ''}，不能交给乡镇，只能由县里办。")
    out = {*recusing.named_in(session, words), *recusing.left_out(session, petition)}
    members = [one for one in _keys_of(session, committee) if one.officer_id not in out]
    if not members:
        raise ForbiddenMove(f"{committee.name}还没有人有密钥。")
    sealing.wrap_for(session, petition, members)
    record(session, petition.id, Event.HANDED, by=by, now=now, unit=committee.id, members=len(members))
    return len(members)


def _keys_of(session: Session, committee: Unit) -> list[InspectorKey]:
    serving = select(InspectorKey).join(InspectorKey.officer).where(Officer.role == Role.INSPECTOR, Officer.active)
    return list(session.scalars(serving.where(Officer.unit_id == committee.id)))


def _above_a_village(session: Session, words: str) -> bool:
    """Whether she names an officer of a township or the county."""
    names = select(Officer.name).join(Officer.unit).where(Officer.active, Unit.level != Level.VILLAGE)
    return any(name in words for name in session.scalars(names))
