"""Before and after in one picture: two curves, three lists, nothing lost without a count."""

import itertools
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journey.model import JourneyMap
from renderers.display import DisplayList, Text
from renderers.layout.comparison import comparison
from renderers.picture import Format, Layout, draw
from renderers.recipe import recipe
from renderers.theme import GRAPHICS_CONTRAST, LIGHT, PRINT, TEXT_CONTRAST, Theme, contrast
from renderers.words import PictureWords
from tests.renderers.colours import strokes_on_grounds, texts_on_grounds
from tests.renderers.compared import DATES, compared, earlier_coffee, later_coffee, page_of
from tests.renderers.lint import defects
from tests.renderers.maps import coffee, fullest, scrambled, unfinished
from tests.renderers.test_layout import SMALLEST_BODY, filled_with
from tests.renderers.words import ENGLISH, INDONESIAN

GOLDEN = Path(__file__).parent / "golden" / "comparison.json"
SEEDS = 120


def strings(page: DisplayList) -> list[str]:
    return [operation.string for operation in page.operations if isinstance(operation, Text)]


def pairs() -> Iterator[tuple[str, JourneyMap, JourneyMap]]:
    """Yield earlier and later versions that make the picture show little, much and odd things."""
    bare = replace(coffee(), stages=())
    yield "coffee", earlier_coffee(), later_coffee()
    yield "the same", coffee(), coffee()
    yield "all new", unfinished(), fullest()
    yield "all solved", fullest(), unfinished()
    yield "all still there", fullest(), fullest()
    yield "from nothing", bare, coffee()
    yield from ((letter, coffee(), filled_with(letter)) for letter in "Wعক产👍")


def test_the_picture_is_laid_out_as_agreed() -> None:
    """The numbers of the display list; RENEW_GOLDEN=1 writes them anew after a wanted change."""
    drawn = page_of(earlier_coffee(), later_coffee(), INDONESIAN).as_json()
    if os.environ.get("RENEW_GOLDEN"):
        GOLDEN.write_text(drawn, encoding="utf-8")

    assert drawn == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", [LIGHT, PRINT], ids=["light", "print"])
@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_any_two_versions_have_no_defect(words: PictureWords, theme: Theme) -> None:
    """Nothing overlaps, sticks out or gets too small, and no page becomes a thread."""
    for name, before, after in pairs():
        page = page_of(before, after, words, theme)

        assert defects(page, smallest_body=SMALLEST_BODY, theme=theme) == [], name
        assert 1.25 <= page.height / page.width <= 1.78, name


def test_random_versions_have_no_defect() -> None:
    """Long words, URLs, emoji and many scripts on either side."""
    found = {
        seed: wrong
        for seed in range(SEEDS)
        if (wrong := defects(page_of(scrambled(seed), scrambled(seed + 1), INDONESIAN), theme=LIGHT))
    }

    assert found == {}


@pytest.mark.parametrize("theme", [LIGHT, PRINT], ids=["light", "print"])
def test_everything_stands_out_from_what_lies_under_it(theme: Theme) -> None:
    """Each text has 4.5:1 against the shape it is written on, each line and mark 3:1."""
    decoration = {theme.line, theme.line_strong, theme.card}
    page = page_of(earlier_coffee(), fullest(), INDONESIAN, theme)

    texts = {(colour, ground) for _, colour, ground in texts_on_grounds(page)}
    strokes = {pair for pair in strokes_on_grounds(page) if pair[0] not in decoration}

    assert [pair for pair in texts if contrast(*pair) < TEXT_CONTRAST] == []
    assert [pair for pair in strokes if contrast(*pair) < GRAPHICS_CONTRAST] == []


