"""Units and villages, and the county's own papers (gazetteer, taxonomy, prompts) as the technician installed them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

DISCIPLINE = "jw"
"""The county's discipline office. A township's committee is a unit of that level too, under its township."""


class Level(StrEnum):
    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    DISCIPLINE = "discipline"
    EXTERNAL = "external"


class Unit(Base):
    """An office that can be asked: a village, a township, a county department, or the discipline office."""

    __tablename__ = "units"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    level: Mapped[str] = mapped_column(String(16))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(20))  # the duty phone that gets its warnings


class CountyPaper(Base):
    """One of the county's files: `gazetteer`, `taxonomy`, `prompts`, `closures`."""

    __tablename__ = "county_papers"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[dict[str, Any]]
