"""Where else the person of a case can be found."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, DataKey, Enciphered
from models.petition import Petition


class OtherNumber(Base):
    """Another telephone at which the person of one case can be found: her son's, a neighbour's. For this case alone,
    for it was given for this matter.
    """

    __tablename__ = "other_numbers"

    petition_id: Mapped[int] = mapped_column(ForeignKey("petitions.id"), primary_key=True)
    number_box: Mapped[bytes] = mapped_column(LargeBinary)
    noted_at: Mapped[datetime]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))

    petition: Mapped[Petition] = relationship(lazy="joined", innerjoin=True)
    number = Enciphered("number_box")

    @property
    def key(self) -> DataKey:
        return self.petition.key
