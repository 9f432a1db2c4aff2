"""The advice is complete, in both languages, within reach of every owner, and never says a thing twice."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations

import pytest

from bot.content import load_content
from journey.document import JsonValue
from journey.knowledge import Bilingual, BrokenKnowledge, Remedy, parse_knowledge
from journey.knowledge.checks import ALIKE, FEWEST_REMEDIES
from journey.model import Business, Element, Entry, JourneyMap, Language, Shop, Stage
from journey.presets import STAGES, Preset
from journey.suggestions import suggest
from tests import advice_sample
from tests.content import FOLDER, broken, data_files, the_knowledge

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOPICS = tuple(the_knowledge().topics)

FROM_THE_ARTICLES = {
    "r.ulasan_rekomendasi.balas_sehari": "S0",  # fast, right answers to reviews
    "r.kurang_dikenal.ikuti_kebiasaan": "S0",  # following changing habits
    "r.harga_mahal.jelaskan_nilai": "S1",  # feature and service before price
    "r.batal_beli.bedakan_toko": "S1",
    "r.kualitas_jelek.kumpulkan_keluhan": "S1",  # looking over the whole chain when buyers are unhappy
    "r.ulasan_rekomendasi.tampilkan_testimoni": "S1",  # a testimonial is marketing for free
    "r.ulasan_rekomendasi.dahulukan_rujukan": "S1",
    "r.cod_bermasalah.buka_cod": "S2",  # cash on delivery
    "r.takut_penipuan.pilihan_aman": "S2",
    "r.pengiriman_lama.kabari_duluan": "S2",  # service before they ask
    "r.lokasi_jam_tempat.umumkan_libur": "S2",  # holiday hours
    "r.admin_lambat.kabar_libur": "S2",
    "r.kurang_dikenal.isi_bermanfaat": "S2",  # useful content instead of pushy ads
    "r.konten_kurang_menarik.tiga_banding_satu": "S2",
    "r.kurang_dikenal.sasaran_sempit": "S2",  # no audience that is too broad
    "r.batal_beli.tanya_sebab": "S2",  # asking customers
    "r.pelayanan_kasar.tanya_tim": "S2",  # asking those who serve them
    "r.pengiriman_lama.jemput_kurir": "S2",  # pickup, faster delivery
    "r.cara_pesan_ribet.empat_baris": "S2",  # a field more can be a hurdle
    "r.takut_penipuan.logo_bayar": "S3",  # payment logos
    "r.pembayaran_bermasalah.pilihan_bayar": "S3",  # payment options
    "r.info_produk_kurang.pola_deskripsi": "S3",  # complete product facts
    "r.info_produk_kurang.katalog_kelompok": "S3",  # easy to find one's way
    "r.kemasan_buruk.kartu_ucapan": "S3",  # better packaging
    "r.ulasan_rekomendasi.program_ajak": "S3",  # referral programme
    "r.tak_beli_lagi.sebut_nama": "S3",  # by name and last product
    "r.tak_beli_lagi.sapa_h3": "S3",
    "r.tak_beli_lagi.siaran_setuju": "S3",  # broadcast or e-mail after the purchase
    "r.tak_beli_lagi.promo_kedua": "S3",
    "r.tak_beli_lagi.kabar_duluan": "S3",  # regulars are the first to know
    "r.tak_beli_lagi.tips_produk": "S3",  # product tips
    "r.tak_beli_lagi.tips_seduh": "S3",  # how to brew
    "r.info_produk_kurang.rasa_seduh": "S3",
    "r.kurang_dikenal.kesan_pertama": "S4",  # the first impression
    "r.kurang_dikenal.cerita_langganan": "S4",  # word of mouth
    "r.info_produk_kurang.tabel_banding": "S4",  # comparisons
    "r.info_produk_kurang.video_tutorial": "S4",  # tutorial videos
    "r.retur_garansi_sulit.tiga_langkah": "S4",  # return policy
    "r.takut_penipuan.aturan_retur": "S4",
    "r.cara_pesan_ribet.cara_pesan_satu_gambar": "S4",  # easy checkout
    "r.cara_pesan_ribet.coba_di_hp": "S4",  # ordering that is easy on a phone
    "r.cara_pesan_ribet.satu_tempat_tanya": "S4",  # one place for questions from all channels
    "r.admin_lambat.satu_kotak": "S4",
    "r.cara_pesan_ribet.data_langganan": "S4",  # one place for what is known of a customer
    "r.tak_beli_lagi.kartu_stempel": "S4",  # loyalty programme
    "r.retur_garansi_sulit.tuntas_sehari": "S4",  # support that responds
}
"""The articles' advice, with the article it is from."""

