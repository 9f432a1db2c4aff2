"""Advice is ranked by how bad, how often, how late and how easy, says nothing twice, and nothing unasked."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import load_content
from journey.knowledge import Bilingual, Chip, Remedy
from journey.matching import Whereabouts
from journey.model import (
    Business,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Plan,
    PlanState,
    Shop,
    Stage,
    Standing,
)
from journey.nearness import nearness, spread
from journey.phases import AFTER_SALE, Phase
from journey.phrasings import parse_phrasings
from journey.plans import with_plan
from journey.presets import STAGES, Preset
from journey.suggestions import ACTIONS_A_WEEK, Suggestion, suggest, this_week
from tests.content import FOLDER, the_knowledge

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CHIPS = the_knowledge().chips[Element.PAINS]
ONE_A_TOPIC = list({chip.topic: chip for chip in CHIPS if chip.business is None}.values())
PHRASES = [
    phrasing.text
    for phrasing in parse_phrasings((FOLDER / "phrasings.tsv").read_text(encoding="utf-8"), the_knowledge())
][::20]
NONSENSE = ["qwertyuiop zxcvbn", "…", "12345"]


def tapped(chip: Chip) -> Entry:
    return Entry(chip.text.id, chip.id)


def pains() -> st.SearchStrategy[Entry]:
    said = st.one_of(
        st.sampled_from(CHIPS).map(tapped),
        st.sampled_from(PHRASES).map(Entry),
        st.sampled_from(NONSENSE).map(Entry),
    )
    return st.builds(
        lambda entry, standing: replace(entry, standing=standing), said, st.sampled_from(Standing)
    )


def feelings() -> st.SearchStrategy[tuple[Feeling, ...]]:
    one = st.builds(lambda score: Feeling(f"rasa {score}", score), st.integers(1, 5))
    return st.lists(one, max_size=2).map(tuple)


@st.composite
def maps(draw: st.DrawFn) -> JourneyMap:
    """Draw a map of a framework with up to three complaints and two feelings a stage."""
    stages = tuple(
        Stage(
            stage.id,
            stage.id,
            stage.phases,
            feelings=draw(feelings()),
            pains=tuple(draw(st.lists(pains(), max_size=3))),
        )
        for stage in STAGES[draw(st.sampled_from(Preset))]
    )
    return JourneyMap(
        "m", Language.ID, NOW, NOW, shop=Shop(draw(st.none() | st.sampled_from(Business))), stages=stages
    )


def advised(journey_map: JourneyMap) -> tuple[Suggestion, ...]:
    content = load_content()
    return suggest(journey_map, content.knowledge, content.matcher, Language.ID).suggestions


def map_of(*stages: Stage, business: Business | None = None) -> JourneyMap:
    return JourneyMap("m", Language.ID, NOW, NOW, shop=Shop(business), stages=stages)


def topics_of(pain: Entry, stage: Stage, business: Business | None) -> list[str]:
    """Return what a complaint may be about, the likeliest first."""
    chip = next((chip for chip in CHIPS if chip.id == pain.chip), None)
    if chip is not None and chip.topic is not None:
        return [chip.topic]
    matches = load_content().matcher.topics_of(pain.text, Whereabouts(stage.phases, business=business))
    return [match.topic for match in matches]


def by_gist(suggestions: tuple[Suggestion, ...]) -> dict[str, float]:
    return {suggestion.remedy.gist: suggestion.score for suggestion in suggestions}


@settings(max_examples=25)
@given(maps())
def test_nothing_is_said_twice(journey_map: JourneyMap) -> None:
    """No remedy, and no advice under another name."""
    said = Counter(suggestion.remedy.gist for suggestion in advised(journey_map))

    assert [gist for gist, times in said.items() if times > 1] == []


@settings(max_examples=25)
@given(maps())
def test_nothing_is_advised_that_was_not_said(journey_map: JourneyMap) -> None:
    """Each suggestion names a complaint of its stage and is about what that complaint is about."""
    for suggestion in advised(journey_map):
        stage = journey_map.stage(suggestion.stage_id)
        assert stage is not None
        pain = next(pain for pain in stage.pains if pain.text == suggestion.pain)

        assert suggestion.topic == suggestion.remedy.topic
        assert suggestion.topic in topics_of(pain, stage, journey_map.shop.business)
        assert suggestion.remedy.fits(stage.phases, journey_map.shop.business)


@settings(max_examples=25)
@given(maps())
def test_every_complaint_is_answered_asked_about_or_owned_up_to(journey_map: JourneyMap) -> None:
    """None is passed over in silence."""
    content = load_content()

    advice = suggest(journey_map, content.knowledge, content.matcher, Language.ID)

    offered = {suggestion.remedy.gist for suggestion in advice.suggestions}
    open_ones = {(one.stage_id, one.pain) for one in advice.unanswered}
    asked_about = {one.pain for one in advice.unclear}
    for stage in journey_map.stages:
        for pain in (one for one in stage.pains if one.text not in asked_about):
            topics = topics_of(pain, stage, journey_map.shop.business)
            fitting = {
                remedy.gist
                for remedy in content.knowledge.remedies
                if remedy.topic in topics[:1] and remedy.fits(stage.phases, journey_map.shop.business)
            }
            assert fitting <= offered
            assert bool(topics) != ((stage.id, pain.text) in open_ones)


@settings(max_examples=20)
@given(maps())
def test_the_best_comes_first(journey_map: JourneyMap) -> None:
    """Scores fall from first to last, between 0 and 1; this week takes from the top."""
    suggestions = advised(journey_map)
    scores = [suggestion.score for suggestion in suggestions]
    chosen = this_week(suggestions)

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert chosen[:1] == suggestions[:1]
    assert len(chosen) == min(ACTIONS_A_WEEK, len(suggestions))


@settings(max_examples=20)
@given(maps())
def test_the_order_of_complaints_changes_no_score(journey_map: JourneyMap) -> None:
    """What the owner says first isn't worth more."""
    turned = replace(
        journey_map, stages=tuple(replace(stage, pains=stage.pains[::-1]) for stage in journey_map.stages)
    )

    assert by_gist(advised(turned)) == by_gist(advised(journey_map))


