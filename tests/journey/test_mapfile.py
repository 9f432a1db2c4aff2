"""Files of maps: written to be read again; whatever else somebody sends is told apart."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.adoption import adopted
from journey.checkins import with_score
from journey.document import dump_map, read_map
from journey.gaps import gaps
from journey.mapfile import Flaw, Unreadable, read_file, write_file
from journey.model import Cell, CheckIn, JourneyMap, Plan, PlanState, StageScore, Status
from journey.phases import Phase
from journey.reading import Fault
from tests.journey.documents import changed, document

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def a_map() -> JourneyMap:
    return read_map(document())


def flaw_of(content: bytes) -> Unreadable:
    found = read_file(content)
    assert isinstance(found, Unreadable)
    return found


def test_a_file_is_read_back() -> None:
    """With or without a byte order mark, as some editors write it."""
    written = write_file(a_map())

    assert read_file(written) == a_map()
    assert read_file(b"\xef\xbb\xbf" + written) == a_map()
    assert written.endswith(b"}\n")


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.NOT_JSON),
        (b"halo", Flaw.NOT_JSON),
        (b"\x89PNG\r\n", Flaw.NOT_JSON),
        (b'{"a": 1' * 3, Flaw.NOT_JSON),
        (b"1" * 5000, Flaw.NOT_JSON),
        (b"[" * 500_000, Flaw.TOO_DEEP),
        (b'{"a":' * 200_000, Flaw.TOO_DEEP),
        (b"[]", Flaw.FOREIGN),
        (b"null", Flaw.FOREIGN),
        (b'"jejak-map/1"', Flaw.FOREIGN),
        (b"{}", Flaw.FOREIGN),
        (b'{"format": "other/1"}', Flaw.FOREIGN),
        (b'{"format": ["jejak-map/2"]}', Flaw.FOREIGN),
        (b'{"format": "jejak-map/2", "colour": "red"}', Flaw.NEWER),
        (b'{"format": "jejak-map/1", "colour": "red"}', Flaw.BROKEN),
        (b'{"format": "jejak-map/1", "format": "jejak-map/1"}', Flaw.BROKEN),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_map_is_told_apart(content: bytes, flaw: Flaw) -> None:
    """Something else, a later release's, or a map with a fault."""
    found = flaw_of(content)

    assert found.flaw is flaw
    assert 0 < len(found.reason) < 400


@pytest.mark.parametrize(
    ("path", "value", "place", "fault", "most", "found"),
    [
        ("stages.2.pains.0.text", "x" * 281, "stages[2].pains[0].text", Fault.LONG, 280, "281"),
        ("title", "Kopi" + "\u0301\u0316" * 400, "title", Fault.LONG, 40, "804"),
        ("title", "Kopi" + " " * 800, "title", Fault.LONG, 40, "804"),
        ("stages", [{}] * 9, "stages", Fault.MANY, 8, "9"),
        ("stages.2.phases", [], "stages[2].phases", Fault.EMPTY, 0, ""),
        ("stages.1.name", None, "stages[1].name", Fault.MISSING, 0, ""),
        ("stages.1.name", [], "stages[1].name", Fault.KIND, 0, ""),
        ("stages.1.id", "s1", "stages[1].id", Fault.TWICE, 0, "s1"),
        ("stages.2.pain", [], "stages[2].pain", Fault.FIELD, 0, "pain"),
        ("shop." + "x" * 99, 1, "shop", Fault.FIELD, 0, ""),
        ("speed", "slow", "speed", Fault.VALUE, 0, ""),
        ("created", "today", "created", Fault.TIME, 0, ""),
        ("stages.0.feelings.0.score", 7, "stages[0].feelings[0].score", Fault.SCORE, 5, ""),
    ],
)
def test_a_fault_is_a_value(
    path: str, value: object, *, place: str, fault: Fault, most: int, found: str
) -> None:
    """What is wrong, the limit it is about, and what was found: any language can say it."""
    broken = flaw_of(json.dumps(changed(path, value)).encode())  # type: ignore[arg-type]  # any JSON value

    assert (broken.place, broken.fault, broken.most, broken.found) == (place, fault, most, found)


