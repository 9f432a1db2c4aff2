"""A day that an owner typed: ``besok``, ``jumat depan``, ``tgl 5``, ``5/12``, ``in 3 days``.

Both languages are understood, and days come before months, as Indonesians write them. A day without its month
or year is the next one of that name, unless the last one is nearer: that is over.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from journey.limits import DUE_WITHIN
from journey.wording import plain

_WEEK, _MONTHS = 7, 12
_CENTURY = 2000


class Misfit(StrEnum):
    """Why words are no day to plan for."""

    UNREAD = "day_unread"
    """They name no day that we know of."""
    PAST = "day_past"
    FAR = "day_far"
    """More than ``DUE_WITHIN`` days ahead."""


_IN_DAYS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("hari ini", "hr ini", "sekarang", "sore ini", "malam ini"), 0),
        **dict.fromkeys(("nanti sore", "ntar sore", "nanti malam", "ntar malam"), 0),
        **dict.fromkeys(("today", "now", "tonight", "this evening"), 0),
        **dict.fromkeys(("besok", "bsk", "besuk", "esok", "besok pagi", "besok siang", "besok sore"), 1),
        **dict.fromkeys(("besok malam", "tomorrow", "tmrw", "tomorrow morning"), 1),
        **dict.fromkeys(("lusa", "the day after tomorrow", "day after tomorrow"), 2),
        **dict.fromkeys(("minggu depan", "mgg depan", "pekan depan", "next week", "in a week"), _WEEK),
        **dict.fromkeys(("seminggu", "sepekan", "seminggu lagi", "sepekan lagi", "a week"), _WEEK),
    }
)
_WEEKDAYS = (
    ("senin", "sen", "snn", "monday", "mon"),
    ("selasa", "sel", "slsa", "tuesday", "tue", "tues"),
    ("rabu", "rab", "rbu", "wednesday", "wed"),
    ("kamis", "kam", "kms", "thursday", "thu", "thur", "thurs"),
    ("jumat", "jum at", "jum", "jmt", "jumaat", "friday", "fri"),
    ("sabtu", "sab", "sbt", "saturday", "sat", "akhir pekan", "akhir minggu", "weekend"),
    ("minggu", "min", "mgg", "ahad", "sunday", "sun"),
)
_MONTH_NAMES = (
    ("januari", "jan", "january"),
    ("februari", "feb", "pebruari", "february"),
    ("maret", "mar", "mrt", "march"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agu", "ags", "agt", "agst", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nov", "nopember", "nop"),
    ("desember", "des", "dec", "december"),
)
_NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        "se": 1,
        "satu": 1,
        "dua": 2,
        "tiga": 3,
        "empat": 4,
        "lima": 5,
        "enam": 6,
        "tujuh": 7,
        "delapan": 8,
        "sembilan": 9,
        "sepuluh": 10,
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
    }
)
_UNITS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("hari", "hr", "day", "days"), 1),
        **dict.fromkeys(("minggu", "mgg", "pekan", "week", "weeks"), _WEEK),
        **dict.fromkeys(("bulan", "bln", "month", "months"), 30),
    }
)
_AROUND = re.compile(
    r"^(?:pada|(?:hari|hr)(?! ini| (?:minggu|mgg) depan)|on|by|paling lambat|sebelum|before)\s+"
    r"|\s+(?:ya|aja|kak|deh|dong)$"
)
"""Words around a day that name none; with ``hari``, ``minggu depan`` is a Sunday, without it a week."""
_SPAN = re.compile(
    rf"(?:in |dalam )?(\d{{1,2}}|{'|'.join(_NUMBERS)}) ?({'|'.join(_UNITS)})(?: lagi| from now)?"
)
_SLASHED = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?")
_SORTED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BEFORE_DIGITS = re.compile(
    rf"^(?:(?:pada|on|hari|{'|'.join(name for names in _WEEKDAYS for name in names)}),?\s+)*"
    r"(?:(?:tgl|tanggal|the)\.?\s*)?(?=\d)"
)
"""What may stand before a written date: its weekday, or the word for a date."""
_NUMBERED = re.compile(r"(?:tgl|tanggal|tg|the|date)? ?(\d{1,2})(?:st|nd|rd|th)?")
_NAMED = re.compile(r"(?:tgl |tanggal |the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)(?: (\d{4}))?")
_NAMED_FIRST = re.compile(r"([a-z]+) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")


def read_day(text: str, today: date) -> date | Misfit:
    """Return the day that the words name, seen from today, or why it can't be planned for."""
    core = _core(text)
    found = _written(_BEFORE_DIGITS.sub("", text.strip().casefold()), today) or _said(core, today)
    if found is None:
        return Misfit.UNREAD
    if found < today:
        return Misfit.PAST
    return found if (found - today).days <= DUE_WITHIN else Misfit.FAR


