"""Two versions are compared as an owner would: by stage and by what customers complain about."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from journey.compare import Comparison, Lasting, compare, nearness, says_the_same
from journey.model import Entry, Feeling, JourneyMap, Language, Plan, PlanState, Stage, Standing
from journey.phases import Phase
from tests.renderers.maps import NOW, coffee
from tests.strategies import journey_maps

SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def stage(number: int, name: str, phase: Phase, *pains: str | Entry, score: int | None = None) -> Stage:
    """Return a stage with complaints and perhaps a feeling."""
    entries = tuple(pain if isinstance(pain, Entry) else Entry(pain) for pain in pains)
    feelings = (Feeling(f"rasa {score}", score),) if score else ()
    return Stage(f"s{number}", name, (phase,), pains=entries, feelings=feelings)


def map_of(*stages: Stage) -> JourneyMap:
    return replace(coffee(), stages=stages)


def receiving(*pains: str | Entry) -> JourneyMap:
    """Return a map of one stage with these complaints."""
    return map_of(stage(1, "Terima", Phase.TERIMA, *pains))


def texts(comparison: Comparison) -> tuple[list[str], list[str], list[str]]:
    """Return what is solved, new and still there."""
    return tuple([entry.text for _, entry in found] for found in _lists(comparison))  # type: ignore[return-value]  # three lists


def _lists(comparison: Comparison) -> tuple[tuple[tuple[object, Entry], ...], ...]:
    return comparison.solved, comparison.new, comparison.still


def test_a_complaint_is_solved_new_or_still_there() -> None:
    """One goes, one comes, one stays."""
    comparison = compare(receiving("Paket lama", "Kemasan penyok"), receiving("Paket lama", "Resi nggak ada"))

    assert texts(comparison) == (["Kemasan penyok"], ["Resi nggak ada"], ["Paket lama"])


@pytest.mark.parametrize("said", ["paket  LAMA!", "Paket, lama", "“Paket lama”", "Paket lamaaa"])
def test_case_blanks_and_punctuation_change_nothing(said: str) -> None:
    """What is only written otherwise is the same complaint."""
    comparison = compare(receiving("Paket lama"), receiving(said))

    assert texts(comparison) == ([], [], [said])
    assert comparison.stages[0].still[0].nearness == 1.0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ongkir mahal", "Ongkirnya mahal banget"),
        ("Balas chat lama kalau malam", "Balas chat lama sekali kalau malam"),
        ("Lama dibalas admin", "Admin lama dibalas"),
    ],
)
def test_a_slightly_changed_sentence_is_still_there(before: str, after: str) -> None:
    """The later words are shown, and how near they are is said."""
    comparison = compare(receiving(before), receiving(after))

    assert texts(comparison) == ([], [], [after])
    assert comparison.stages[0].still == (Lasting(Entry(before), Entry(after), nearness(before, after)),)
    assert 0.5 <= nearness(before, after) <= 1.0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pengiriman lama", "Pengiriman cepat tapi kurirnya galak"),
        ("Warna baju beda dari foto", "Ukuran baju beda dari foto"),
        ("Mahal", "Mahal ongkir ke luar pulau"),
    ],
)
def test_another_complaint_with_some_of_the_words_is_new(before: str, after: str) -> None:
    """A word in common doesn't make two complaints one."""
    assert texts(compare(receiving(before), receiving(after))) == ([before], [after], [])


def test_the_nearest_sentence_is_taken() -> None:
    """Of two changed sentences each finds its own."""
    before = receiving("Admin lama balas chat", "Admin lama balas chat malam hari")
    after = receiving("Admin lama balas chat malam hari banget", "Admin lama balas chat ya")

    pairs = [(lasting.before.text, lasting.after.text) for lasting in compare(before, after).stages[0].still]

    assert sorted(pairs) == [
        ("Admin lama balas chat", "Admin lama balas chat ya"),
        ("Admin lama balas chat malam hari", "Admin lama balas chat malam hari banget"),
    ]


def test_a_chip_is_the_same_in_another_language() -> None:
    """Chips are compared by their ids; two chips are two complaints however near their words are."""
    before = receiving(Entry("Paket lama sampai", "c.lama"), Entry("Ongkir mahal", "c.ongkir"))
    after = receiving(Entry("The parcel is late", "c.lama"), Entry("Ongkir mahal sekali", "c.mahal"))

    assert texts(compare(before, after)) == (
        ["Ongkir mahal"],
        ["Ongkir mahal sekali"],
        ["The parcel is late"],
    )


def test_a_complaint_that_moved_to_another_stage_is_still_there() -> None:
    """Nobody has solved it by writing it elsewhere."""
    before = map_of(stage(1, "Beli", Phase.BELI, "Ongkir mahal"), stage(2, "Terima", Phase.TERIMA))
    after = map_of(stage(1, "Beli", Phase.BELI), stage(2, "Terima", Phase.TERIMA, "ongkir mahal"))

    comparison = compare(before, after)

    assert texts(comparison) == ([], [], ["ongkir mahal"])
    assert comparison.still[0][0].name == "Terima"