@pytest.mark.parametrize("key", ["\ud800", "\n", "x" * 300])
def test_a_name_that_cannot_be_told_is_left_out(key: str) -> None:
    """Neither half a character nor a page of them reaches a message."""
    twice = f'{{"format": "jejak-map/1", {json.dumps(key)}: 1, {json.dumps(key)}: 2}}'

    found = flaw_of(twice.encode())

    assert (found.fault, found.found) == (Fault.TWICE, "")
    found.reason.encode()


@given(content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@settings(max_examples=200)
def test_whatever_comes_is_answered(content: bytes) -> None:
    """No bytes make an error."""
    assert isinstance(read_file(content), Unreadable)


def test_an_adopted_map_is_equal_but_for_its_id() -> None:
    """Its times stay: when it was made and changed is part of what it says."""
    assert adopted(a_map(), id="mine", now=NOW) == replace(a_map(), id="mine")


def test_times_to_come_are_now() -> None:
    """A wrong clock elsewhere doesn't put a map on top of the list for ever."""
    ahead = datetime(2999, 1, 1, tzinfo=UTC)

    own = adopted(replace(a_map(), created=ahead, changed=ahead, finished=ahead), id="mine", now=NOW)

    assert (own.created, own.changed, own.finished) == (NOW, NOW, NOW)


def test_of_check_ins_at_one_time_the_latest_stays() -> None:
    """Of those still to come as well, which are all of now: the next score leaves the others as they are."""
    stage = a_map().stages[0]
    days = (9, -1, -9, -1, 8)
    taken = tuple(
        CheckIn(NOW + timedelta(days=day), (StageScore(stage.id, stage.phase, score),))
        for score, day in enumerate(days, start=1)
    )

    own = adopted(replace(a_map(), checkins=taken), id="mine", now=NOW)

    assert [(found.taken, found.scores[0].score) for found in own.checkins] == [
        (NOW - timedelta(days=9), 3),
        (NOW - timedelta(days=1), 4),
        (NOW, 1),
    ]
    assert len(with_score(own, NOW, stage, 5).checkins) == len(own.checkins)


def test_a_finished_map_accepts_its_gaps() -> None:
    """As it would have when it was finished here; without a time it was finished when it was changed last."""
    bare = replace(a_map(), status=Status.FINISHED, finished=None, accepted=frozenset())

    own = adopted(bare, id="mine", now=NOW)

    assert set(gaps(own)) <= own.accepted
    assert own.finished == own.changed


def test_a_finished_map_without_stages_is_open() -> None:
    """There is nothing to draw of it."""
    own = adopted(replace(a_map(), status=Status.FINISHED, stages=()), id="mine", now=NOW)

    assert own.status is Status.OPEN


def test_stages_get_ids_that_fit_a_button() -> None:
    """What speaks of the stage goes along, and nothing takes an id that is in use."""
    strange = "☕" * 16
    first, second, *others = a_map().stages
    stages = (replace(first, id=strange), replace(second, id="s1"), *others)
    plan = Plan("Kirim resi", PlanState.PLANNED, NOW, stage=strange)
    cells = frozenset({Cell("pains", strange), Cell("goal")})
    gone = StageScore("s2", Phase.BELI, 2)
    checkin = CheckIn(NOW + timedelta(days=9), (StageScore(strange, first.phase, 4), gone))
    theirs = replace(
        a_map(), stages=stages, plans=(plan,), skipped=cells, accepted=cells, checkins=(checkin,)
    )

    own = adopted(theirs, id="mine", now=NOW)

    given_id = own.stages[0].id
    assert len({stage.id for stage in own.stages}) == len(own.stages)
    assert given_id.isascii()
    assert own.plans[0].stage == given_id
    assert own.skipped == own.accepted == frozenset({Cell("pains", given_id), Cell("goal")})
    assert own.checkins == (CheckIn(NOW, (StageScore(given_id, first.phase, 4), gone)),)
    assert read_map(dump_map(own)) == own
