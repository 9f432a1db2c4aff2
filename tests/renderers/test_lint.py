"""The lint that looks at pages finds what it is there for."""

from dataclasses import replace

import pytest

from renderers.display import Box, DisplayList, Emoji, Operation, Path, Role, Text
from renderers.shapes import circle
from renderers.theme import LIGHT
from renderers.typefaces import Style
from tests.renderers.lint import defects

CARD = Box(20, 20, 200, 100)
LINE = Text(40, 70, Style.MEDIUM, 36, "#000000", "kopi", 80, Role.BODY, CARD)
CART = Emoji("🛒", 60, 42, 30, CARD)


def page(*operations: Operation) -> DisplayList:
    return DisplayList(300, 200, operations)


def test_a_tidy_page_has_no_defect() -> None:
    """Two lines one below the other in their card are fine."""
    assert defects(page(LINE, replace(LINE, baseline=108)), smallest_body=36) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ((replace(LINE, x=-30, cell=Box(-40, 0, 300, 200)),), "outside the page"),
        ((replace(LINE, x=180),), "outside its cell"),
        ((replace(LINE, width=190),), "outside its cell"),
        ((replace(LINE, baseline=130),), "outside its cell"),
        ((replace(CART, y=110),), "outside its cell"),
        ((LINE, replace(LINE, baseline=85)), "overlap"),
        ((LINE, replace(LINE, x=110)), "overlap"),
        ((LINE, CART), "overlap"),
        ((replace(LINE, size=35.9),), "too small"),
        ((Path(circle(290, 100, 20), "#FFFFFF"),), "shape outside the page"),
        ((Path(circle(80, 70, 20), LIGHT.feelings[1]), LINE), "over a face"),
    ],
)
def test_a_planted_defect_is_found(planted: tuple[Operation, ...], found: str) -> None:
    """Each kind of defect is named."""
    assert any(defect.startswith(found) for defect in defects(page(*planted), smallest_body=36))


def test_small_labels_are_no_body_text() -> None:
    """Only body text has a smallest size."""
    assert defects(page(replace(LINE, size=20, role=Role.LABEL)), smallest_body=36) == []
