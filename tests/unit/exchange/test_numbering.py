"""Which numbers are telephones, which of them take texts, and how many segments a text is."""

import pytest

from gateway.exchange.numbering import is_landline, is_number, segments


@pytest.mark.parametrize("text", ["+8613900000001", "+8681655500000", "+14155550100"])
def test_a_number_begins_with_plus_and_the_country(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "12345", "13900000001", "+0139", "+86 139", "+8613900000001x", "+861390000000\n"])
def test_anything_else_is_none(text):
    assert not is_number(text)


def test_a_chinese_landline_takes_no_texts():
    assert is_landline("+8681655500000")
    assert is_landline("+8612900000001")
    assert not is_landline("+8613900000001")
    assert not is_landline("+14155550100")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 1),
        ("路" * 70, 1),
        ("路" * 71, 2),
        ("路" * 134, 2),
        ("路" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
    ],
)
def test_a_text_is_counted_in_the_carriers_segments(body, count):
    assert segments(body) == count
