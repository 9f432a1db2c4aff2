"""Each of the ten checks sees its mistake, sees nothing else, and knows where its edge is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from journey.health import FRESH_FOR, Check, Finding, check, has_action, unseen
from journey.model import (
    Cell,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Persona,
    Stage,
    Standing,
)
from journey.phases import AFTER_SALE, Phase
from journey.presets import STAGES as PRESET_STAGES
from journey.presets import Preset
from journey.stages import preset_stages
from tests.content import the_example, the_knowledge
from tests.strategies import journey_maps

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OWNERS = Entry("Pembeli nggak baca deskripsi")
HEARD = Entry("Paketnya lama", standing=Standing.CUSTOMER)


def stage(phase: Phase, score: int, **elements: tuple[Entry, ...]) -> Stage:
    """Return a stage in which everything was said."""
    said = {
        "touchpoints": (Entry("WhatsApp"),),
        "thoughts": (Entry("Semoga cepat sampai"),),
        "pains": (Entry("Balasannya lama"),),
        **elements,
    }
    return Stage(phase, phase.title(), (phase,), feelings=(Feeling("puas", score),), **said)  # type: ignore[arg-type]  # fields by their names


KENAL = stage(Phase.KENAL, 4)
BELI = stage(Phase.BELI, 3, opportunities=(Entry("Balas lebih cepat"),))
PAKAI = stage(Phase.PAKAI, 2, pains=(HEARD,))


def map_of(*stages: Stage) -> JourneyMap:
    """Return a map of these stages that says for whom and what for."""
    return JourneyMap(
        "m",
        Language.ID,
        NOW,
        NOW,
        goal=Entry("Lebih banyak yang beli lagi"),
        persona=Persona(name=Entry("Ibu muda")),
        stages=stages,
    )


HEALTHY = map_of(KENAL, BELI, PAKAI)


def checked(journey_map: JourneyMap, now: datetime = NOW) -> dict[Check, Finding]:
    findings = check(journey_map, now, the_knowledge())
    return {finding.check: finding for finding in findings}


def test_a_healthy_map_has_no_finding() -> None:
    """Everything said, ups and downs, one word of a customer, one idea, just changed."""
    assert check(HEALTHY, NOW, the_knowledge()) == ()


def test_nobody_in_it() -> None:
    """Without a kind of customer, its name is asked for; other fields of the persona are no name."""
    nobody = replace(HEALTHY, persona=Persona(worry=Entry("Takut basi")))

    assert checked(nobody) == {
        Check.NO_PERSONA: Finding(Check.NO_PERSONA, cell=Cell("persona_name")),
    }


def test_no_goal() -> None:
    """Without a goal, it is asked for."""
    assert checked(replace(HEALTHY, goal=None)) == {
        Check.NO_GOAL: Finding(Check.NO_GOAL, cell=Cell("goal")),
    }


@pytest.mark.parametrize("element", [Element.TOUCHPOINTS, Element.PAINS])
def test_a_bare_stage(element: Element) -> None:
    """Either of the two missing is enough; its question comes first to mind."""
    bare = map_of(KENAL, BELI.with_entries(element, ()), PAKAI)

    found = checked(bare)

    assert found == {Check.BARE_STAGE: Finding(Check.BARE_STAGE, ("beli",), cell=Cell(element, "beli"))}


def test_all_bare_stages_are_named_once() -> None:
    """Every stage in map order, the question about the first of them."""
    bare = [Stage(found.id, found.name, found.phases, feelings=found.feelings) for found in (KENAL, BELI)]

    finding = checked(map_of(*bare, PAKAI))[Check.BARE_STAGE]

    assert (finding.stages, finding.cell) == (("kenal", "beli"), Cell("touchpoints", "kenal"))


def test_what_else_is_missing_makes_no_stage_bare() -> None:
    """Actions, thoughts and ideas are what a full interview adds."""
    quick = KENAL.with_entries(Element.ACTIONS, ()).with_entries(Element.THOUGHTS, ())

    assert checked(map_of(quick, BELI, PAKAI)) == {}


def test_feelings_all_alike() -> None:
    """The stage with most complaints is doubted first: it can hardly feel like the others."""
    sore = replace(stage(Phase.BELI, 4), pains=(Entry("Ribet"), Entry("Lama")))
    flat = map_of(KENAL, sore, stage(Phase.PAKAI, 4, pains=(HEARD,), opportunities=(Entry("x"),)))

    found = checked(flat)

    assert found == {
        Check.FLAT_FEELINGS: Finding(
            Check.FLAT_FEELINGS, ("kenal", "beli", "pakai"), cell=Cell("feelings", "beli")
        )
    }


def test_one_feeling_is_not_alike() -> None:
    """Two are needed to be alike, and half a point makes a difference."""
    alone = map_of(stage(Phase.PAKAI, 4))
    mixed = replace(PAKAI, feelings=(Feeling("puas", 4), Feeling("kesal", 3)))

    assert Check.FLAT_FEELINGS not in checked(alone)
    assert Check.FLAT_FEELINGS not in checked(map_of(KENAL, mixed))


def test_nothing_after_the_sale() -> None:
    """Without such a stage no question puts it right: a stage is missing."""
    found = checked(map_of(KENAL, replace(BELI, pains=(HEARD,))))

    assert found == {Check.ENDS_AT_SALE: Finding(Check.ENDS_AT_SALE)}


def test_an_empty_stage_after_the_sale_is_nothing() -> None:
    """It is there but says nothing: its first question puts it right."""
    empty = Stage("pakai", "Pakai", (Phase.PAKAI,))

    finding = checked(map_of(KENAL, BELI, empty))[Check.ENDS_AT_SALE]

    assert (finding.stages, finding.cell) == (("pakai",), Cell("touchpoints", "pakai"))


@pytest.mark.parametrize("phase", sorted(AFTER_SALE))
def test_one_word_after_the_sale_is_something(phase: Phase) -> None:
    """Any phase after the sale counts, with any element."""
    little = Stage("after", "After", (phase,), feelings=(Feeling("puas", 1),))

    assert Check.ENDS_AT_SALE not in checked(map_of(KENAL, BELI, little))


@pytest.mark.parametrize("preset", Preset)
def test_every_framework_goes_on_after_the_sale(preset: Preset) -> None:
    """No preset has to be extended to be healthy."""
    assert any(found.phases[0] in AFTER_SALE for found in PRESET_STAGES[preset])


def test_a_stage_without_a_feeling() -> None:
    """The stages with a hole in the curve are named, the first one is asked about."""
    numb = map_of(KENAL, replace(BELI, feelings=()), replace(PAKAI, feelings=()))

    finding = checked(numb)[Check.MISSING_FEELING]

    assert (finding.stages, finding.cell) == (("beli", "pakai"), Cell("feelings", "beli"))


def test_only_guesses() -> None:
    """Complaints are there to be marked, so no question puts it right."""
    guessed = map_of(KENAL, BELI, PAKAI.with_entries(Element.PAINS, (Entry("Paketnya lama"),)))

    assert checked(guessed) == {
        Check.ONLY_GUESSES: Finding(Check.ONLY_GUESSES, ("kenal", "beli", "pakai")),
    }


def test_guesses_without_a_complaint_ask_for_one() -> None:
    """Nothing could be marked before customers are said to complain."""
    journey_map = map_of(*(found.with_entries(Element.PAINS, ()) for found in (KENAL, BELI, PAKAI)))

    finding = checked(journey_map)[Check.ONLY_GUESSES]

    assert finding.cell == Cell("pains", "kenal")


@pytest.mark.parametrize("standing", [Standing.CUSTOMER, Standing.EVIDENCE])
@pytest.mark.parametrize("element", [Element.TOUCHPOINTS, Element.THOUGHTS, Element.PAINS, Element.ACTIONS])
def test_one_entry_beyond_a_guess_is_enough(element: Element, standing: Standing) -> None:
    """Wherever customers were heard, in whatever way."""
    heard = KENAL.with_entries(element, (Entry("Lama", standing=standing),))

    assert Check.ONLY_GUESSES not in checked(map_of(heard, BELI))


def test_nothing_said_is_no_guess() -> None:
    """A map without entries has other troubles."""
    assert Check.ONLY_GUESSES not in checked(map_of(Stage("beli", "Beli", (Phase.BELI,))))


@pytest.mark.parametrize("element", [Element.THOUGHTS, Element.PAINS])
def test_the_owners_own_side(element: Element) -> None:
    """The words, where they stand, and the question that asks for the customer's."""
    told = map_of(KENAL, BELI.with_entries(element, (Entry("Lama"), OWNERS)), PAKAI)

    assert checked(told) == {
        Check.OWNERS_WORDS: Finding(Check.OWNERS_WORDS, ("beli",), OWNERS, Cell(element, "beli")),
    }


