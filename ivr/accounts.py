"""Key 3: a village's accounts, read aloud. Which village, then the last quarter it has made public: the totals first,
then line by line, the largest first, for as long as she cares to listen.

At a line 1 says it again and 9 asks about it. What is not public is said, and chased where she wants it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.script import Ask, At, Bye, Deed, Known, Move, Record, Say, Step, Turn, Wait
from models.affairs import Book

KEY_PATIENCE = 1  # seconds; then she is listened to
LINE_PATIENCE = 3  # between two lines, for a key
FIRST_PATIENCE = 5
PATIENCE, LONGEST = 5, 20
KEYS = "0129#"
YES, NO, AGAIN, ASK = "1", "2", "1", "9"
TRIES = 3
MOST_WAITS = 3
NOTHING_ELSE = 99  # no question of those after a statement is put to her


def asks(step: Step, known: Known) -> Turn:
    """Which village: that of her telephone is offered first."""
    if known.offered:
        return _listen(Ask("book_yours", KEY_PATIENCE, known.offered), step=replace(step, at=At.BOOK, tries=0))
    return _listen(Ask("book_which", KEY_PATIENCE), step=replace(step, at=At.BOOK, tries=1))


def pressed(step: Step, key: str, known: Known) -> Turn:
    """A key at any place of the accounts; one that means nothing there is kindly ignored."""
    return _PRESSED[step.at](step, key, known)


def said(step: Step, known: Known) -> Turn:
    """Her answer, once it is in words. Who may be in danger, or wants a person, is heard out as anybody."""
    if not known.heard and step.waited < MOST_WAITS:
        return Turn((Wait(),), replace(step, waited=step.waited + 1))
    if known.danger or known.person:
        return Turn((Wait(),), replace(step, at=At.HEAR, waited=0), Deed.FILE if known.danger else None)
    if step.at is At.BOOK:
        return _village_said(step, known)
    if known.said is None and known.matter and step.tries:
        return _asked(step, Say("book_say"))
    answered = {True: YES, False: NO, None: ""}[known.said]
    return pressed(step, answered, known)


def silent(step: Step, known: Known) -> Turn:
    """She says nothing: asked again, and at the last nobody hangs up on her without a word."""
    if step.at is not At.BOOK:
        return pressed(step, "", known)
    if step.tries + 1 < TRIES:
        return _which(step, known)
    return Turn((Say("silence3"), Bye()), step, Deed.CALL_BACK)


def next_line(step: Step, known: Known) -> Turn:
    """She listens on: the line after this one, and after the last one goodbye."""
    return _line(replace(step, line=step.line + 1), known)


def _village_said(step: Step, known: Known) -> Turn:
    """The village; or a matter after all, which is never lost. At the last try a person asks her."""
    if known.matter:
        return Turn((Say("go_on"), Record(FIRST_PATIENCE)), replace(step, at=At.TELL, parts=1, waited=0), Deed.FILE)
    if known.book is not None:
        return _opened(step, known.book)
    if step.tries + 1 < TRIES:
        return _which(step, known)
    return _asked(step, Say("village_unknown"), Deed.FILE)


def _at_book(step: Step, key: str, known: Known) -> Turn:
    if key == YES and known.book is not None:
        return _opened(step, known.book)
    return _listen(Ask("book_which", KEY_PATIENCE), step=replace(step, tries=max(step.tries, 1)))


def _which(step: Step, known: Known) -> Turn:
    several = len(known.choice) > 1
    ask = (
        Ask("village_pick", KEY_PATIENCE, "，还是".join(known.choice)) if several else Ask("village_open", KEY_PATIENCE)
    )
    return _listen(ask, step=replace(step, tries=step.tries + 1))


def _opened(step: Step, book: Book) -> Turn:
    here = replace(step, village=book.village, book=book.id, line=0, tries=0)
    if not book.missing:
        return _totals(here, book)
    told = Ask("book_missing", KEY_PATIENCE, f"{book.name}{book.missing}")
    return replace(_listen(told, step=replace(here, at=At.CHASE)), deed=Deed.READ)


def _totals(step: Step, book: Book) -> Turn:
    corrected = (Say("book_corrected", about=book.corrected),) if book.corrected else ()
    moves = (*corrected, Ask("book_totals", KEY_PATIENCE, f"{book.name}{book.totals}"))
    return replace(_listen(*moves, step=replace(step, at=At.TOTALS, tries=0)), deed=Deed.READ)


def _at_totals(step: Step, key: str, known: Known) -> Turn:
    if key == YES:
        return _line(replace(step, line=1), known, Ask("book_keys", KEY_PATIENCE))
    if key == ASK:
        return _asked(step, Say("book_asked"))
    if key == NO or step.tries:
        return _goodbye(step)
    return _listen(Ask("book_lines", KEY_PATIENCE), step=replace(step, tries=1))


def _at_chase(step: Step, key: str, known: Known) -> Turn:
    if key == YES:
        return _asked(step, Say("book_chased"), Deed.CHASE)
    if key == NO or step.tries:
        return _totals(step, known.book) if known.book and known.book.lines else _goodbye(step)
    return _listen(Ask("book_chase", KEY_PATIENCE), step=replace(step, tries=1))


def _at_line(step: Step, key: str, known: Known) -> Turn:
    if key == AGAIN:
        return _line(step, known)
    if key == ASK:
        return _asked(step, Say("book_asked"))
    return _goodbye(step) if key == NO else next_line(step, known)


def _line(step: Step, known: Known, *before: Move) -> Turn:
    lines = known.book.lines if known.book else ()
    if not 0 < step.line <= len(lines):
        return _goodbye(step, Say("book_end"))
    moves = (*before, Ask("book_line", LINE_PATIENCE, lines[step.line - 1]), Wait())
    return Turn(moves, replace(step, at=At.LINE, waited=0), Deed.READ)


def _asked(step: Step, word: Say, deed: Deed = Deed.ASK_LINE) -> Turn:
    """It is a case from now on; what more she says is kept with it, and then she hears its number."""
    told = (word, Record(FIRST_PATIENCE))
    return Turn(told, replace(step, at=At.TELL, parts=1, waited=0, asked=NOTHING_ELSE), deed)


def _goodbye(step: Step, *before: Move) -> Turn:
    return Turn((*before, Say("bye"), Bye()), step)


def _listen(*moves: Move, step: Step) -> Turn:
    return Turn((*moves, Record(PATIENCE, LONGEST, KEYS, filed=False)), replace(step, waited=0))


_PRESSED: Mapping[At, Callable[[Step, str, Known], Turn]] = {
    At.BOOK: _at_book,
    At.TOTALS: _at_totals,
    At.CHASE: _at_chase,
    At.LINE: _at_line,
}
PLACES = tuple(_PRESSED)
