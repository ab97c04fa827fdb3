"""The people of the proof: each reports with a marker of her own, and what the marker is of."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from models.keyring import decipher
from models.permissions import SYSTEM
from models.petition import Petition, Statement
from models.visible import visible
from tests.journeys.village import Village
from tests.prove.marker import marks
from tests.prove.marker.marks import Mark

ORDINARY = "六坪村路灯坏了没有人修"
ACCUSING = "六坪村支书贪污低保款"
KEY_OF_REPORTS = "2"


@dataclass(frozen=True)
class Report:
    """How it is named in a violation, whose it is, the rare words in it, and by what it is known in the database."""

    name: str
    phone: str
    words: str
    number: str = ""


def text(village: Village, report: Report, about: str) -> Report:
    return _told(village, report, lambda: village.text(report.phone, f"{about}，{report.words}"))


def call(village: Village, report: Report, about: str, *, key: str = "") -> Report:
    return _told(village, report, lambda: _speak(village, report, about, key))


def _speak(village: Village, report: Report, about: str, key: str) -> None:
    line = village.call(report.phone)
    if key:
        line.press(key).wait(1)
    line.say(f"{about}，{report.words}").hang_up().wait_until_over(30)


def _told(village: Village, report: Report, tell: Callable[[], None]) -> Report:
    """She tells it; the number of the case that was not there before."""
    before = {case.number for case in village.cases()}
    tell()
    village.wait_for(lambda: {case.number for case in village.cases()} > before, f"{report.name} is a case")
    (number,) = {case.number for case in village.cases()} - before
    return Report(report.name, report.phone, report.words, number)


def statement(village: Village, report: Report, *, opened: bool) -> tuple[str, bytes]:
    """What stands in her case, and her sound as it was before it was enciphered; in an inspector's hands or ours."""
    sessions = village.opened if opened else village.desk.sessions
    with sessions.reading() as session:
        found: Statement = session.scalars(visible(SYSTEM).where(Petition.number == report.number)).one().statements[-1]
        sound = decipher(found.key.plain, village.desk.storage.get(found.sound)) if found.sound else b""
        return found.words, sound


def marks_of(village: Village, report: Report, *, opened: bool = True) -> list[Mark]:
    """Her words as she said and as the machine heard them, her sound, her number, and the hash of her number."""
    said, sound = statement(village, report, opened=opened)
    hashed = village.desk.sessions.keyring.hash_number(report.phone)
    found = [
        marks.of_words(f"words of {report.name}", report.words),
        marks.of_number(f"the number of {report.name}", report.phone),
        marks.of_words(f"the hash of the number of {report.name}", hashed),
    ]
    if sound:
        found += [
            marks.of_heard(f"what was heard of {report.name}", said),
            marks.of_sound(f"the sound of {report.name}", sound),
        ]
    return found


def statement_id(village: Village, report: Report) -> int:
    with village.desk.sessions.reading() as session:
        wanted = select(Statement.id).join(Petition).where(Petition.number == report.number)
        return session.scalars(wanted).one()