AGEING_SOURCES = {"HAL", "SEH", "BIQ", "MDR", "WAB", "BAB", "RSP"}
"""Pages on the halal duty, the fees of QRIS and what WhatsApp allows: their facts change."""
AGEING_WORDS = re.compile(
    r"\b(SEHATI|MDR|BPJPH|\d{4})\b|\b0%|\bper \d|\bas of\b|diblokir WhatsApp|biayanya nggak boleh",
    re.IGNORECASE,
)


def of_topic(topic: str) -> list[Remedy]:
    return [remedy for remedy in the_knowledge().remedies if remedy.topic == topic]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("business", Business)
def test_every_topic_has_three_remedies_and_a_quick_free_one(topic: str, business: Business) -> None:
    """Whatever is sold and wherever it hurts, something can be done today without money."""
    everywhere = [remedy for remedy in of_topic(topic) if remedy.fits((), business)]

    assert len(everywhere) >= FEWEST_REMEDIES
    assert any(remedy.is_quick_and_free for remedy in everywhere)


@pytest.mark.parametrize("business", [business for business in Business if business is not Business.LAINNYA])
def test_every_line_of_business_has_advice_of_its_own(business: Business) -> None:
    """A trade is told what only that trade needs."""
    own = [remedy for remedy in the_knowledge().remedies if business in remedy.businesses]

    assert len(own) >= 3


def test_everything_is_said_in_both_languages() -> None:
    """No Indonesian was left standing in English, or the other way round."""
    indonesian = re.compile(r"\b(yang|dan|nggak|buat|pembeli|kalau)\b")
    english = re.compile(r"\b(the|and|your|you|buyers|when)\b")

    found = [
        remedy.id
        for remedy in the_knowledge().remedies
        for said in (remedy.label, remedy.text, remedy.when)
        if said.id == said.en or indonesian.search(said.en) or english.search(said.id)
    ]

    assert found == []


def test_the_tone_is_that_of_a_fellow_seller() -> None:
    """Colloquial: nggak, never tidak; Kak or Kakak, never Anda."""
    stiff = re.compile(r"\b(tidak|anda|apabila|silakan|customer|engagement)\b", re.IGNORECASE)

    found = [
        remedy.id
        for remedy in the_knowledge().remedies
        if any(stiff.search(said.id) for said in (remedy.label, remedy.text, remedy.when))
    ]

    assert found == []


@pytest.mark.parametrize(("remedy_id", "article"), FROM_THE_ARTICLES.items())
def test_the_advice_of_the_articles_is_all_there(remedy_id: str, article: str) -> None:
    """None of it gets lost, and each names the article it is from."""
    remedy = next(remedy for remedy in the_knowledge().remedies if remedy.id == remedy_id)

    assert article in remedy.source.split(",")


def test_facts_that_age_carry_the_day_they_were_checked() -> None:
    """An owner can tell how old a rule or a fee is."""
    ageing = [
        remedy
        for remedy in the_knowledge().remedies
        if not AGEING_SOURCES.isdisjoint(remedy.source.split(","))
        or any(AGEING_WORDS.search(remedy.text.say(language)) for language in Language)
    ]

    assert len(ageing) >= 3
    assert [remedy.id for remedy in ageing if remedy.checked is None] == []


def test_no_figure_without_a_source_is_passed_on() -> None:
    """A share of customers is claimed nowhere: the articles give none that can be traced."""
    claimed = [
        remedy.id for remedy in the_knowledge().remedies if re.search(r"[1-9]\d? ?(%|persen)", remedy.text.id)
    ]

    assert claimed == []


def test_what_is_said_under_two_topics_is_marked() -> None:
    """Two remedies that say the same are known as the same, so that no owner reads a thing twice."""
    unmarked = [
        (one.id, other.id)
        for one, other in combinations(the_knowledge().remedies, 2)
        if one.gist != other.gist
        for ours, theirs in [(words(one.text.id), words(other.text.id))]
        if len(ours & theirs) > ALIKE * min(len(ours), len(theirs))
    ]

    assert unmarked == []


