"""Text: cleaned of what must not be drawn, broken without loss, shaped in its own direction."""

import pytest
from pyphen import Pyphen

from renderers.emoji import emoji_picture, split_emoji
from renderers.shaping import advance, shape
from renderers.typefaces import Style, own
from renderers.wrapping import balanced, clean, cut, width, wrap


def test_dangerous_characters_are_dropped() -> None:
    """Controls and direction overrides never reach a picture; line breaks become spaces."""
    assert clean("a\u202eb\u0007c\u2066d\u200b\n\t e\ud800") == "abcd e"


def test_towers_of_accents_are_limited() -> None:
    """No letter carries so many marks that they climb over the line above."""
    assert len(clean("e" + "\u0301" * 200)) <= 6


def test_wrapping_loses_nothing() -> None:
    """The lines hold all of the text, none wider than asked."""
    text = "Mencari informasi tentang pertanggungjawaban di https://toko.id/a/b/c lalu bertanya"

    for lines in (wrap(Style.MEDIUM, 36, text, 300), balanced(Style.MEDIUM, 36, text, 300)):
        joined = "".join(line.string for line in lines).replace(" ", "").replace("-", "")
        assert joined == text.replace(" ", "")
        assert max(line.width for line in lines) <= 300


@pytest.mark.parametrize("style", Style)
def test_ordinary_signs_are_in_the_own_typeface(style: Style) -> None:
    """Lines of printable ASCII never need another typeface, so nobody looks for one."""
    assert own(style).characters >= set(range(0x20, 0x7F))


@pytest.mark.parametrize("style", Style)
def test_letters_are_as_wide_beside_a_space_as_alone(style: Style) -> None:
    """A line is as wide as its words and spaces, whichever letters and signs stand at their ends."""
    known = [
        chr(code) for code in sorted(own(style).characters) if 0x20 < code < 0x250 or 0x2010 <= code <= 0x2026
    ]

    for letter in known:
        for line in (f"{letter} {letter}", f"a {letter} 1", f"1 {letter} a"):
            assert advance(style, line) == sum(run.advance for run in shape(style, line))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Nomor 081234567890 WhatsApp admin toko", "081234567890"),
        ("Harga Rp1.250.000,00 mahal", "Rp1.250.000,00"),
        ("Hubungi tokobungamelati2024@gmail.com ya", "tokobungamelati2024@gmail.com"),
        ("﷽ ﷽", "﷽"),
    ],
)
def test_evening_lines_out_splits_nothing(text: str, whole: str) -> None:
    """What fits into a line stays whole when the lines are made equally long."""
    measure = width(Style.SEMIBOLD, 36, whole) + 4

    lines = [line.string for line in balanced(Style.SEMIBOLD, 36, text, measure)]

    assert any(whole in line.split(" ") for line in lines)
    assert " ".join(lines) == text


@pytest.mark.parametrize("kept", ["15 ribu", "25–34 tahun", "24/7", "3 hari"])
def test_numbers_stay_with_what_they_count(kept: str) -> None:
    """No line ends between a number and its unit, or inside a range."""
    text = f"Buka tiap hari {kept} saja"

    for measure in range(260, 700, 20):
        lines = [line.string for line in wrap(Style.MEDIUM, 36, text, measure)]
        assert any(kept in line for line in lines), lines


def test_cut_text_ends_in_an_ellipsis() -> None:
    """What is left out is marked, and the last line is filled up."""
    lines = cut(Style.MEDIUM, 36, "satu dua tiga empat lima enam tujuh", 200, 2)

    assert len(lines) == 2
    assert lines[-1].string.endswith("…")
    assert lines[-1].width <= 200


def test_long_words_split_at_the_last_hyphen_that_fits() -> None:
    """However long a word is, each of its lines ends where Indonesian allows it, as late as it can."""
    hyphenation = Pyphen(lang="id_ID", left=3, right=3)
    rest, measure = "mempertanggungjawabkannyaketidakseimbangan" * 6, 400

    for line in wrap(Style.MEDIUM, 24, rest, measure)[:-1]:
        fitting = [
            place
            for place in hyphenation.positions(rest)
            if width(Style.MEDIUM, 24, rest[:place] + "-") <= measure
        ]

        assert line.string == rest[: fitting[-1]] + "-"
        rest = rest[fitting[-1] :]


def test_a_stroke_stays_with_the_word_before_it() -> None:
    """Two feelings break after the stroke between them."""
    assert [line.string for line in balanced(Style.BOLD, 40, "Antusias / Cemas", 250)] == [
        "Antusias /",
        "Cemas",
    ]


def test_emoji_are_found_whole() -> None:
    """Families, flags and skin tones are one emoji; ordinary signs are text."""
    pieces = split_emoji("a👨‍👩‍👧‍👦🇮🇩👍🏽→b")

    assert pieces == ((False, "a"), (True, "👨‍👩‍👧‍👦"), (True, "🇮🇩"), (True, "👍🏽"), (False, "→b"))


def test_arabic_runs_from_right_to_left() -> None:
    """The words of an Arabic line are placed from the right, numbers in it from the left."""
    runs = [run.string.strip() for run in shape(Style.MEDIUM, "علي 12 سلام") if run.string.strip()]

    assert runs == ["سلام", "12", "علي"]


@pytest.mark.usefixtures("bare_machine")
def test_a_bare_machine_drops_rare_emoji() -> None:
    """An emoji that no font has is left out, and a text of such emoji only is an ellipsis."""
    assert clean("Enak ☕ banget 🧿") == "Enak ☕ banget"
    assert clean("🧿") == "…"
    assert emoji_picture("🧿") is None


@pytest.mark.usefixtures("bare_machine")
def test_a_bare_machine_measures_every_script() -> None:
    """What no font has is shown as boxes, never an error."""
    for text in ("产品", "ꦏꦶꦭꦤ꧀", "ราคา", "\U0001f9ff", "علي"):
        assert width(Style.MEDIUM, 36, text) > 0
