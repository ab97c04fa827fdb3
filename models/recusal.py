"""回避: an inspector who has nothing to do with a report, because it speaks of him or he is close to it. For him it is
not there.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Ground(StrEnum):
    NAMED = "named"  # her words name him
    ABOVE = "above"  # or somebody he is set over
    RELATIVE = "relative"  # the rest he says himself, on the grounds of 监察法 (2024) §67
    WITNESS = "witness"
    INTEREST = "interest"
    OTHER = "other"


DECLARED = {
    Ground.RELATIVE: "是当事人或者举报人的近亲属",
    Ground.WITNESS: "做过这件事的证人",
    Ground.INTEREST: "本人或者近亲属和这件事有利害关系",
    Ground.OTHER: "有可能影响公正的其他情形",
}


class Recusal(Base):
    __tablename__ = "recusals"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    ground: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
