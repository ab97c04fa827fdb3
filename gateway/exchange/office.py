"""What every part of the exchange works with: its ledger, its courier, its clock and its own address."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from gateway.exchange.faults import Faults
from gateway.exchange.ledger import Ledger
from gateway.exchange.nouns import Number, Telephone
from gateway.exchange.sound import Samples
from gateway.exchange.times import Wall
from gateway.exchange.webhooks import Courier

API_VERSION = "2010-04-01"
PROMPTS_KEPT = 200


@dataclass
class Prompts:
    """The sounds lately played, by their address, so that a handset can hear them too."""

    kept: OrderedDict[str, Samples] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, url: str, samples: Samples) -> None:
        with self.lock:
            self.kept[url] = samples
            self.kept.move_to_end(url)
            while len(self.kept) > PROMPTS_KEPT:
                self.kept.popitem(last=False)

    def get(self, url: str) -> Samples | None:
        with self.lock:
            return self.kept.get(url)


@dataclass
class Office:
    """The exchange's rooms hold this; `media_delay` is the call time from a recording's end to its availability;
    `real_pauses`: a Pause lasts as long as it says, for the gateway is at work meanwhile.
    """

    account_sid: str
    auth_token: str
    base_url: str
    ledger: Ledger
    courier: Courier
    wall: Wall
    media_delay: float = 0.0
    real_pauses: bool = False
    prompts: Prompts = field(default_factory=Prompts)
    faults: Faults = field(default_factory=Faults)

    @property
    def account_path(self) -> str:
        return f"/{API_VERSION}/Accounts/{self.account_sid}"

    def number(self, phone_number: str) -> Number | None:
        found = self.ledger.find(Number, {"phone_number = ?": phone_number}, limit=1)
        return found[0] if found else None

    def telephone(self, number: str) -> Telephone:
        return self.ledger.get(Telephone, number) or Telephone(number)
