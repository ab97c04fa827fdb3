"""纪检监察人员 as the holders of keys: the public half in clear, the private one under a password of her own."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.people import Officer


class InspectorKey(Base):
    """One inspector's pair of keys. Without her password nobody, the technician included, opens the private half."""

    __tablename__ = "inspector_keys"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    public: Mapped[bytes] = mapped_column(LargeBinary)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]  # since when she shows codes of her telephone at the door

    officer: Mapped[Officer] = relationship(lazy="joined", innerjoin=True)