@settings(max_examples=20)
@given(maps())
def test_worse_feelings_lift_every_suggestion(journey_map: JourneyMap) -> None:
    """Angry customers make nothing less urgent."""
    angry = replace(
        journey_map,
        stages=tuple(replace(stage, feelings=(Feeling("kesal", 1),)) for stage in journey_map.stages),
    )
    before, after = by_gist(advised(journey_map)), by_gist(advised(angry))

    assert before.keys() == after.keys()
    assert all(after[gist] >= score for gist, score in before.items())


@settings(max_examples=20)
@given(maps())
def test_what_customers_said_lifts_every_suggestion(journey_map: JourneyMap) -> None:
    """Hearing it from customers or staff makes nothing less urgent."""
    heard = replace(
        journey_map,
        stages=tuple(
            replace(stage, pains=tuple(replace(pain, standing=Standing.CUSTOMER) for pain in stage.pains))
            for stage in journey_map.stages
        ),
    )
    before, after = by_gist(advised(journey_map)), by_gist(advised(heard))

    assert all(after[gist] >= score for gist, score in before.items())


@pytest.mark.parametrize("chip", ONE_A_TOPIC, ids=lambda chip: chip.id)
def test_saying_it_again_in_another_stage_counts(chip: Chip) -> None:
    """The same topic in two stages is more pressing than twice in one, and that more than once."""
    assert chip.phase is not None
    pain = tapped(chip)
    once = Stage("a", "a", (chip.phase,), pains=(pain,))
    twice = replace(once, pains=(pain, pain))
    again = Stage("b", "b", (chip.phase,), pains=(pain,))

    single, same, spread_out = (
        advised(map_of(*stages))[0].score for stages in ((once,), (twice,), (once, again))
    )

    assert single < same < spread_out


@pytest.mark.parametrize("phase", sorted(AFTER_SALE))
def test_in_a_wide_stage_the_phase_of_the_complaint_decides(phase: Phase) -> None:
    """What arrives broken is a complaint after the sale, also where buying and receiving are one stage."""
    pain = next(tapped(chip) for chip in CHIPS if chip.phase is phase and chip.business is None)
    wide = Stage("a", "a", (Phase.BELI, phase), pains=(pain,))
    narrow = Stage("a", "a", (phase,), pains=(pain,))

    assert advised(map_of(wide))[0].score == advised(map_of(narrow))[0].score


