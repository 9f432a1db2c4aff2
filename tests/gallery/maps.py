"""The maps of the gallery: shops of every trade, the worked example, and what strains a picture."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from journey.limits import ENTRIES_PER_CELL, ENTRY_LENGTH
from journey.model import (
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Persona,
    Shop,
    Stage,
    Standing,
)
from journey.phases import Phase
from renderers.picture import Layout
from renderers.second import Against, SecondCurve, second_curve
from tests.content import the_example
from tests.gallery.trades import TRADES, Trade, filled
from tests.renderers.checked import checked
from tests.renderers.compared import compared, earlier_coffee, later_coffee
from tests.renderers.maps import NOW, entries, fullest, unfinished

LAYOUTS = tuple(layout for layout in Layout if layout not in (Layout.COMPARISON, Layout.TREND))


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A map, what there is to see in it, and what it is drawn with."""

    journey_map: JourneyMap
    about: str
    layouts: tuple[Layout, ...] = LAYOUTS
    themes: tuple[str, ...] = ("light",)
    second: SecondCurve | None = None


def coffee(language: Language = Language.ID) -> JourneyMap:
    """Return the worked example as owners see it."""
    return the_example().as_map(language, id=f"coffee-{language}", now=NOW)


def empty() -> JourneyMap:
    """Return six stages about which nothing has been said."""
    names = ("Kenal", "Timbang", "Beli", "Terima", "Pakai", "Setia & ajak")
    stages = tuple(Stage(f"s{place}", name, (Phase.BELI,)) for place, name in enumerate(names, 1))
    return JourneyMap("empty", Language.ID, NOW, NOW, stages=stages)


def one_stage() -> JourneyMap:
    """Return a map of a single stage."""
    stage = replace(coffee().stages[3], id="s1")
    return replace(coffee(), id="one-stage", title="Waktu paket datang", stages=(stage,))


def eight_stages() -> JourneyMap:
    """Return as many stages as there may be, with as much as people usually write."""
    names = ("Kenal", "Tertarik", "Timbang", "Beli", "Terima", "Pakai", "Ulas", "Ajak teman")
    shown = coffee().stages
    stages = tuple(
        replace(shown[place % len(shown)], id=f"s{place}", name=name) for place, name in enumerate(names)
    )
    return replace(coffee(), id="eight-stages", title="Delapan tahap pembeli kopi", stages=stages)


def all_scripts() -> JourneyMap:
    """Return a map in the scripts that Indonesians write, and in emoji."""
    names = ("ꦏꦼꦤꦭ꧀ Kenal", "تعرّف Beli", "产品 Terima", "ราคา Pakai", "हिन्दी Ulas", "👨‍👩‍👧‍👦 Ajak")
    words = (
        ("ꦱꦸꦒꦼꦁ ꦫꦮꦸꦃ ing warung kami 🙏🏽", "Sugeng rawuh, monggo pinarak"),
        ("السلام عليكم، apakah barangnya masih ada؟", "بارك الله فيك"),
        ("这个产品适合我吗？Harganya berapa ya, Kak?", "谢谢老板 👍🏽"),
        ("ราคาไม่แพง tapi ongkirnya mahal 🚚💸", "อร่อยมาก 😋"),
        ("क्या यह ताज़ा है? Masih segar nggak?", "बहुत अच्छा ⭐⭐⭐⭐⭐"),
        ("🇮🇩🛵📦❤️‍🔥 cepat banget 1️⃣2️⃣3️⃣", "👩🏽‍🍳🧕🏼👨‍🦽🏳️‍🌈 keluarga besar"),
    )
    stages = tuple(
        Stage(
            f"s{place}",
            name,
            (Phase.KENAL,),
            actions=entries(said[1]),
            touchpoints=entries("WhatsApp 💬", "Toko 🏪"),
            thoughts=entries(said[0]),
            feelings=(Feeling("Senang 😍" if place % 2 else "Bingung 🤔", 5 if place % 2 else 2),),
            pains=entries(said[0]),
            opportunities=entries(said[1]),
        )
        for place, (name, said) in enumerate(zip(names, words, strict=True), 1)
    )
    return replace(
        coffee(),
        id="all-scripts",
        title="Semua aksara ꦗ ع 中 ท ह 😀",
        shop=Shop(name="Toko Serba Ada 🏪 ꦠꦺꦴꦏꦺꦴ"),
        persona=Persona(Entry("Pembeli dari mana-mana 🌏"), Entry("Orang yang menulis dalam banyak aksara")),
        stages=stages,
    )