def test_the_curve_rises_and_falls_by_stage() -> None:
    """The change of the score, unknown where a version has no feeling."""
    before = map_of(
        stage(1, "Kenal", Phase.KENAL, score=4),
        stage(2, "Beli", Phase.BELI, score=1),
        stage(3, "Terima", Phase.TERIMA),
    )
    after = map_of(
        stage(1, "Kenal", Phase.KENAL, score=2),
        stage(2, "Beli", Phase.BELI, score=5),
        stage(3, "Terima", Phase.TERIMA, score=3),
    )

    changes = compare(before, after).stages

    assert [change.rise for change in changes] == [-2.0, 4.0, None]
    assert [change.feels_otherwise for change in changes] == [True, True, True]


def test_stages_are_added_removed_and_renamed() -> None:
    """A renamed one is known by id and phase; the removed ones stand at the end with what they solve."""
    before = map_of(stage(1, "Kenal", Phase.KENAL), stage(2, "Layanan", Phase.LAYANAN, "Nggak dibalas"))
    after = map_of(stage(3, "Beli", Phase.BELI, "Antre"), stage(1, "Lihat iklan", Phase.KENAL))

    added, renamed, removed = compare(before, after).stages

    assert (added.before, added.after, added.new) == (None, after.stages[0], (Entry("Antre"),))
    assert (renamed.is_renamed, renamed.name) == (True, "Lihat iklan")
    assert (removed.before, removed.after, removed.name) == (before.stages[1], None, "Layanan")
    assert removed.solved == (Entry("Nggak dibalas"),)
    assert removed.rise is None


def test_another_framework_is_compared_by_phase() -> None:
    """Ids that other stages have taken don't lead astray."""
    before = map_of(stage(1, "Kenal", Phase.KENAL, "Foto gelap"), stage(2, "Beli", Phase.BELI, "Antre"))
    after = map_of(
        stage(1, "Interest", Phase.TERTARIK),
        stage(2, "Awareness", Phase.KENAL, "Foto gelap"),
        stage(3, "Beli", Phase.BELI, "Antre"),
    )

    names = [(change.before and change.before.name, change.name) for change in compare(before, after).stages]

    assert names == [(None, "Interest"), ("Kenal", "Awareness"), ("Beli", "Beli")]


def test_a_translated_stage_is_not_renamed() -> None:
    """A preset's stage keeps its chip in every language."""
    before = replace(stage(1, "Kenal", Phase.KENAL), chip="umkm.kenal")

    (change,) = compare(map_of(before), map_of(replace(before, name="Discover"))).stages

    assert not change.is_renamed
    assert not change.has_news


def test_suggestions_carried_out_since_are_named_once() -> None:
    """What was done before already, and what is only planned, isn't."""
    plans = [
        Plan(text, state, NOW, remedy=text)
        for text, state in (("A", PlanState.DONE), ("B", PlanState.PLANNED), ("C", PlanState.DONE))
    ]
    before = replace(receiving(), plans=(plans[0], replace(plans[2], state=PlanState.PLANNED)))

    comparison = compare(before, replace(receiving(), plans=tuple(plans)))

    assert comparison.done == ("C",)
    assert comparison.has_news


def test_maps_without_stages_can_be_compared() -> None:
    """Nothing is compared with nothing, and everything with nothing."""
    assert not compare(map_of(), map_of()).has_news
    assert len(compare(map_of(), coffee()).new) == len(compare(coffee(), map_of()).solved) > 0


@pytest.mark.parametrize(
    "changed",
    [
        replace(coffee(), goal=Entry("Komplain berkurang")),
        replace(coffee(), title="Kopi"),
        replace(coffee(), stages=coffee().stages[:4]),
        coffee().with_stage(replace(coffee().stages[0], feelings=(Feeling("Tertarik", 5),))),
        coffee().with_stage(
            replace(
                coffee().stages[0], pains=(replace(coffee().stages[0].pains[0], standing=Standing.EVIDENCE),)
            )
        ),
    ],
)
def test_whatever_an_owner_changes_is_content(changed: JourneyMap) -> None:
    """Each of these makes another version."""
    assert not says_the_same(coffee(), changed)


def test_times_plans_and_language_are_no_content() -> None:
    """A chip says the same in every language."""
    spoken = replace(coffee(), goal=Entry("Lebih banyak yang beli lagi", "g.repeat"))
    changed = replace(
        spoken,
        goal=Entry("More repeat buyers", "g.repeat"),
        language=Language.EN,
        changed=NOW.replace(year=2027),
        plans=(Plan("A", PlanState.DONE, NOW),),
    )

    assert says_the_same(spoken, changed)


@given(journey_map=journey_maps())
@SLOW
def test_a_version_compared_with_itself_has_no_change(journey_map: JourneyMap) -> None:
    """Whatever a map holds, all of it is still there."""
    comparison = compare(journey_map, journey_map)

    assert not comparison.has_news
    assert len(comparison.still) == sum(len(stage.pains) for stage in journey_map.stages)
    assert says_the_same(journey_map, journey_map)


@given(before=journey_maps(most_stages=4), after=journey_maps(most_stages=4))
@SLOW
def test_turned_round_the_solved_are_the_new(before: JourneyMap, after: JourneyMap) -> None:
    """What one direction calls solved the other calls new, and the rest is still there in both."""
    there, back = compare(before, after), compare(after, before)

    assert sorted(entry.text for _, entry in there.solved) == sorted(entry.text for _, entry in back.new)
    assert sorted(entry.text for _, entry in there.new) == sorted(entry.text for _, entry in back.solved)
    assert len(there.still) == len(back.still)
    assert len(there.solved) + len(there.still) == sum(len(stage.pains) for stage in before.stages)
