"""Frameworks are the articles' own, and changing the stages loses nothing unseen."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey import stages
from journey.limits import STAGES as MOST_STAGES
from journey.model import Element, Entry, Feeling, JourneyMap, Language
from journey.phases import Phase
from journey.presets import DEFAULT, STAGES, Preset
from tests.content import the_knowledge
from tests.conversations.owner import Owner
from tests.strategies import journey_maps

FRAMEWORKS = {
    Preset.UMKM: "kenal(+tertarik) · timbang · beli · terima · pakai(+layanan) · setia(+ulas, ajak)",
    Preset.SEED_000: "kenal · tertarik · timbang · beli(+terima) · ulas(+pakai, layanan, setia)",
    Preset.SEED_001: "kenal(+tertarik) · timbang · beli · pakai(+terima, layanan, ulas) · ajak(+setia)",
    Preset.SEED_002: "kenal(+tertarik) · timbang · beli(+terima) · layanan(+pakai) · setia · ajak(+ulas)",
    Preset.SEED_003: "kenal(+tertarik) · timbang · beli · terima(+pakai, layanan) · setia(+ulas, ajak)",
    Preset.SEED_004: "kenal(+tertarik) · timbang · beli · setia(+terima, pakai, layanan) · ajak(+ulas)",
}


@pytest.mark.parametrize("preset", Preset)
def test_a_framework_has_the_phases_it_was_given(preset: Preset) -> None:
    """The canonical phase of each stage first, then those it serves besides."""
    said = []
    for stage in STAGES[preset]:
        first, *further = stage.phases
        said.append(f"{first}(+{', '.join(further)})" if further else str(first))

    assert " · ".join(said) == FRAMEWORKS[preset]


def test_small_shops_get_our_own_framework() -> None:
    """UMKM is the default."""
    assert DEFAULT is Preset.UMKM


def restaged(journey_map: JourneyMap, preset: Preset) -> tuple[JourneyMap, int]:
    empty = stages.preset_stages(preset, the_knowledge(), journey_map.language)
    return stages.restaged(journey_map, preset, empty)


def said_in(journey_map: JourneyMap) -> list[Entry | Feeling]:
    """Return all that a map says about its stages."""
    return [
        *(entry for stage in journey_map.stages for element in _LISTS for entry in stage.entries(element)),
        *(feeling for stage in journey_map.stages for feeling in stage.feelings),
    ]


_LISTS = tuple(element for element in Element if element is not Element.FEELINGS)


@pytest.mark.parametrize("preset", Preset)
def test_what_was_said_moves_to_the_stage_that_serves_its_phase(preset: Preset) -> None:
    """A complaint about buying is still one about buying in any framework."""
    owner = Owner.at_stages()
    bought = replace(owner.stage(3), pains=(Entry("Ribet bayarnya"),))

    moved, lost = restaged(owner.the_map.with_stage(bought), preset)

    (target,) = [stage for stage in moved.stages if stage.pains]
    assert Phase.BELI in target.phases
    assert target.pains == (Entry("Ribet bayarnya"),)
    assert lost == 0


@given(journey_map=journey_maps(), preset=st.sampled_from(Preset))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_nothing_is_lost_uncounted(journey_map: JourneyMap, preset: Preset) -> None:
    """All that was said is in the new stages, but for what is counted as lost."""
    moved, lost = restaged(journey_map, preset)

    assert set(said_in(moved)) <= set(said_in(journey_map))
    if not lost:
        assert set(said_in(moved)) == set(said_in(journey_map))


def test_what_finds_no_room_is_counted() -> None:
    """Two stages of four entries each that become one keep six and count two."""
    owner = Owner.at_stages()
    for number in (4, 5):
        entries = [Entry(f"{number}-{place}") for place in range(4)]
        changed = owner.stage(number).with_entries(Element.PAINS, entries)
        owner.journey_map = owner.the_map.with_stage(changed)

    moved, lost = restaged(owner.the_map, Preset.SEED_003)

    assert lost == 2
    assert [entry.text for entry in moved.stages[3].pains] == ["4-0", "4-1", "4-2", "4-3", "5-0", "5-1"]


def test_a_ninth_stage_is_refused() -> None:
    """A map has at most eight stages."""
    owner = Owner.at_stages()
    full = replace(
        owner.the_map,
        stages=tuple(replace(owner.stage(1), id=f"s{place}") for place in range(1, MOST_STAGES + 1)),
    )

    with pytest.raises(stages.TooManyStages):
        stages.with_added(full, owner.stage(1))


@pytest.mark.parametrize(("by", "order"), [(1, "132456"), (-1, "213456"), (9, "134562"), (-9, "213456")])
def test_a_stage_moves_and_the_ends_are_walls(by: int, order: str) -> None:
    """The second stage moved: the others close up."""
    moved = stages.moved(Owner.at_stages().the_map, "s2", by)

    assert "".join(stage.id.removeprefix("s") for stage in moved.stages) == order


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("Awareness", Phase.KENAL),
        ("Tahap beli", Phase.BELI),
        ("Terima paket", Phase.TERIMA),
        ("Loyalitas pelanggan", Phase.SETIA),
        ("pesen lewat WA", Phase.BELI),
        ("nunggu paket", Phase.TERIMA),
        ("Liat di FYP", Phase.KENAL),
        ("Xyz", None),
    ],
)
def test_a_name_is_read_through_the_phase_it_resembles(name: str, phase: Phase | None) -> None:
    """An own stage called like a known one serves its phase; others are no guess."""
    assert stages.guess_phase(name, the_knowledge()) is phase


@pytest.mark.parametrize("language", Language)
def test_a_frameworks_stages_start_empty(language: Language) -> None:
    """Nothing is filled in silently."""
    for preset in Preset:
        found = stages.preset_stages(preset, the_knowledge(), language)

        assert not any(stages.has_content(stage) for stage in found)
