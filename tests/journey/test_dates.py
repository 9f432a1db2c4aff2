"""Days as owners type them, in both languages, seen from a Wednesday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.dates import Misfit, read_day
from journey.limits import DUE_WITHIN
from tests.strategies import typed_words

TODAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hari ini", "2026-12-02"),
        ("Hari ini aja kak", "2026-12-02"),
        ("today", "2026-12-02"),
        ("nanti malam", "2026-12-02"),
        ("besok", "2026-12-03"),
        ("Besok ya", "2026-12-03"),
        ("tomorrow", "2026-12-03"),
        ("lusa", "2026-12-04"),
        ("3 hari lagi", "2026-12-05"),
        ("tiga hari lagi", "2026-12-05"),
        ("in 3 days", "2026-12-05"),
        ("minggu depan", "2026-12-09"),
        ("next week", "2026-12-09"),
        ("seminggu lagi", "2026-12-09"),
        ("2 minggu", "2026-12-16"),
        ("dua minggu lagi", "2026-12-16"),
        ("2mgg", "2026-12-16"),
        ("bulan depan", "2027-01-01"),
        ("akhir bulan", "2026-12-31"),
        ("jumat", "2026-12-04"),
        ("Jum'at", "2026-12-04"),
        ("hari jumat ini", "2026-12-04"),
        ("friday", "2026-12-04"),
        ("jumat depan", "2026-12-11"),
        ("jumat minggu depan", "2026-12-11"),
        ("next friday", "2026-12-11"),
        ("rabu", "2026-12-09"),
        ("minggu", "2026-12-06"),
        ("hari minggu", "2026-12-06"),
        ("hari minggu depan", "2026-12-13"),
        ("pada hr mgg depan ya kak", "2026-12-13"),
        ("next sunday", "2026-12-13"),
        ("weekend", "2026-12-05"),
        ("tgl 5", "2026-12-05"),
        ("tanggal 5", "2026-12-05"),
        ("tgl 1", "2027-01-01"),
        ("5", "2026-12-05"),
        ("the 5th", "2026-12-05"),
        ("5 des", "2026-12-05"),
        ("tgl 5 Desember", "2026-12-05"),
        ("5 Januari", "2027-01-05"),
        ("5 januari 2027", "2027-01-05"),
        ("December 5th", "2026-12-05"),
        ("5th of December", "2026-12-05"),
        ("5/12", "2026-12-05"),
        ("5-12", "2026-12-05"),
        ("5.12", "2026-12-05"),
        ("5.12.26", "2026-12-05"),
        ("tgl 5/12", "2026-12-05"),
        ("jumat, 4/12", "2026-12-04"),
        ("Jumat 4 Des", "2026-12-04"),
        ("12/25", "2026-12-25"),
        ("5/1", "2027-01-05"),
        ("5/12/2026", "2026-12-05"),
        ("2026-12-05", "2026-12-05"),
    ],
)
def test_a_day_is_understood_as_it_is_said(text: str, expected: str) -> None:
    """Leniently, with the day before the month."""
    assert read_day(text, TODAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kapan-kapan", Misfit.UNREAD),
        ("nanti kalau sempat", Misfit.UNREAD),
        ("32/13", Misfit.UNREAD),
        ("10.30", Misfit.UNREAD),
        ("12.25", Misfit.UNREAD),
        ("tgl 40", Misfit.UNREAD),
        ("5 meja", Misfit.UNREAD),
        ("30 februari", Misfit.UNREAD),
        ("", Misfit.UNREAD),
        ("1/12", Misfit.PAST),
        ("5 november", Misfit.PAST),
        ("2020-01-01", Misfit.PAST),
        ("5/12/2027", Misfit.FAR),
        ("20 minggu lagi", Misfit.FAR),
        ("5 juni 2027", Misfit.FAR),
    ],
)
def test_what_is_no_day_to_plan_for_is_told_apart(text: str, expected: Misfit) -> None:
    """Not understood, over already, or too far off."""
    assert read_day(text, TODAY) is expected


def test_a_day_of_next_year_is_far_off_and_not_over() -> None:
    """In October, January is the next one; a day of September is that of last month."""
    october = date(2026, 10, 7)

    assert read_day("15 januari", october) is read_day("15/1", october) is Misfit.FAR
    assert read_day("5 januari", october) == date(2027, 1, 5)
    assert read_day("15 september", october) is read_day("6/10", october) is Misfit.PAST


def test_a_number_that_this_month_has_not_is_a_later_months() -> None:
    """The 31st, asked for on the last of November."""
    assert read_day("tgl 31", date(2026, 11, 30)) == date(2026, 12, 31)


@given(text=typed_words() | st.from_regex(r"[0-9/. -]{1,10}", fullmatch=True), today=st.dates())
def test_any_words_are_a_near_day_or_none(text: str, today: date) -> None:
    """Never past, never further than three months, whatever is typed on whatever day."""
    if today > date.max - timedelta(days=1000):
        return

    found = read_day(text, today)

    assert isinstance(found, Misfit) or 0 <= (found - today).days <= DUE_WITHIN