def two_feelings() -> JourneyMap:
    """Return a map in which every stage is felt in two ways."""
    pairs = (("Penasaran", 3, "Ragu", 2), ("Antusias", 5, "Takut ditipu", 1), ("Lega", 4, "Deg-degan", 2))
    stages = tuple(
        replace(stage, feelings=(Feeling(pair[0], pair[1]), Feeling(pair[2], pair[3])))
        for stage, pair in zip(coffee().stages, (pairs * 2)[:5], strict=True)
    )
    return replace(coffee(), id="two-feelings", title="Dua perasaan di tiap tahap", stages=stages)


def no_feelings() -> JourneyMap:
    """Return a map whose owner skipped the feelings everywhere but once."""
    stages = tuple(
        stage if place == 1 else replace(stage, feelings=()) for place, stage in enumerate(coffee().stages)
    )
    return replace(coffee(), id="no-feelings", title="Perasaan belum ditanya", stages=stages)


def all_standings() -> JourneyMap:
    """Return a map with guesses, customers' words and evidence in every cell."""
    stages = coffee().stages
    for element in Element:
        if element is not Element.FEELINGS:
            stages = tuple(
                stage.with_entries(
                    element,
                    (
                        Entry(f"{stage.entries(element)[0].text}"[:ENTRY_LENGTH], standing=standing)
                        for standing in Standing
                    ),
                )
                for stage in stages
            )
    return replace(coffee(), id="all-standings", title="Tebakan, kata pelanggan, bukti", stages=stages)


def long_words() -> JourneyMap:
    """Return a map of words and addresses that no line can hold."""
    address = "https://www.tokoserbaada.co.id/katalog/kopi/arabika/gayo-wine?utm_source=whatsapp&utm_campaign=lebaran"
    word = "mempertanggungjawabkanketidakseimbangannya"
    stages = tuple(
        replace(
            stage,
            name=f"{word[:30]} {place}",
            thoughts=entries(f"Apa bedanya {word} dengan {word}{word}?"),
            touchpoints=entries(address, "wa.me/6281234567890?text=Halo%20Kak%20mau%20pesan%20kopi"),
            pains=entries(f"Tautannya panjang sekali: {address}"),
            feelings=(Feeling("Kebingungansetengahmati", 1 + place % 5),),
        )
        for place, stage in enumerate(coffee().stages)
    )
    return replace(
        coffee(),
        id="long-words",
        title=word[:40],
        shop=Shop(name=f"{word}.tokopedia.link"[:60]),
        stages=stages,
    )


def crowded() -> JourneyMap:
    """Return a map whose owner wrote all there was room for, in everyday sentences."""
    more = (
        "Nunggu balasan chat sampai dua jam, keburu pesan di tempat lain",
        "Ongkirnya baru kelihatan waktu mau bayar",
        "Foto di etalase beda sama barang yang datang",
        "Nggak tahu bisa tukar atau nggak kalau salah ukuran",
        "Alamat sudah benar tapi kurir nelepon tiga kali tanya patokan",
    )
    stages = tuple(
        replace(stage, pains=(*stage.pains, *entries(*more))[:ENTRIES_PER_CELL]) for stage in coffee().stages
    )
    return replace(coffee(), id="crowded", title="Banyak keluhan di tiap tahap", stages=stages)


