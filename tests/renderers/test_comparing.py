"""Before and after in words: stage by stage, in both languages, within Telegram's limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey.model import Entry, JourneyMap, Language, Plan, PlanState, Stage
from journey.phases import Phase
from locales.catalog import load_catalogs
from renderers.messages import LONGEST_MESSAGE, Messages, utf16_length
from sandbox.markup import from_html
from tests.content import the_knowledge
from tests.journeys.test_long_maps import largest_map
from tests.renderers.compared import earlier_coffee, later_coffee
from tests.renderers.maps import NOW, coffee
from tests.strategies import journey_maps

MESSAGES = Messages(load_catalogs(), the_knowledge())


def said(before: JourneyMap, after: JourneyMap, language: Language = Language.ID) -> list[str]:
    """Return the lines of before and after as they are read."""
    parts = MESSAGES.comparison(before, after, language)
    return "\n".join(from_html(part.html).text for part in parts).split("\n")


def test_it_says_what_changed_stage_by_stage() -> None:
    """Both dates, the numbers in words, then each stage with its feeling and its complaints."""
    assert said(earlier_coffee(), later_coffee()) == [
        "🔀 Sebelum–sesudah: Pembelian Kopi Online",
        "2 Januari 2026 → 3 Maret 2026",
        "Keluhan: dua beres, dua baru, lima masih ada.",
        "",
        "Kesadaran: dari biasa aja jadi tertarik.",
        "🔁 Masih ada: Tidak tahu banyak tentang produk",
        "",
        "Pertimbangan: masih ingin tahu.",
        "🔁 Masih ada: Informasi produk kurang detail; Navigasi sulit",
        "",
        "Keputusan: masih sedikit khawatir.",
        "✅ Beres: Nggak bisa bayar pakai QRIS",
        "🔁 Masih ada: Kekhawatiran tentang keamanan pembayaran",
        "",
        "Pengalaman: dari kesal jadi antusias / cemas.",
        "✅ Beres: Kotaknya penyok waktu sampai",
        "⚠️ Baru: Kemasan kurang menarik",
        "🔁 Masih ada: Pengiriman lama",
        "",
        "Loyalitas: masih puas.",
        "⚠️ Baru: Tidak ada insentif untuk mereferensikan",
    ]


def test_it_says_the_same_in_english() -> None:
    """The owner's words stay as they were typed."""
    lines = said(earlier_coffee(), later_coffee(), Language.EN)

    assert lines[1:3] == [
        "2 January 2026 → 3 March 2026",
        "Complaints: two solved, two new, five still there.",
    ]
    assert "Pengalaman: from kesal to antusias / cemas." in lines
    assert "✅ Solved: Kotaknya penyok waktu sampai" in lines


def test_it_says_so_when_nothing_changed() -> None:
    """And on the same day there is one date."""
    lines = said(later_coffee(), later_coffee())

    assert lines[1:3] == [
        "Dua-duanya diselesaikan 3 Maret 2026.",
        "Tahap, perasaan dan keluhannya belum ada yang berubah.",
    ]


def test_stages_that_came_went_or_were_renamed_are_told() -> None:
    """Also what their feeling was, where it is known in one version only."""
    first, second, *others = coffee().stages
    after = replace(
        coffee(),
        stages=(
            replace(first, name="Lihat iklan"),
            replace(second, feelings=()),
            *others[:-1],
            Stage("9", "Bonus", (Phase.LAYANAN,), feelings=others[-1].feelings),
        ),
    )

    lines = said(coffee(), after)

    assert "Lihat iklan: masih tertarik." in lines
    assert "✏️ Dulu namanya “Kesadaran”." in lines
    assert "Pertimbangan: dulu ingin tahu, sekarang belum diisi." in lines
    assert "Bonus: tahap baru, rasanya puas." in lines
    assert "Loyalitas: tahap ini sudah nggak ada." in lines


def test_suggestions_carried_out_are_praised() -> None:
    """Below the stages."""
    done = Plan("Kasih nomor resi", PlanState.DONE, NOW, remedy="r.resi")

    lines = said(coffee(), replace(coffee(), plans=(done,)))

    assert lines[-2:] == ["💪 Yang sudah Kakak kerjakan", "• Kasih nomor resi"]


def test_large_numbers_are_digits() -> None:
    """Nobody reads forty-eight in words."""
    full = largest_map(language=Language.ID)
    emptied = replace(full, stages=tuple(replace(stage, pains=()) for stage in full.stages))

    count = sum(len(stage.pains) for stage in full.stages)

    assert said(full, emptied)[2] == f"Keluhan: {count} beres, nol baru, nol masih ada."


def test_words_of_owners_are_never_markup() -> None:
    """Neither in a complaint nor in a name."""
    stage = replace(coffee().stages[0], name="<b>Iklan & co</b>", pains=(Entry("<i>mahal</i> & jauh"),))

    lines = said(coffee(), coffee().with_stage(stage))

    assert "<b>Iklan & co</b>: masih tertarik." in lines
    assert "⚠️ Baru: <i>mahal</i> & jauh" in lines


@pytest.mark.parametrize("language", list(Language))
def test_the_largest_versions_fit_in_messages(language: Language) -> None:
    """Each part is one that Telegram takes, whole to the last complaint."""
    full = largest_map(language=language)
    emptied = replace(full, stages=tuple(replace(stage, pains=()) for stage in full.stages))

    parts = MESSAGES.comparison(emptied, full, language)

    told = [from_html(part.html).text for part in parts]
    assert all(0 < utf16_length(text) <= LONGEST_MESSAGE for text in told)
    whole = "\n".join(told)
    assert all(entry.text in whole for stage in full.stages for entry in stage.pains)


@given(before=journey_maps(), after=journey_maps(), language=st.sampled_from(Language))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_two_maps_can_be_compared_in_words(
    before: JourneyMap, after: JourneyMap, language: Language
) -> None:
    """Balanced tags, within the limits."""
    for part in MESSAGES.comparison(before, after, language):
        assert 0 < utf16_length(from_html(part.html).text) <= LONGEST_MESSAGE


def test_a_day_of_a_picture_is_short() -> None:
    """Three letters of the month are enough in both languages."""
    later = NOW + timedelta(days=120)

    assert [MESSAGES.short_day(later, language) for language in Language] == ["2 Mei 2026", "2 May 2026"]


def test_days_are_those_of_the_owners_clock() -> None:
    """Finished in the evening in London, a version is of the next day in Jakarta."""
    jakarta = Messages(load_catalogs(timezone(timedelta(hours=7))), the_knowledge())
    evening = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    before = replace(coffee(), finished=evening)
    after = replace(before, finished=evening + timedelta(days=29))

    (told, *_) = jakarta.comparison(before, after, Language.ID)

    assert jakarta.short_day(evening, Language.ID) == "3 Mar 2026"
    assert "3 Maret 2026" in told.html
    assert "1 April 2026" in told.html