def _core(text: str) -> str:
    """Return the plain words without those around the day."""
    words, before = plain(text), ""
    while words != before:
        before, words = words, _AROUND.sub("", words)
    bare = _BEFORE_DIGITS.sub("", words)
    return bare if _NAMED.fullmatch(bare) else words


def _written(text: str, today: date) -> date | None:
    """Return the day of numbers with signs between them: 5/12, 5-12-2026, 2026-12-05."""
    if found := _SORTED.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _day(year, month, day)
    if not (found := _SLASHED.fullmatch(text)):
        return None
    day, month = int(found[1]), int(found[2])
    if month > _MONTHS >= day and "." not in text:  # 12/25 is meant the other way round; 10.30 is a time
        day, month = month, day
    if found[3] is None:
        return _next_of(day, month, today)
    year = int(found[3])
    return _day(year if year >= _CENTURY else _CENTURY + year, month, day)


def _said(words: str, today: date) -> date | None:
    """Return the day that words name."""
    if words in _IN_DAYS:
        return today + timedelta(days=_IN_DAYS[words])
    if words in ("akhir bulan", "akhir bulan ini", "end of the month", "end of month"):
        return today.replace(day=monthrange(today.year, today.month)[1])
    if words in ("bulan depan", "bln depan", "sebulan", "sebulan lagi", "next month"):
        return today + timedelta(days=_UNITS["bulan"])
    if found := _SPAN.fullmatch(words):
        count = int(found[1]) if found[1].isdigit() else _NUMBERS[found[1]]
        return today + timedelta(days=count * _UNITS[found[2]])
    if (weekday := _weekday(words)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)
    if (weekday := _weekday_of_next_week(words)) is not None:
        return today + timedelta(days=_WEEK - today.weekday() + weekday)
    return _dated(words, today)


def _dated(words: str, today: date) -> date | None:
    """Return the day of a date: tgl 5, 5 des, december 5th 2026."""
    if found := _NUMBERED.fullmatch(words):
        return _next_numbered(int(found[1]), today)
    if found := _NAMED.fullmatch(words):
        day, name, year = found.groups()
    elif found := _NAMED_FIRST.fullmatch(words):
        name, day, year = found.groups()
    else:
        return None
    month = next((place for place, names in enumerate(_MONTH_NAMES, start=1) if name in names), None)
    if month is None:
        return None
    return _day(int(year), month, int(day)) if year else _next_of(int(day), month, today)


def _weekday(words: str) -> int | None:
    bare = re.sub(r"^(?:this|coming)\s+|\s+(?:ini|besok)$", "", words)
    return next((place for place, names in enumerate(_WEEKDAYS) if bare in names), None)


def _weekday_of_next_week(words: str) -> int | None:
    bare = re.sub(r"^(?:next|hari|hr)\s+|\s+(?:depan|minggu depan|next week)$", "", words)
    return _weekday(bare) if bare != words else None


def _next_of(day: int, month: int, today: date) -> date | None:
    """Return that day of this year; of the next one when that is nearer than one that is over."""
    this_year, next_year = _day(today.year, month, day), _day(today.year + 1, month, day)
    if this_year is None or next_year is None:
        return this_year or next_year
    return next_year if next_year - today < today - this_year else this_year


def _next_numbered(day: int, today: date) -> date | None:
    """Return the next day of that number, in the first month that has one."""
    for further in range(_MONTHS):
        year, month = divmod(today.month - 1 + further, _MONTHS)
        found = _day(today.year + year, month + 1, day)
        if found is not None and found >= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
