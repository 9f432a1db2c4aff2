"""How feelings moved over the check-ins, in numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from journey import checkins, stages
from journey.copies import for_another_persona
from journey.limits import CHECK_INS
from journey.model import CheckIn, Feeling, JourneyMap, Language, Stage, StageScore, Status
from journey.phases import Phase
from journey.presets import Preset
from journey.trend import trend_of
from tests.content import the_knowledge

FINISHED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def a_map(*scores: tuple[int, ...]) -> JourneyMap:
    """Return a finished map with a stage for each tuple, felt with its scores."""
    phases = (Phase.KENAL, Phase.TIMBANG, Phase.BELI, Phase.TERIMA)
    made = tuple(
        Stage(f"s{place}", phase.title(), (phase,), feelings=tuple(Feeling("x", score) for score in felt))
        for place, (phase, felt) in enumerate(zip(phases, scores, strict=False), start=1)
    )
    return JourneyMap(
        "m", Language.ID, FINISHED, FINISHED, status=Status.FINISHED, finished=FINISHED, stages=made
    )


def later(journey_map: JourneyMap, month: int, *scores: float | None) -> JourneyMap:
    """Return the map after a check-in that many months after its finish; None passes a stage over."""
    taken = FINISHED + timedelta(days=30 * month)
    for stage, score in zip(journey_map.stages, scores, strict=True):
        if score is not None:
            journey_map = checkins.with_score(journey_map, taken, stage, score)
    return journey_map


def test_the_feelings_of_the_finish_come_first() -> None:
    """Without a check-in they are all there is; two feelings count with their mean."""
    found = trend_of(a_map((2, 3), (4,), ()))

    assert found.times == (FINISHED,)
    assert [line.scores for line in found.lines] == [(2.5,), (4,), (None,)]
    assert found.means == (3.25,)
    assert (found.change, found.rose_most, found.fell_most) == (None, None, None)


def test_an_open_map_without_check_ins_has_no_trend() -> None:
    """Nothing is drawn of a map that was never finished."""
    found = trend_of(replace(a_map((2,)), status=Status.OPEN, finished=None))

    assert (found.times, found.means) == ((), ())


def test_what_rose_and_fell_most_is_named() -> None:
    """From the first known score to the last, whatever lies between."""
    journey_map = later(a_map((2,), (4,), (3,)), 1, 5, 4, 2)
    journey_map = later(journey_map, 2, 3, 4, 1)

    found = trend_of(journey_map)

    assert [line.scores for line in found.lines] == [(2, 5, 3), (4, 4, 4), (3, 2, 1)]
    assert [line.change for line in found.lines] == [1, 0, -2]
    assert found.rose_most == found.lines[0]
    assert found.fell_most == found.lines[2]
    assert found.means == pytest.approx((3, 11 / 3, 8 / 3))
    assert found.change == pytest.approx(-1 / 3)


def test_passing_a_bad_stage_over_makes_nothing_better() -> None:
    """Its line has a gap; the mean counts what was known of it last."""
    found = trend_of(later(a_map((1,), (5,)), 1, None, 5))

    assert found.lines[0].scores == (1, None)
    assert found.means == (3, 3)


def test_a_mean_compares_the_same_stages_at_all_times() -> None:
    """One with its first score later lifts nothing: the only stage that moved fell, and so does the mean."""
    journey_map = later(a_map((4,), (2,), ()), 1, 3, 2, 5)

    found = trend_of(journey_map)

    assert found.means == (3, 2.5)
    assert found.averaged == found.lines[:2]
    assert found.change == pytest.approx(-0.5)
    assert trend_of(later(journey_map, 2, 3, None, 1)).means == (3, 2.5, 2.5)


def test_the_first_time_that_says_anything_says_whom_the_mean_is_of() -> None:
    """Stages of today that were there from then on."""
    journey_map = later(later(a_map((2,), (4,)), 1, 3, None), 2, 4, 5)
    without = replace(journey_map, stages=journey_map.stages[1:])
    added = stages.with_added(without, Stage("s9", "Ajak teman", (Phase.AJAK,)))

    found = trend_of(later(added, 3, 1, 5))

    assert found.means == (4, 4, 5, 1)
    assert [line.stage.id for line in found.averaged] == ["s2"]


def test_the_first_point_stays_when_the_map_is_finished_again() -> None:
    """A new complaint, or a better word, moves the finish and not what was felt at the first one."""
    journey_map = later(a_map((2,)), 1, 4)
    again = replace(journey_map, finished=FINISHED + timedelta(days=31))

    assert trend_of(again) == trend_of(journey_map)
    assert trend_of(again).times[0] == FINISHED


def test_a_renamed_or_moved_stage_keeps_its_line() -> None:
    """Its id and phase are the same."""
    journey_map = later(a_map((2,), (4,)), 1, 3, 5)
    changed = stages.moved(stages.renamed(journey_map, "s1", "Lihat-lihat"), "s1", 1)

    assert [line.scores for line in trend_of(changed).lines] == [(4, 5), (2, 3)]


def test_a_removed_stage_is_forgotten_and_comes_back_with_it() -> None:
    """The line is that of the stages of today; what was said of others is only kept."""
    journey_map = later(a_map((2,), (4,)), 1, 3, 5)
    without = stages.without(journey_map, "s1")

    assert [line.scores for line in trend_of(without).lines] == [(4, 5)]
    assert trend_of(without).means == (4, 5)
    assert trend_of(replace(without, stages=journey_map.stages)) == trend_of(journey_map)


def test_a_new_stage_has_gaps_before_it_came() -> None:
    """Also when it takes the id of one that went: it is another stage."""
    journey_map = later(a_map((2,), (4,)), 1, 3, 5)
    without = stages.without(journey_map, "s1")
    added = stages.with_added(without, Stage("s1", "Ajak teman", (Phase.AJAK,)))

    found = trend_of(later(added, 2, 5, 1))

    assert [line.scores for line in found.lines] == [(4, 5, 5), (None, None, 1)]


def test_in_another_framework_the_lines_go_on_by_phase() -> None:
    """*Timbang* and *beli* are in both; a stage that two could be has a gap."""
    default, other = (
        stages.preset_stages(preset, the_knowledge(), Language.ID)
        for preset in (Preset.UMKM, Preset.SEED_000)
    )
    felt = tuple(replace(stage, feelings=(Feeling("x", 2),)) for stage in default)
    journey_map = later(replace(a_map(), stages=felt), 1, *(3, 4, 5, 1, 1, 1))

    restaged, _ = stages.restaged(journey_map, Preset.SEED_000, other)

    scores = {line.stage.phase: line.scores for line in trend_of(restaged).lines}
    assert (scores[Phase.TIMBANG], scores[Phase.BELI]) == ((2, 4), (2, 5))
    assert scores[Phase.ULAS] == (None, None)


def test_answering_again_changes_the_same_check_in() -> None:
    """At most one score a stage, however often the owner taps."""
    journey_map = later(later(a_map((2,), (4,)), 1, 3, 5), 1, 4, None)

    assert len(journey_map.checkins) == 2
    assert [line.scores for line in trend_of(journey_map).lines] == [(2, 4), (4, 5)]


def test_the_oldest_check_in_makes_room() -> None:
    """Two years of months are kept."""
    journey_map = a_map((2,))
    for month in range(1, CHECK_INS + 3):
        journey_map = later(journey_map, month, 1 + month % 5)

    assert len(journey_map.checkins) == CHECK_INS
    assert journey_map.checkins[0].taken == FINISHED + timedelta(days=90)


def test_a_check_in_holds_no_more_than_the_map() -> None:
    """Of a stage that was removed halfway through, the score goes."""
    begun = later(a_map((2,), (4,)), 1, 3, None)
    without = stages.without(begun, "s1")

    found = checkins.latest(later(without, 1, 5))

    assert found is not None
    assert found.scores == (StageScore("s2", Phase.TIMBANG, 5),)


def test_the_last_known_score_is_that_of_the_latest_check_in_that_has_one() -> None:
    """Before any, the map's own feelings; a later one than that which is asked about doesn't count."""
    journey_map = later(later(a_map((2,), ()), 1, 3, None), 2, None, None)
    first, second = journey_map.stages
    third = FINISHED + timedelta(days=90)

    assert checkins.last_score(journey_map, third, first) == 3
    assert checkins.last_score(journey_map, FINISHED + timedelta(days=30), first) == 2
    assert checkins.last_score(journey_map, third, second) is None


def test_a_copy_for_others_takes_no_check_ins_along() -> None:
    """How one kind of customer felt says nothing of another."""
    copied = for_another_persona(later(a_map((2,)), 1, 4), id="n", now=FINISHED)

    assert copied.checkins == ()


def test_times_out_of_order_are_put_in_order() -> None:
    """A file of others may hold them in any."""
    early, late = (
        CheckIn(FINISHED + timedelta(days=days), (StageScore("s1", Phase.KENAL, score),))
        for days, score in ((30, 2), (60, 5))
    )

    found = trend_of(replace(a_map((1,)), checkins=(late, early)))

    assert found.lines[0].scores == (2, 5)
