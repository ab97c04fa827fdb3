"""What who reports wishes, in one line for the inspector who may have to find her."""

from sqlalchemy.orm import Session

from models.casework import reporting
from models.daytimes import DAYTIMES
from models.petition import Petition

NOBODY_CALLS = "莫打电话，等她来问"


def wished(session: Session, petition: Petition) -> str:
    """Her name and her hours; empty for what was not reported by her own choice. Raises models.keyring.Sealed."""
    if not petition.report:
        return ""
    wish = reporting.wish_of(session, petition)
    name = "留了真名（在她的话里）" if wish and wish.real else "没有留名"
    time = DAYTIMES.get(wish.hours or "") if wish else None
    return f"{name}；{f'{time.name}（{time.hours}）可以打给她' if time else NOBODY_CALLS}"
