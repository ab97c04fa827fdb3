"""Which installation a command speaks of: the one its settings name, else the demonstration of this data folder."""

import os
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway import settings
from gateway.desk import Desk, set_up
from gateway.settings import Settings
from models.lifecycle import NotAllowed
from models.people import Officer
from models.permissions import Actor, Role
from worker.premises import kept_settings


def installation() -> Settings:
    """The settings set by hand; where nobody set any, those of the house `make run` opened in the data folder.

    Only commands ask here. What serves callers reads the settings themselves, so that no production ever runs on what
    a demonstration left behind.
    """
    kept = None if settings.set_by_hand() else kept_settings(Path(os.environ.get("XIANGYIN_DATA", "var")))
    return settings.from_mapping(kept) if kept else settings.read()


def desk() -> Desk:
    return set_up(installation())


def administrator(session: Session, login: str) -> Actor:
    """Who answers for what is typed. Raises NotAllowed."""
    wanted = select(Officer).where(Officer.login == login, Officer.role == Role.ADMIN, Officer.active)
    officer = session.scalar(wanted)
    if officer is None:
        raise NotAllowed("只有技术员的账号可以。")
    return officer.actor
