"""Days and means as pictures write them, in the words of a language."""

from datetime import date

from journey.trend import Trend
from renderers.words import PictureWords


def full_day(day: date, words: PictureWords) -> str:
    """Return on which day that was, by the clock the time itself is told in."""
    return f"{day_and_month(day, words)} {day.year}"


def day_and_month(day: date, words: PictureWords) -> str:
    """Return the same without the year."""
    return f"{day.day} {words.months.split()[day.month - 1]}"


def mean_label(trend: Trend, words: PictureWords) -> str:
    """Return what the means of a trend are called; where they leave stages out, of how many they are."""
    count, total = len(trend.averaged), len(trend.lines)
    return words.mean if count in (0, total) else words.mean_of.format(count=count, total=total)


def with_tenth(mean: float, words: PictureWords) -> str:
    """Return a mean with one digit behind the mark of the language."""
    return f"{mean:.1f}".replace(".", words.decimal_mark)