@pytest.mark.parametrize(
    "entry",
    [
        replace(OWNERS, standing=Standing.CUSTOMER),
        replace(OWNERS, standing=Standing.EVIDENCE),
        replace(OWNERS, chip="p.terima.lama_sampai"),
    ],
)
def test_what_customers_did_say_is_theirs(entry: Entry) -> None:
    """Marked as a customer's, backed by evidence or tapped: never doubted."""
    told = map_of(KENAL, BELI.with_entries(Element.PAINS, (entry,)), PAKAI)

    assert Check.OWNERS_WORDS not in checked(told)


def test_what_the_owner_can_do_is_said_from_the_owners_side() -> None:
    """An idea about capital is no cue."""
    idea = BELI.with_entries(Element.OPPORTUNITIES, (Entry("Cari tambahan, modal saya kurang"),))

    assert checked(map_of(KENAL, idea, PAKAI)) == {}


def test_no_action() -> None:
    """The unhappiest stage with a complaint is where to begin."""
    idle = map_of(KENAL, BELI.with_entries(Element.OPPORTUNITIES, ()), PAKAI)

    assert checked(idle) == {
        Check.NO_ACTION: Finding(Check.NO_ACTION, ("pakai",), cell=Cell("opportunities", "pakai")),
    }
    assert not has_action(idle)
    assert has_action(HEALTHY)


