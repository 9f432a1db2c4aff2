"""Typed words are cleaned of what can't be seen, and lists are taken apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.wording import clean, clean_line, plain, split_entries
from tests.strategies import typed_words


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Instagram\nTikTok", ("Instagram", "TikTok")),
        ("Instagram, TikTok, spanduk toko", ("Instagram", "TikTok", "spanduk toko")),
        ("Instagram; TikTok", ("Instagram", "TikTok")),
        ("1. Instagram\n2. TikTok", ("Instagram", "TikTok")),
        ("1) Instagram 2) TikTok", ("Instagram", "TikTok")),
        ("- Instagram\n• TikTok\n* Spanduk", ("Instagram", "TikTok", "Spanduk")),
        ("a. Instagram\nb. TikTok", ("Instagram", "TikTok")),
        ("Instagram\n\nInstagram", ("Instagram",)),
    ],
)
def test_a_list_becomes_entries(text: str, entries: tuple[str, ...]) -> None:
    """Lines, short items between commas and numbered lists are several entries, each once."""
    assert split_entries(text) == entries


@pytest.mark.parametrize(
    "text",
    [
        "Barangnya bagus, tapi kirimnya lama sekali sampai seminggu",
        "Harga 1.500 perak",
        "3.5 kg",
        "Kalau hujan, kurir nggak mau datang ke rumah",
        "24 jam",
    ],
)
def test_a_sentence_stays_one(text: str) -> None:
    """A comma or a number inside a sentence parts nothing."""
    assert split_entries(text) == (text,)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("ko\x00pi", "kopi"),
        ("kopi\u202enoisrever\u202c", "kopinoisrever"),
        ("kopi\ud800", "kopi"),
        ("\u3164kopi\u2800", "kopi"),
        ("kopi\t\u00a0 susu", "kopi susu"),
        ("e\x00\u0301", "é"),
        ("\u3164\n\u2800", ""),
        ("\u200d", ""),
        ("\ufe0f", ""),
        ("kopi\r\nsusu\r\n\r\nteh", "kopi\nsusu\nteh"),
    ],
)
def test_what_cannot_be_seen_is_dropped(text: str, cleaned: str) -> None:
    """Control, override and blank characters disappear; what looks empty is empty."""
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text", ["👨‍👩‍👧‍👦", "👍🏽", "🇮🇩", "☕️", "ꦏꦶꦭꦤ꧀", "میں\u200cهم", "\U0001fae8", "$5_{x}", "<b>"]
)
def test_what_can_be_seen_is_kept(text: str) -> None:
    """Emoji families, flags, joined scripts and signs stay as typed, emoji newer than Python too."""
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("Nguyễn Thị Ngọc", "ꦲꦤꦕꦫꦏ ꦏꦿꦠꦺꦴꦤ꧀", "بِسْمِ ٱللَّٰهِ", "ที่นี่น้ำปั่น", "हिन्दी", "בְּרֵאשִׁ֖ית"),
        *("ཧྐྵྨླྺྼྻྂ", "👩🏽‍❤️‍💋‍👨🏿", "1️⃣", "x" + "\u0301" * 30),
    ],
)
def test_the_marks_of_every_script_are_kept(text: str) -> None:
    """Vowels, tones and cantillation stay as they are, however high letters are stacked."""
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "marks", ["\u0301", "\u0301\u0316", "\u0344", "\u0f73", "\u302e\u0301", "\u0301\x00"]
)
def test_a_pile_of_marks_is_cut(marks: str) -> None:
    """What climbs over the lines above says nothing more, and would take long to put in order."""
    cleaned = clean(f"x{marks * 500}y")

    assert sum(unicodedata.category(character)[0] == "M" for character in cleaned) == 30
    assert cleaned.endswith("y")
    assert clean(cleaned) == cleaned


@given(text=typed_words())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Stored words are already clean, entries of a list included."""
    assert clean(clean(text)) == clean(text)
    assert all(clean_line(entry) == entry != "" for entry in split_entries(text))


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_cleaned_like_all_others(text: str) -> None:
    """It makes no difference whether another line holds letters that the typewriter hadn't."""
    cleaned = clean(text)

    assert clean(f"é\n{text}") == (f"é\n{cleaned}" if cleaned else "é")


def test_labels_are_compared_plainly() -> None:
    """Emoji, case and punctuation make no difference between a typed and a shown label."""
    assert plain("✅ Senang  BANGET!") == plain("senang banget")
