"""What every edge has at hand: the database, the clock, the county, the carrier, the sound. Made once per process."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from flask import current_app, g

from gateway.bell import Bell
from gateway.papers import Papers
from gateway.providers.twilio import Twilio
from gateway.settings import Settings
from gateway.storage import FileStorage
from gateway.voicebox import Voicebox
from ivr.prompts import Prompts
from models.clock import Clock, drill, wall
from models.county import County
from models.db import Sessions
from models.keyring import Keyring

EXTENSION = "xiangyin"


@dataclass(frozen=True)
class Desk:
    settings: Settings
    sessions: Sessions
    clock: Clock
    carrier: Twilio
    storage: FileStorage

    @property
    def county(self) -> County:
        """What its papers say; a process that started before they were installed reads them when asked."""
        return self.papers.county(now=self.now())

    @cached_property
    def papers(self) -> Papers:
        return Papers(self.sessions)

    @cached_property
    def prompts(self) -> Prompts:
        return Prompts.parse(self.county.prompts, self.voicebox.shelf)

    @cached_property
    def voicebox(self) -> Voicebox:
        return Voicebox(self.settings.data / "prompts", f"{self.settings.public_url}/twilio/prompts")

    def warm_up(self) -> None:
        """Read and parse the county's papers now, so that no caller and no job waits for it."""
        self.prompts.sentence("greet")

    def in_hands_of(self, keyring: Keyring) -> "Desk":
        """The same desk with somebody's own keyring."""
        other = replace(self, sessions=self.sessions.in_hands_of(keyring))
        other.__dict__["papers"] = self.papers  # parsed once
        return other

    def now(self) -> datetime:
        return self.clock()


def set_up(settings: Settings) -> Desk:
    """A process's desk. Connects to nothing yet."""
    secret = settings.secret_key.get_secret_value()
    return Desk(
        settings=settings,
        sessions=Sessions(settings.database_url, Keyring(secret), bell=Bell(settings.redis_url)),
        clock=drill(settings.clock_file) if settings.demo else wall,
        carrier=Twilio(
            account_sid=settings.account_sid,
            auth_token=settings.auth_token.get_secret_value(),
            api_url=settings.api_url,
            number=settings.number,
            receipts=f"{settings.public_url}/twilio/sms/receipt",
        ),
        storage=FileStorage(settings.recordings),
    )


def at_hand() -> Desk:
    """The desk of the application that answers this request; at the inspectors' desk in the hands of who asks."""
    desk: Desk = g.get("desk") or current_app.extensions[EXTENSION]
    return desk