def test_each_list_names_stage_and_complaint() -> None:
    """Solved, new and still there with their counts; an empty list says so."""
    shown = strings(page_of(earlier_coffee(), later_coffee(), INDONESIAN))

    order = [shown.index(title) for title in ("Beres (2)", "Baru (2)", "Masih ada (5)")]
    assert order == sorted(order)
    solved = shown[order[0] : order[1]]
    assert solved[1:] == [
        *("Keputusan", "Nggak bisa bayar pakai QRIS"),
        *("Pengalaman", "Kotaknya penyok waktu sampai"),
    ]
    nothing = strings(page_of(coffee(), coffee(), ENGLISH))
    assert [nothing[nothing.index(title) + 1] for title in ("Solved", "New")] == ["none", "none"]


def test_both_curves_have_their_dates() -> None:
    """The legend says which is which."""
    shown = strings(page_of(earlier_coffee(), later_coffee(), INDONESIAN))

    assert {"Sesudah · 3 Mar 2026", "Sebelum · 2 Jan 2026"} <= set(shown)


def test_what_does_not_fit_is_counted() -> None:
    """Of 48 new complaints a few are shown, and the rest is a number."""
    shown = strings(page_of(unfinished(), fullest(), INDONESIAN))

    (more,) = (string for string in shown if string.startswith("+"))
    listed = sum(string.startswith("Keluhan ") for string in shown)
    assert more == f"+{48 - listed} lagi, lihat teks"
    assert listed >= 3


def test_a_stage_is_named_once_in_a_list() -> None:
    """Below its name stand all its complaints."""
    shown = strings(page_of(earlier_coffee(), later_coffee(), INDONESIAN))
    still = shown[shown.index("Masih ada (5)") :]

    assert still.count("Pertimbangan") == 1
    assert {"Informasi produk kurang detail", "Navigasi sulit"} <= set(still)


def test_the_alternative_tells_what_is_seen() -> None:
    """Who can't see it hears both dates, both scores and the three lists."""
    second = compared(earlier_coffee(), later_coffee())

    (picture,) = draw(later_coffee(), Layout.COMPARISON, Format.JPG, INDONESIAN, second=second)

    assert picture.name == "comparison.jpg"
    assert picture.alternative.split("\n")[:4] == [
        "Pembelian Kopi Online, sebelum (2 Jan 2026) dan sesudah (3 Mar 2026).",
        "Perasaan: Kesadaran 3/5 → 4/5, Pertimbangan 3/5 → 3/5, Keputusan 2/5 → 2/5, "
        "Pengalaman 1/5 → 3.5/5, Loyalitas 4/5 → 4/5.",
        "Beres (2): Keputusan: Nggak bisa bayar pakai QRIS; Pengalaman: Kotaknya penyok waktu sampai.",
        "Baru (2): Pengalaman: Kemasan kurang menarik; Loyalitas: Tidak ada insentif untuk mereferensikan.",
    ]


def test_the_earlier_version_is_part_of_the_recipe() -> None:
    """Another date, another earlier version or none: another picture."""

    def of(before: JourneyMap, dates: tuple[str, str] = DATES) -> str:
        second = compared(before, later_coffee(), dates)
        return recipe(later_coffee(), Layout.COMPARISON, Format.JPG, INDONESIAN, second=second)

    recipes = [
        of(earlier_coffee()),
        of(coffee()),
        of(earlier_coffee(), ("2 Jan 2026", "4 Mar 2026")),
        recipe(later_coffee(), Layout.PORTRAIT, Format.JPG, INDONESIAN),
    ]

    assert all(first != second for first, second in itertools.combinations(recipes, 2))
    assert of(earlier_coffee()) == recipes[0]


def test_a_comparison_needs_an_earlier_version() -> None:
    """A second curve of another kind doesn't know what changed."""
    with pytest.raises(ValueError, match="comparison"):
        draw(coffee(), Layout.COMPARISON, Format.JPG, INDONESIAN)


def test_a_page_without_much_to_tell_is_four_to_five() -> None:
    """The tallest that a chat shows whole."""
    quiet = replace(coffee(), stages=tuple(replace(stage, pains=()) for stage in coffee().stages))
    second = compared(quiet, quiet)
    assert second.comparison is not None

    page = comparison(quiet, INDONESIAN, LIGHT, second, second.comparison)

    assert (page.width, page.height) == (1080, 1350)
