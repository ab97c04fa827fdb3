"""督办: a supervisor tells whoever has a case, and who answers for that unit, to deal with it now; once a day by text,
and it stands in the history of the case. The clock does not hear it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.casework import warning
from models.clock import CHINA
from models.county import County
from models.escalation import Hearer
from models.history import Event, HistoryLine, record
from models.lifecycle import UNANSWERED, ForbiddenMove
from models.message import Purpose
from models.permissions import Action, Actor
from models.petition import Petition
from models.visible import require


def press(session: Session, petition: Petition, *, by: Actor, county: County, now: datetime) -> None:
    """Raises NotAllowed; ForbiddenMove where it is answered already, is the discipline office's, or was done today."""
    require(by, Action.SUPERVISE, petition)
    if petition.held:
        raise ForbiddenMove("这件只有纪检监察看得到，不发督办短信。")
    if petition.status not in UNANSWERED:
        raise ForbiddenMove("这件已经答复了，不用再督办。")
    if pressed_today(session, petition, now=now):
        raise ForbiddenMove("今天已经督办过这件了，短信发过了。还没有动静，请打电话，或者打印督办单。")
    record(session, petition.id, Event.PRESSED, by=by, now=now, unit=petition.unit_id)
    warning.inform(
        session,
        petition,
        Purpose.PRESSED,
        [Hearer.HANDLER, Hearer.HEAD],
        now=now,
        send_from=county.ladder.quiet.over(now, petition.deadline_class),
        again=f":{now.astimezone(CHINA):%m%d}",
    )


def pressed_today(session: Session, petition: Petition, *, now: datetime) -> bool:
    """Whether somebody did, since midnight of Asia/Shanghai."""
    midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    pressed = select(HistoryLine.id).where(
        HistoryLine.petition_id == petition.id, HistoryLine.event == Event.PRESSED, HistoryLine.at >= midnight
    )
    return session.scalar(pressed.limit(1)) is not None
