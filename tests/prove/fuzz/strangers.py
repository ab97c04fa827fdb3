"""What strangers put into a field: nothing, too much, other people's signs, and what was made to do harm."""

from collections.abc import Iterable

from hypothesis import strategies as st

MARK = "<xy-fuzz>"  # must come out of no page as it went in
HARM = (
    f"{MARK}<script>alert(1)</script>",
    f'"{MARK} onload="alert(1)',
    "{{ 7 * 7 }}{{ config }}",
    "' OR 1=1 --",
    "'; DROP TABLE petitions; --",
    "%s%n%d",
    '=HYPERLINK("http://example.org")',
    "../../etc/passwd",
    "\0",
    "a\0b",
    "\r\nSet-Cookie: a=b",
    "\u202e\u2066\u200b",
    "�",
    "e\u0301" * 50,
    "𠀀𠮷",
    "路灯坏了" * 2000,
    "1" * 5000,
    "-1",
    "0",
    "9" * 19,
    "9" * 40,
    "1e999",
    "NaN",
    "²",
    "٣",
    "１２３",
    "+",
    " ",
    "0000-00-00",
    "2026-11-23",
    "9999-12-31",
    "true",
    "null",
    "[]",
    "{}",
)
SIGNS = st.characters(exclude_categories=("Cs",))
NUMBERS = st.one_of(st.integers(0, 40), st.sampled_from((2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**30)))


def words(offered: Iterable[str] = ()) -> st.SearchStrategy[str]:
    """What a field is offered to be (half of the time, where it is offered anything), or anything else."""
    strange = st.one_of(st.sampled_from(HARM), st.text(SIGNS, max_size=40))
    known = sorted(offered)
    return st.one_of(st.sampled_from(known), st.sampled_from(known), strange) if known else strange


def some_of(fields: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[dict[str, str]]:
    """A form with most of its fields, as a browser sends all of them and a stranger those he likes."""
    if not fields:
        return st.just({})
    return st.one_of(st.fixed_dictionaries(fields), st.fixed_dictionaries({}, optional=fields))