def table(name: str) -> list[list[str]]:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line]


def stages_of(preset: Preset) -> Iterator[Stage]:
    for stage in STAGES[preset]:
        yield Stage(stage.id, stage.id, stage.phases, stage.id)


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("business", Business)
def test_every_remedy_meant_for_a_shop_can_be_reached(preset: Preset, business: Business) -> None:
    """In every framework some stage with a fitting complaint, tapped or typed, brings it."""
    content = load_content()
    knowledge = content.knowledge
    pains = {
        chip.topic: Entry(chip.text.id, chip.id)
        for chip in knowledge.chips[Element.PAINS]
        if chip.business in (None, business)
    }
    phrases = {topic: text for topic, _, text in table("phrasings")}
    meant = {
        remedy.id for remedy in knowledge.remedies if not remedy.businesses or business in remedy.businesses
    }

    reached = {
        suggestion.remedy.id
        for topic in knowledge.topics
        for stage in stages_of(preset)
        for pain in [pains.get(topic, Entry(phrases[topic]))]
        for suggestion in suggest(
            JourneyMap("m", Language.ID, NOW, NOW, shop=Shop(business), stages=(with_pain(stage, pain),)),
            knowledge,
            content.matcher,
            Language.ID,
        ).suggestions
    }

    assert meant - reached == set()


def with_pain(stage: Stage, pain: Entry) -> Stage:
    return stage.with_entries(Element.PAINS, (pain,))


FIRST, SECOND = the_knowledge().remedies[:2]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("effort", "2y", "effort must be one of 15m, 1h, 1d, 1w, not '2y'"),
        ("cost", "dear", "cost must be one of free, cheap, moderate, not 'dear'"),
        ("phases", ["tidur"], "phases must be one of kenal,"),
        ("businesses", ["toko"], "businesses must be one of kuliner,"),
        ("topic", "unheard_of", "unknown topic 'unheard_of'"),
        ("source", "S1,X9", "the source 'X9' is not in sources.toml"),
        ("checked", "22-11-2026", "checked must be a day like 2026-11-22, not '22-11-2026'"),
        ("checked", "20261122", "checked must be a day like 2026-11-22, not '20261122'"),
        ("when", {"id": "Kalau sepi"}, "when needs id and en"),
        ("when", {"id": "Sepi", "en": "When it's quiet"}, "when.id must begin with 'Kalau '"),
        ("when", {"id": "Kalau sepi", "en": "It's quiet"}, "when.en must begin with 'When '"),
        ("when", {"id": "Kalau " + "x" * 90, "en": "When"}, "when has 96 characters, 90 at most"),
        ("text", {"id": SECOND.text.id, "en": "Anything"}, f"says the same as {FIRST.id}"),
        ("label", {"id": SECOND.label.id.upper(), "en": "Anything"}, f"has the label of {FIRST.id}"),
        ("same_as", SECOND.id, "same_as must be a remedy of another topic without one"),
        ("same_as", "r.none", "same_as must be a remedy of another topic without one"),
        ("bussinesses", ["kopi"], "bussinesses is unknown here; known are id, topic, label,"),
    ],
)
def test_a_broken_remedy_is_named_with_the_place(key: str, value: JsonValue, message: str) -> None:
    """Whoever adds a remedy is told which one is wrong, and what would be right."""
    with pytest.raises(BrokenKnowledge) as caught:
        parse_knowledge(broken("remedies", ("remedies", 0, key), value))

    said = str(caught.value)
    assert message in said
    assert said.startswith((f"remedies.remedies[{FIRST.id}]", f"remedies.remedies[{SECOND.id}]"))


def remaining(*, drop: Iterator[str] | list[str]) -> dict[str, dict[str, object]]:
    """Return the data files without some remedies."""
    gone = set(drop)
    files = data_files()
    rows = files["remedies"]["remedies"]
    assert isinstance(rows, list)
    files["remedies"]["remedies"] = [row for row in rows if row["id"] not in gone]
    return files


