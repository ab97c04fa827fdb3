"""What is dialled within China, of numbers as the carrier writes them."""

import pytest

from models.telephones import international, national


@pytest.mark.parametrize(
    ("number", "dialled"),
    [("+8681655500000", "081655500000"), ("+8613900000101", "13900000101"), ("+41441234567", "+41441234567")],
)
def test_a_number_is_dialled_without_the_countrys_code(number, dialled):
    assert national(number) == dialled


@pytest.mark.parametrize("number", ["+8681655500000", "+8613900000101"])
def test_what_is_dialled_is_again_the_carriers_number(number):
    assert international(national(number)) == number
