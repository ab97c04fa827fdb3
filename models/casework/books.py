"""A village's published affairs as they are read to somebody, and the line that is kept of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.affairs import Book, Line, line_in_words, public_by_now, quarter_in_words, totals, totals_in_words
from models.clock import CHINA
from models.county import County
from models.message import Purpose
from models.people import Phone
from models.publication import Hearing, Publication, newest


def last(session: Session, village: str, *, county: County, now: datetime) -> Book:
    """The last quarter that is public."""
    return _book(village, newest(session, village), county, now)


def opened(session: Session, village: str, publication_id: int, *, county: County, now: datetime) -> Book:
    """What she is being read: the same though another version may have become public meanwhile."""
    publication = session.get(Publication, publication_id)
    public = publication is not None and publication.village_id == village and publication.signed_at is not None
    return _book(village, publication if public else None, county, now)


def home(session: Session, number_hash: str, *, county: County) -> str | None:
    """The village a telephone is registered in."""
    phone = session.get(Phone, number_hash)
    village = phone.village_id if phone else None
    return village if village in county.gazetteer.villages else None


def named(words: str, home: str | None, *, county: County) -> str | None:
    """The one village whose name is in these words."""
    found = county.gazetteer.find(words, registered=home)
    return found.village or (found.candidates[0] if len(found.candidates) == 1 else None)


def by_text(book: Book) -> dict[Purpose, dict[str, str]]:
    """The texts that tell her what is public: the totals, and what is missing."""
    texts = {Purpose.TOTALS: {"place": book.name, "totals": book.totals}} if book.id else {}
    if book.missing:
        word = f"催{book.name}的账"
        texts[Purpose.NOT_PUBLIC] = {"place": book.name, "quarter": book.missing, "word": word}
    return texts


def heard(session: Session, publication_id: int, line: int, *, now: datetime, **by: int) -> None:
    """The totals (line 0) or a line was read or written to her, `by` a call or a text."""
    publication = session.get(Publication, publication_id)
    if publication is None:
        return
    row = publication.rows[line - 1].id if 0 < line <= len(publication.rows) else None
    session.add(Hearing(publication_id=publication.id, line_id=row, at=now, **by))


def _book(village: str, publication: Publication | None, county: County, now: datetime) -> Book:
    due = public_by_now(now.astimezone(CHINA).date())
    name = county.gazetteer.full_name(village)
    if publication is None:
        return Book(village, name, missing=quarter_in_words(due))
    lines: list[Line] = [row.line for row in publication.rows]
    return Book(
        village,
        name,
        publication.id,
        f"{quarter_in_words(publication.quarter)}的账：{totals_in_words(totals(lines))}",
        tuple(line_in_words(line) for line in lines),
        missing=quarter_in_words(due) if publication.quarter < due else "",
        corrected=publication.why or "",
    )