STRAINED: tuple[tuple[Callable[[], JourneyMap], str], ...] = (
    (unfinished, "two of six stages filled"),
    (empty, "nothing said yet"),
    (one_stage, "one stage"),
    (eight_stages, "eight stages of the usual length"),
    (fullest, "eight stages, everything at its limit"),
    (crowded, "six complaints at each stage"),
    (two_feelings, "two feelings everywhere"),
    (no_feelings, "a feeling at one stage only"),
    (all_standings, "guesses, customers' words and evidence"),
    (all_scripts, "scripts and emoji"),
    (long_words, "words and addresses without a gap"),
)
"""What strains a picture, and how."""


def exhibits() -> Mapping[str, Callable[[], Exhibit]]:
    """Return the makers of all exhibits by name, in the order they hang."""
    return MappingProxyType(
        {
            "coffee-id": functools.partial(_coffee, Language.ID, ("light", "print")),
            "coffee-en": functools.partial(_coffee, Language.EN, ("light",)),
            **{f"trade-{trade.business}": functools.partial(_trade, trade) for trade in TRADES},
            **{
                make.__name__.replace("_", "-"): functools.partial(_strained, make, about)
                for make, about in STRAINED
            },
            "wanted": _wanted,
            "before-and-after": _before_and_after,
            "customers": _customers,
            "trend": _trend,
            "trend-of-two-years": _trend_of_two_years,
        }
    )


def _coffee(language: Language, themes: tuple[str, ...]) -> Exhibit:
    return Exhibit(coffee(language), f"the worked example in {language}", themes=themes)


def _trade(trade: Trade) -> Exhibit:
    return Exhibit(filled(trade), f"{trade.business}, {trade.speed}, {trade.preset}, {trade.language}")


def _strained(make: Callable[[], JourneyMap], about: str) -> Exhibit:
    return Exhibit(make(), about)


def _wanted() -> Exhibit:
    now = coffee()
    wanted = replace(
        now,
        stages=tuple(
            replace(stage, feelings=(Feeling("Puas", 4 + n % 2),)) for n, stage in enumerate(now.stages)
        ),
    )
    curve = second_curve(now, wanted, Against.WANTED)
    return Exhibit(
        replace(now, id="wanted", title="Sekarang dan yang diinginkan"),
        "a second curve: what the owner wants",
        second=curve,
        layouts=tuple(layout for layout in LAYOUTS if layout is not Layout.PREVIEW),
    )


def _before_and_after() -> Exhibit:
    after = replace(later_coffee(), id="before-and-after", title="Sebelum–sesudah toko kopi")
    return Exhibit(
        after,
        "two versions of a map: what is solved, new and still there",
        second=compared(earlier_coffee(), after),
        layouts=(Layout.COMPARISON, Layout.PORTRAIT),
        themes=("light", "print"),
    )


def _trend() -> Exhibit:
    checked_twice = replace(checked(coffee(), 2), id="trend", title="Dua bulan kemudian")
    return Exhibit(
        checked_twice,
        "how feelings moved over two check-ins",
        layouts=(Layout.TREND,),
        themes=("light", "print"),
    )


def _trend_of_two_years() -> Exhibit:
    long_checked = replace(checked(eight_stages(), 24, passed_over=3), id="trend-of-two-years")
    return Exhibit(
        long_checked,
        "as many check-ins as are kept, every third question passed over",
        layouts=(Layout.TREND,),
    )


def _customers() -> Exhibit:
    now = filled(next(trade for trade in TRADES if trade.shop == "Warung Bu Tini"))
    scores = (2.5, None, 1.5, 2.0, 2.5, 4.5)
    return Exhibit(
        replace(now, id="customers", title="Kata Bu Tini, kata 14 pelanggan"),
        "a second curve: fourteen customers answered, one stage nobody",
        second=SecondCurve(Against.CUSTOMERS, scores, answers=14),
        layouts=tuple(layout for layout in LAYOUTS if layout is not Layout.PREVIEW),
    )
