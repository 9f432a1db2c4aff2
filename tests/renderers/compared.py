"""The worked example as it was before something was done about it."""

from dataclasses import replace
from datetime import timedelta

from journey.model import Feeling, JourneyMap
from renderers.display import DisplayList
from renderers.layout.comparison import comparison
from renderers.second import SecondCurve, before_and_after
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords
from tests.renderers.maps import NOW, coffee, entries

DATES = ("2 Jan 2026", "3 Mar 2026")


def earlier_coffee() -> JourneyMap:
    """Two months earlier: paying and packing annoy, the last stage has no complaint yet."""
    after = coffee()
    first, second, third, fourth, last = after.stages
    payment = "Kekhawatiran tentang keamanan pembayaran"
    stages = (
        replace(first, feelings=(Feeling("Biasa aja", 3),)),
        second,
        replace(third, pains=entries(payment, "Nggak bisa bayar pakai QRIS")),
        replace(
            fourth,
            feelings=(Feeling("Kesal", 1),),
            pains=entries("Pengiriman lama sekali", "Kotaknya penyok waktu sampai"),
        ),
        replace(last, pains=()),
    )
    return replace(after, stages=stages, finished=NOW)


def later_coffee() -> JourneyMap:
    """The example as it was finished two months later."""
    return replace(coffee(), finished=NOW + timedelta(days=60))


def compared(before: JourneyMap, after: JourneyMap, dates: tuple[str, str] = DATES) -> SecondCurve:
    return before_and_after(before, after, dates)


def page_of(before: JourneyMap, after: JourneyMap, words: PictureWords, theme: Theme = LIGHT) -> DisplayList:
    """Return the page of before and after."""
    second = compared(before, after)
    assert second.comparison is not None
    return comparison(after, words, theme, second, second.comparison)