def test_an_unhappy_stage_without_a_complaint_waits() -> None:
    """There is something to act on only where somebody complains."""
    silent = PAKAI.with_entries(Element.PAINS, ())
    idle = map_of(KENAL, BELI.with_entries(Element.OPPORTUNITIES, ()), silent)

    assert checked(idle)[Check.NO_ACTION].stages == ("beli",)


@pytest.mark.parametrize(
    ("passed", "expected"), [(FRESH_FOR, False), (FRESH_FOR + timedelta(seconds=1), True)]
)
def test_older_than_ninety_days(passed: timedelta, expected: bool) -> None:
    """Ninety days are fine, a second more is not."""
    assert (Check.OUTDATED in checked(HEALTHY, NOW + passed)) == expected
    assert timedelta(days=90) == FRESH_FOR


def test_an_empty_map() -> None:
    """A map that has just been started lacks what it lacks, and stages come first."""
    started = JourneyMap("m", Language.ID, NOW, NOW)

    found = checked(started)

    assert set(found) == {
        Check.NO_PERSONA,
        Check.NO_GOAL,
        Check.BARE_STAGE,
        Check.ENDS_AT_SALE,
        Check.MISSING_FEELING,
        Check.NO_ACTION,
    }
    assert found[Check.BARE_STAGE].cell == found[Check.NO_ACTION].cell == Cell("preset")


def test_what_cannot_be_looked_at_is_neither_wrong_nor_fine() -> None:
    """One feeling of three can't be compared, and words that aren't there are nobody's."""
    empty = map_of(*(Stage(found.id, found.name, found.phases) for found in (KENAL, BELI, PAKAI)))
    one_feeling = empty.with_stage(replace(empty.stages[0], feelings=KENAL.feelings))
    two_feelings = one_feeling.with_stage(replace(empty.stages[1], feelings=BELI.feelings))
    words = {Check.ONLY_GUESSES, Check.OWNERS_WORDS}

    assert unseen(empty) == unseen(one_feeling) == words | {Check.FLAT_FEELINGS}
    assert unseen(two_feelings) == words
    assert unseen(map_of(PAKAI)) == unseen(HEALTHY) == frozenset()
    assert unseen(map_of(PAKAI.with_entries(Element.PAINS, ()).with_entries(Element.THOUGHTS, ()))) == {
        Check.OWNERS_WORDS
    }


def test_a_map_of_empty_stages() -> None:
    """Every stage is named, none of them twice."""
    empty = map_of(*preset_stages(Preset.UMKM, the_knowledge(), Language.ID))

    found = checked(empty)

    assert found[Check.BARE_STAGE].stages == ("s1", "s2", "s3", "s4", "s5", "s6")
    assert found[Check.ENDS_AT_SALE].stages == ("s4", "s5", "s6")
    assert Check.FLAT_FEELINGS not in found


@pytest.mark.parametrize("language", Language)
def test_the_worked_example_is_as_healthy_as_its_source(language: Language) -> None:
    """Seed 003's table lacks nothing but who told so."""
    example = the_example().as_map(language, id="e", now=NOW)

    assert set(checked(example)) == {Check.ONLY_GUESSES}


@given(journey_map=journey_maps())
@settings(max_examples=60)
def test_a_finding_is_about_the_map(journey_map: JourneyMap) -> None:
    """Each mistake at most once, in order; stages, entry and question exist."""
    findings = check(journey_map, NOW, the_knowledge())

    names = [finding.check for finding in findings]
    assert not unseen(journey_map) & set(names)
    assert names == [name for name in Check if name in names]
    for finding in findings:
        assert all(journey_map.stage(stage_id) for stage_id in finding.stages)
        if finding.cell and finding.cell.stage:
            assert finding.cell.stage in {found.id for found in journey_map.stages}
