"""Proof: every text is taken exactly once, however often and in what crowd the carrier brings it, and each answer goes
exactly once and is followed to its end, whatever the telephone does with it.
"""

import json
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.village import Village, a_village
from tests.prove import judging
from tests.prove.books import Day, Telephone, Texted
from tests.prove.frame import Terms, Verdict
from tests.prove.settling import settle
from tests.prove.trouble import QUEUE_IS_DEAD, Deaths, complaints, deaths
from worker.seed import EXAMPLE

FULL, SHORT = 300, 24
CROWD = 6  # webhooks at once
PATIENCE = 120.0  # seconds without anything being done
# none of these is worth another try, which would come an hour later
FATES = (
    ("delivered", None),
    ("undelivered", 30004),
    ("undelivered", 30005),
    ("failed", 30007),
)
HOW_OFTEN = {"delivered": 6, "undelivered": 2, "failed": 1}
NOISE = ("", "😀😀", "。。。", "？")
TOO_FAST = 20429  # the carrier's word for "slower, please"


@dataclass(frozen=True)
class Sender:
    """A telephone, what becomes of texts to it, and what is sent from it, each with how often the carrier brings it."""

    phone: str
    fate: tuple[str, int | None]
    texts: tuple[tuple[Texted, int], ...]


def prove(terms: Terms) -> Verdict:
    senders = people_who_text(terms.chance("senders"), SHORT if terms.short else FULL)
    with tempfile.TemporaryDirectory(prefix="xy-texts-") as folder, a_village(Path(folder)) as village:
        _prepare(village, senders)
        with deaths(village, terms.chance("deaths"), wanted=terms.kill) as died:
            bursts = _bursts(terms.chance("bursts"), senders, how_many=terms.deaths or 1)
            untaken = sum(_send(village, burst, died if terms.kill else None) for burst in bursts)
        texted = tuple(text for sender in senders for text, _ in sender.texts)
        ours = settle(village, Day(texted=texted), patience=PATIENCE)
        day = Day(texted=texted, telephones={sender.phone: _telephone(village, sender) for sender in senders})
        found = judging.violations(day, ours) + complaints(
            village.data / "log", excuse=QUEUE_IS_DEAD if terms.kill else None
        )
    return Verdict(len(texted), found, {"cases_filed": len(ours.cases), "untaken": untaken, "kills": died.count})


def people_who_text(chance: random.Random, how_many: int) -> list[Sender]:
    """So many texts from fewer telephones."""
    phones = chance.sample(range(10**8), how_many // 3)
    return [_sender(chance, f"+86137{phone:08d}") for phone in phones]


def _sender(chance: random.Random, phone: str) -> Sender:
    fates = [fate for fate in FATES for _ in range(HOW_OFTEN[fate[0]])]
    texts = tuple((_text(chance), chance.choice((1, 1, 2, 3))) for _ in range(3))
    return Sender(phone, chance.choice(fates), texts)


def _text(chance: random.Random) -> Texted:
    words = chance.choice(NOISE) if chance.random() < 0.1 else chance.choice(examples())
    return Texted(f"SM{chance.getrandbits(128):032x}", words)


def examples() -> list[str]:
    lines = (EXAMPLE / "petitions_sms.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows if row["kind"] == "petition"]


def _prepare(village: Village, senders: list[Sender]) -> None:
    for sender in senders:
        outcome, code = sender.fate
        village.phone(sender.phone).delivery(outcome, error_code=code)


Burst = list[tuple[str, Texted]]


def _bursts(chance: random.Random, senders: list[Sender], *, how_many: int) -> list[Burst]:
    """Everything that is brought, in the order it is brought: the same text again may come first, last or at once."""
    brought = [(sender.phone, text) for sender in senders for text, times in sender.texts for _ in range(times)]
    chance.shuffle(brought)
    return [brought[place::how_many] for place in range(how_many)]


def _send(village: Village, burst: Burst, died: Deaths | None) -> int:
    """Bring them in a crowd just as something dies, while the carrier twice has no time for ours; how often nobody
    took a text.
    """

    def bring(one: tuple[str, Texted]) -> bool:
        phone, text = one
        receipt = village.phone(phone).text_receipt(text.words, to=village.number, sid=text.sid)
        return receipt["error_code"] is None

    if died is not None:
        died.wait_for(1)
    village.exchange.refuse(TOO_FAST, times=2)
    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(bring, burst)).count(False)


def _telephone(village: Village, sender: Sender) -> Telephone:
    texts = tuple(text["body"] for text in village.phone(sender.phone).messages)
    return Telephone(texts, reachable=sender.fate[0] == "delivered")