@pytest.mark.parametrize("chip", ONE_A_TOPIC, ids=lambda chip: chip.id)
def test_the_easier_comes_first_where_all_else_is_equal(chip: Chip) -> None:
    """Of remedies meant for everybody that are equally near to the words, quick and free ones lead."""
    assert chip.phase is not None
    remedies = [
        suggestion.remedy
        for suggestion in advised(map_of(Stage("a", "a", (chip.phase,), pains=(tapped(chip),))))
    ]
    near = nearness(chip.text.id, remedies, spread(the_knowledge().remedies))

    equal = [ease(remedy) for remedy in remedies if remedy.fits_all and near[remedy.id] == 0]

    assert equal == sorted(equal, reverse=True)


def ease(remedy: Remedy) -> float:
    """Return how easy a remedy is, 0 to 1: its quickness times its cheapness."""
    quick = {"15m": 1.0, "1h": 0.8, "1d": 0.4, "1w": 0.1}[remedy.effort]
    return quick * {"free": 1.0, "cheap": 0.85, "moderate": 0.5}[remedy.cost]


@pytest.mark.parametrize(
    ("phase", "said", "first"),
    [
        (Phase.BELI, "bayar QRIS kena biaya tambahan", "r.pembayaran_bermasalah.tanpa_biaya_qris"),
        (Phase.BELI, "saldo kepotong tapi gagal", "r.pembayaran_bermasalah.cek_mutasi"),
        (Phase.BELI, "harganya nggak ditulis", "r.info_produk_kurang.tulis_harga"),
        (Phase.SETIA, "langganan lama hilang, nggak balik", "r.tak_beli_lagi.tanya_kabar"),
        (Phase.SETIA, "langganan pindah, di sana ada poinnya", "r.tak_beli_lagi.kartu_stempel"),
        (Phase.KENAL, "susah parkir mobil di gang", "r.lokasi_jam_tempat.info_parkir"),
        (
            Phase.TIMBANG,
            "bahannya apa, panjangnya berapa, nggak ada tulisannya",
            "r.info_produk_kurang.tulis_yang_ditanya",
        ),
        (Phase.TERIMA, "vas bunganya retak", "r.barang_rusak.ganti_tanpa_debat"),
        (
            Phase.ULAS,
            "yang beli banyak tapi nggak ada yang ngasih bintang",
            "r.ulasan_rekomendasi.minta_jujur",
        ),
    ],
)
def test_the_words_of_the_complaint_choose_within_a_topic(phase: Phase, said: str, first: str) -> None:
    """A wide topic has many remedies; the one that speaks of the very thing leads."""
    suggestions = advised(map_of(Stage("a", "a", (phase,), pains=(Entry(said),))))

    assert suggestions[0].remedy.id == first


@pytest.mark.parametrize(
    ("phase", "said", "topics"),
    [
        (Phase.LAYANAN, "adminnya jutek, lama balesnya", {"pelayanan_kasar", "admin_lambat"}),
        (Phase.TIMBANG, "ditanya2 doang ga jadi beli", {"batal_beli"}),
        (Phase.BELI, "ongkirnya mahal ke papua", {"ongkir_mahal"}),
    ],
)
def test_a_further_topic_is_advised_on_only_when_it_was_meant(
    phase: Phase, said: str, topics: set[str]
) -> None:
    """What the matcher holds for possible but far less likely brings no advice."""
    suggestions = advised(map_of(Stage("a", "a", (phase,), pains=(Entry(said),))))

    assert {suggestion.topic for suggestion in suggestions} == topics


def test_what_the_owner_decided_stands_for_its_gist() -> None:
    """Of two remedies that say the same the one with a plan is kept, and declining it declines both."""
    pains = [
        chip for chip in CHIPS if chip.business is None and chip.topic in {"barang_rusak", "kualitas_jelek"}
    ]
    stage = Stage("a", "a", (Phase.TERIMA, Phase.PAKAI), pains=tuple(map(tapped, pains[:6])))
    undecided = map_of(stage)
    shown = next(
        one for one in advised(undecided) if one.remedy.gist == "r.retur_garansi_sulit.garansi_jelas"
    )
    other = next(
        remedy
        for remedy in the_knowledge().remedies
        if remedy.gist == shown.remedy.gist
        and remedy.id != shown.remedy.id
        and remedy.topic in {"barang_rusak", "kualitas_jelek"}
    )

    planned = advised(with_plan(undecided, Plan("x", PlanState.PLANNED, NOW, other.id)))
    declined = advised(with_plan(undecided, Plan("x", PlanState.DECLINED, NOW, other.id)))

    assert [one.state for one in planned if one.remedy.id == other.id] == [PlanState.PLANNED]
    assert shown.remedy.id not in {one.remedy.id for one in planned}
    assert shown.remedy.gist not in by_gist(declined)


