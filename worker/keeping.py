"""到期删除: once an hour what has been kept as long as the county keeps it goes."""

from gateway.desk import Desk
from models.casework import expiring
from models.permissions import SYSTEM
from models.visible import by_id

AT_ONCE = 200  # in one hour; whatever more there is waits for the next


def expire(at: Desk) -> int:
    """Delete what has been kept long enough; how many cases. Nothing while nobody has confirmed the county's table."""
    kept, now = at.county.retention, at.now()
    if not kept.confirmed:
        return 0
    with at.sessions.reading() as session:
        over = [petition.id for petition in expiring.past(session, kept, now=now, most=AT_ONCE)]
    for case in over:
        with at.sessions.writing() as session:
            expiring.expire(session, by_id(session, SYSTEM, case), now=now)
    with at.sessions.writing() as session:
        expiring.expire_without_a_case(session, kept, now=now, most=AT_ONCE)
    return len(over)
