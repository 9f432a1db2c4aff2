"""The words of a complaint are kept without anybody's name, number or account, and else as they were."""

import re

import pytest
from hypothesis import given

from bot.content import vocabulary_of
from journey.anonymous import anonymous, parse_names
from journey.knowledge import BrokenKnowledge
from journey.private_numbers import OMITTED
from tests.content import data_files, the_knowledge, the_names
from tests.strategies import typed_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("WA saya 0812-3456-7890 nggak dibales", "wa saya … nggak dibales"),
        ("+62 812 3456 7890 nggak aktif", "… nggak aktif"),
        ("telp (0274) 512 345 nggak diangkat", "telp … nggak diangkat"),
        ("rekening 123.45.6789 salah", "rekening … salah"),
        ("resi JP1234567890 nggak gerak", "resi … nggak gerak"),
        ("order A1B2C3D4E5 salah kirim", "order … salah kirim"),
        ("pesanan 2024/11/00045 belum dikirim", "pesanan … belum dikirim"),
        ("email rini.s@gmail.com nggak dibalas", "email … nggak dibalas"),
        ("dm @rini_shop dicuekin", "dm … dicuekin"),
        ("https://bit.ly/xx3?a=1 nggak bisa dibuka", "… nggak bisa dibuka"),
        ("link shopee.co.id/rini rusak", "link … rusak"),
        ("webnya tokorini.com lemot", "webnya … lemot"),
        ("lihat...tokorini.com lemot", "lihat...… lemot"),
    ],
)
def test_numbers_and_accounts_are_taken_out(typed: str, kept: str) -> None:
    """Whatever leads to somebody: telephone, account, parcel, e-mail, profile, page."""
    assert anonymous(typed, the_names()) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("bu rini bilang kuahnya keasinan", "bu … bilang kuahnya keasinan"),
        ("Bu Rini Susanti bilang kuahnya keasinan", "bu … bilang kuahnya keasinan"),
        ("mas tukijan marah", "mas … marah"),
        ("dari Pak Haji Zulkarnain kurang asin", "dari pak haji … kurang asin"),
        ("Mr. Smithson said it's late", "mr. … said it's late"),
        ("kak Dina, kak Tono sama bu Zubaidah protes", "kak …, kak … sama bu … protes"),
        ("Bu Bunga bilang bau", "bu … bilang bau"),
        ("kata Zulaikha rasanya hambar", "kata … rasanya hambar"),
        ("kurirnya budi galak", "kurirnya … galak"),
        ("Rini bilang telat", "… bilang telat"),
    ],
)
def test_names_are_taken_out(typed: str, kept: str) -> None:
    """Behind a title, with a capital in mid sentence, or a frequent one anywhere."""
    assert anonymous(typed, the_names()) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kak kenapa lama banget sih?", "kak kenapa lama banget sih"),
        ("Kak Kenapa Lama", "kak kenapa lama"),
        ("makasih kak, letoy banget", "makasih kak, letoy banget"),
        ("ibu hamil susah duduk", "ibu hamil susah duduk"),
        ("Ibu rumah tangga ngeluh bau", "ibu rumah tangga ngeluh bau"),
        ("teh manis kurang manis", "teh manis kurang manis"),
        ("mbaknya jutek", "mbaknya jutek"),
        ("bau apek kayak kandang", "bau apek kayak kandang"),
        ("BARANGNYA LETOY BANGET", "barangnya letoy banget"),
        ("kirim pakai JNE lama", "kirim pakai jne lama"),
        ("Kata EO portofolionya kurang", "kata eo portofolionya kurang"),
        ("tiap hari Minggu tutup", "tiap hari minggu tutup"),
        ("pesan 3 dapat 2, harga 2500", "pesan 3 dapat 2, harga 2500"),
        ("lama.tapi enak", "lama.tapi enak"),
        ("Lemot. Barangnya penyok", "lemot. barangnya penyok"),
    ],
)
def test_words_stay(typed: str, kept: str) -> None:
    """What went wrong is what we want to learn, unknown words above all."""
    assert anonymous(typed, the_names()) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("zulaikha bilang hambar", "zulaikha bilang hambar"),
        ("nol delapan satu dua tiga empat", "nol delapan satu dua tiga empat"),
        ("ig rinishop nggak dibalas", "ig rinishop nggak dibalas"),
        ("harganya 25.000 kemahalan", "harganya … kemahalan"),
        ("ongkir ke Garut mahal", "ongkir ke … mahal"),
    ],
)
def test_what_the_sieve_lets_through_or_takes_too_much(typed: str, kept: str) -> None:
    """The limits that the docstring names; the owner sees the result before anything is kept."""
    assert anonymous(typed, the_names()) == kept


@pytest.mark.parametrize("typed", ["0812 3456 7890", "@rini", "Bu", "…", "!!!", "", "👍"])
def test_where_nothing_but_somebody_was_named_nothing_is_left(typed: str) -> None:
    """A number alone teaches nothing; a title alone stays a word."""
    assert anonymous(typed, the_names()) == ("bu" if typed == "Bu" else "")


@given(typed_words())
def test_taking_out_again_changes_nothing(typed: str) -> None:
    """One line, in small letters, and the same each time; no number of five digits is left."""
    kept = anonymous(typed, the_names())

    assert anonymous(kept, the_names()) == kept
    assert "\n" not in kept
    assert OMITTED * 2 not in kept
    assert re.search(r"\d{5}", kept) is None


def test_a_given_name_is_no_everyday_word() -> None:
    """A name that is also a word would take the word out of complaints."""
    file = data_files()["names"]

    with pytest.raises(BrokenKnowledge, match="kopi"):
        parse_names({**file, "given": ["kopi"]}, vocabulary_of(), the_knowledge())
    with pytest.raises(BrokenKnowledge, match="titles"):
        parse_names({**file, "titles": None}, vocabulary_of(), the_knowledge())