def test_a_word_of_many_remedies_counts_little() -> None:
    """What sets a complaint apart is its rare word."""
    remedies = [remedy for remedy in the_knowledge().remedies if remedy.topic == "info_produk_kurang"]

    near = nearness("kopinya halal nggak", remedies, spread(the_knowledge().remedies))

    assert max(near, key=lambda key: near[key]) == "r.info_produk_kurang.sertifikat_halal"
    assert set(nearness("zzz", remedies, {}).values()) == {0}


def test_a_word_of_when_tells_more_than_one_of_the_text() -> None:
    """An example in the text is named in passing; when it helps is what it is for."""
    remedy = the_knowledge().remedies[0]
    meant = replace(remedy, id="r.meant", when=Bilingual("Kalau gelasnya retak", "When the glass cracks"))
    in_passing = replace(remedy, id="r.in_passing", text=Bilingual("Misalnya retak.", "Say it cracks."))

    near = nearness("retak semua", [meant, in_passing], spread([meant, in_passing]))

    assert near["r.meant"] > near["r.in_passing"] > 0


def test_a_word_of_complaints_of_all_kinds_counts_little() -> None:
    """Whatever people complain about, they say "malah"."""
    remedy = the_knowledge().remedies[0]
    malah = replace(remedy, id="r.malah", when=Bilingual("Kalau malah begitu", "When it does"))
    retak = replace(remedy, id="r.retak", when=Bilingual("Kalau retak", "When it cracks"))
    complaints = [(topic, "malah begitu") for topic in the_knowledge().topics]

    near = nearness("malah retak", [malah, retak], spread([malah, retak], complaints))

    assert near["r.retak"] > 10 * near["r.malah"]


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("barang_rusak", "r.barang_rusak.ganti_tanpa_debat"),
        ("salah_kirim", "r.salah_kirim.kirim_ganti"),
        ("isi_kurang", "r.isi_kurang.susulkan"),
        ("tidak_sesuai_deskripsi", "r.tidak_sesuai_deskripsi.ganti_atau_uang"),
        ("ukuran_salah", "r.ukuran_salah.tukar_ukuran"),
        ("rasa_higienis", "r.rasa_higienis.ganti_porsi"),
    ],
)
def test_making_good_comes_first_where_the_words_decide_nothing(topic: str, first: str) -> None:
    """The customer who was let down is owed something before the next one is protected."""
    complaint = Chip("p.x", Bilingual("…", "…"), Bilingual("…", "…"), topic=topic)
    knowledge = replace(the_knowledge(), chips={**the_knowledge().chips, Element.PAINS: (complaint,)})
    stage = Stage("a", "a", (Phase.TERIMA,), pains=(tapped(complaint),))

    advice = suggest(map_of(stage), knowledge, load_content().matcher, Language.ID)

    assert advice.suggestions[0].remedy.id == first


@pytest.mark.parametrize(
    ("language", "felt"), [(Language.ID, ("Kesal", 1)), (Language.EN, ("Annoyed", 1))], ids=str
)
def test_the_worst_feeling_of_the_stage_is_told(language: Language, felt: tuple[str, int]) -> None:
    """A chip's words in the language asked for; of two feelings the lower one; none where none was named."""
    pain = tapped(next(chip for chip in CHIPS if chip.id == "p.terima.lama_sampai"))
    both = (Feeling("Puas", 4, "f.puas"), Feeling("Kesal", 1, "f.kesal"))
    content = load_content()

    told, none = (
        suggest(map_of(stage), content.knowledge, content.matcher, language).suggestions[0].feeling
        for stage in (
            Stage("a", "a", (Phase.TERIMA,), feelings=both, pains=(pain,)),
            Stage("a", "a", (Phase.TERIMA,), pains=(pain,)),
        )
    )

    assert told is not None
    assert (told.text, told.score) == felt
    assert none is None