def test_a_topic_left_with_two_remedies_is_named() -> None:
    """Two ideas are no choice."""
    drop = [remedy.id for remedy in of_topic("isi_kurang") if remedy.fits_all][2:]

    with pytest.raises(BrokenKnowledge, match="the topic 'isi_kurang' has 2 remedies for every phase"):
        parse_knowledge(remaining(drop=drop))


def test_a_topic_without_a_quick_free_remedy_is_named() -> None:
    """There must be something that costs nothing and can be done today."""
    drop = [remedy.id for remedy in of_topic("kurang_dikenal") if remedy.is_quick_and_free]

    with pytest.raises(BrokenKnowledge, match="the topic 'kurang_dikenal' has none of 15m and free"):
        parse_knowledge(remaining(drop=drop))


def test_a_remedy_in_the_wrong_order_is_named() -> None:
    """Quick and free come first, as owners are shown them."""
    files = data_files()
    rows = files["remedies"]["remedies"]
    assert isinstance(rows, list)
    rows.append(rows.pop(0))

    with pytest.raises(BrokenKnowledge, match=f"{re.escape(FIRST.id)}.*: must stand before"):
        parse_knowledge(files)


def test_a_day_is_read() -> None:
    """The day a fact was checked arrives as a date."""
    files = broken("remedies", ("remedies", 0, "checked"), "2026-11-22")

    assert parse_knowledge(files).remedies[0].checked == date(2026, 11, 22)


def test_both_languages_are_there_for_when() -> None:
    """Each remedy says when it helps."""
    assert all(isinstance(remedy.when, Bilingual) for remedy in the_knowledge().remedies)


VOICES = {"seller", "buyer"}
PAGE = FOLDER.parent.parent / "docs" / "knowledge.md"


@pytest.mark.parametrize(("name", "columns"), [("phrasings", 3), ("chatter", 2)])
def test_lists_of_words_have_their_columns(name: str, columns: int) -> None:
    """What is learned from: topic, voice and phrase; kind and text; each line once."""
    rows = table(name)

    wrong = [
        number
        for number, row in enumerate(rows, start=1)
        if len(row) != columns or not all(map(str.strip, row))
    ]
    first = {row[0] for row in rows}

    assert wrong == []
    assert len({tuple(row) for row in rows}) == len(rows)
    assert name == "chatter" or first <= set(TOPICS)
    assert name != "phrasings" or {row[1] for row in rows} == VOICES


def shown(kind: str) -> list[str]:
    """Return the examples of the page on adding to the knowledge."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_examples_to_copy_are_right() -> None:
    """Whoever copies an example from the page gets knowledge that loads."""
    files = data_files()
    for example in map(tomllib.loads, shown("toml")):
        for row in example.pop("remedies", []):
            files["remedies"]["remedies"] = [row, *rows_of(files, "remedies")]
        for row in example.pop("occurrences", []):
            assert row in rows_of(files, "seasons", "occurrences")  # one that is there already
        for row in example.pop("reframings", []):
            files["reframings"]["reframings"] = [*rows_of(files, "reframings"), row]
        files["sources"].update(example)

    knowledge = parse_knowledge(files)

    assert knowledge.remedies[0].id == "r.ongkir_mahal.ongkir_di_foto"
    assert len(knowledge.reframings) == len(the_knowledge().reframings) + 1
    assert len(knowledge.sources) == len(the_knowledge().sources) + 1


def rows_of(files: dict[str, dict[str, object]], name: str, key: str | None = None) -> list[object]:
    rows = files[name][key or name]
    assert isinstance(rows, list)
    return rows


def test_the_phrasings_to_copy_are_right() -> None:
    """The examples of lists have the columns and kinds of the lists themselves, and aren't in them yet."""
    phrasing, chatter = (example.strip("\n").split("\t") for example in shown("tsv"))
    named = set(
        re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8").partition("kinds are")[2].partition(".\n")[0])
    )

    assert (phrasing[0] in TOPICS, phrasing[1] in VOICES, len(phrasing)) == (True, True, 3)
    assert phrasing not in table("phrasings")
    assert {row[0] for row in table("chatter")} == named
    assert chatter[0] in named


def test_the_advice_sample_is_drawn_from_what_is_known_now() -> None:
    """What people of the trade read through is what owners get (``python -m tests.advice_sample``)."""
    assert advice_sample.PAGE.read_text(encoding="utf-8") == advice_sample.page()
