"""The open map format: what is written is read back, what is broken is named."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from journey import limits
from journey.document import FORMAT, JsonValue, dump_map, read_map, read_stored
from journey.model import JourneyMap, Meaning
from journey.reading import BrokenDocument
from tests.journey.documents import changed, document, head, json_values, without
from tests.strategies import journey_maps

PLAN: dict[str, JsonValue] = {
    "text": "Kirim foto resi.",
    "state": "planned",
    "since": "2026-03-02T09:30:00Z",
    "remedy": "r.lama.resi",
}
MEANT: dict[str, JsonValue] = {"text": "Ribet", "topic": "cara_pesan_ribet"}


@given(journey_map=journey_maps())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_map_comes_back_as_it_was(journey_map: JourneyMap) -> None:
    """Every legal map survives the way through JSON."""
    written = json.dumps(dump_map(journey_map))

    assert read_map(json.loads(written)) == journey_map
    assert read_stored(json.loads(written)) == journey_map


@given(journey_map=journey_maps(most_stages=3))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_a_newer_release_wrote_besides_is_passed_over(journey_map: JourneyMap) -> None:
    """Only in what we stored ourselves: in a file from elsewhere a field too many is named."""
    newer = _with_news(dump_map(journey_map))

    assert read_stored(newer) == journey_map
    with pytest.raises(BrokenDocument):
        read_map(newer)


def _with_news(value: JsonValue) -> JsonValue:
    """Return the value with one more field in each of its objects."""
    if isinstance(value, dict):
        return {**{key: _with_news(inner) for key, inner in value.items()}, "news": ["☕"]}
    return [_with_news(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("broken", [None, [], {}, {"format": "jejak-map/99"}, {"format": FORMAT}])
def test_what_is_no_map_of_ours_is_none_in_storage_either(broken: JsonValue) -> None:
    """There is nothing in it to go on with."""
    with pytest.raises(BrokenDocument):
        read_stored(broken)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("format", "jejak-map/99", "format"),
        ("format", " jejak-map/1", "format"),
        ("id", None, "id"),
        ("id", "x" * 65, "id"),
        ("language", "fr", "language"),
        ("status", "lost", "status"),
        ("created", "yesterday", "created"),
        ("created", "2026-03-02T09:30:00", "created"),
        ("created", "2026-03-02", "created"),
        ("created", "2026-02-30T09:30:00Z", "created"),
        ("created", "0001-01-01T00:00:00+23:59", "created"),
        ("changed", 20260302, "changed"),
        ("finished", 7, "finished"),
        ("speed", "slow", "speed"),
        ("title", "x" * (limits.TITLE_LENGTH + 1), "title"),
        ("shop", [], "shop"),
        ("shop.business", "bank", "shop.business"),
        ("goal", {"text": ""}, "goal.text"),
        ("persona.name", {"text": "x" * 61}, "persona.name.text"),
        ("persona.who", {"text": "x", "standing": "rumour"}, "persona.who.standing"),
        ("preset", "seed999", "preset"),
        ("stages", {}, "stages"),
        ("stages", [{}] * 9, "stages"),
        ("stages.1.name", "", "stages[1].name"),
        ("stages.1.id", "s1", "stages[1].id"),
        ("stages.2.phases", [], "stages[2].phases"),
        ("stages.2.phases.0", "tidur", "stages[2].phases[0]"),
        ("stages.2.pains.0.text", "x" * 281, "stages[2].pains[0].text"),
        ("stages.2.pains.0.text", 3, "stages[2].pains[0].text"),
        ("stages.2.pains", [{"text": str(number)} for number in range(7)], "stages[2].pains"),
        ("stages.2.feelings.0.score", 6, "stages[2].feelings[0].score"),
        ("stages.2.feelings.0.score", True, "stages[2].feelings[0].score"),
        ("stages.2.feelings", [{"text": "a", "score": 1}] * 3, "stages[2].feelings"),
        ("stages.2.feelings.0.score", 4.5, "stages[2].feelings[0].score"),
        ("stages.2.feelings.0.score", float("nan"), "stages[2].feelings[0].score"),
        pytest.param("stages.2.feelings.0.score", 10**5000, "stages[2].feelings[0].score", id="huge"),
        ("stages.2.pain", [], "stages[2].pain"),
        ("stages.2.feelings.0.standing", "guess", "stages[2].feelings[0].standing"),
        ("persona.nama", None, "persona.nama"),
        ("shop.owner", "Siti", "shop.owner"),
        ("colour", "red", "colour"),
        ("skipped", [{"stage": "s1"}], "skipped[0].step"),
        ("skipped", [{"step": "pains"}] * 201, "skipped"),
        ("plans", {}, "plans"),
        ("plans", [PLAN, {**PLAN, "state": "later"}], "plans[1].state"),
        ("plans", [PLAN, {**PLAN, "since": None}], "plans[1].since"),
        ("plans", [PLAN, {**PLAN, "text": "x" * 281}], "plans[1].text"),
        ("plans", [PLAN, {**PLAN, "chip": "r.a"}], "plans[1].chip"),
        ("plans", [PLAN, PLAN], "plans[1].remedy"),
        ("plans", [{**PLAN, "remedy": None}] * (limits.PLANS + 1), "plans"),
        ("meanings", {}, "meanings"),
        ("meanings", [{"topic": "harga_mahal"}], "meanings[0].text"),
        ("meanings", [MEANT, {**MEANT, "topic": ""}], "meanings[1].topic"),
        ("meanings", [MEANT, MEANT], "meanings[1].text"),
        ("meanings", [{"text": str(number)} for number in range(limits.MEANINGS + 1)], "meanings"),
    ],
)
def test_a_broken_document_names_the_place(path: str, value: JsonValue, place: str) -> None:
    """Whoever imports a file learns where it is wrong."""
    with pytest.raises(BrokenDocument) as caught:
        read_map(changed(path, value))

    assert caught.value.place == place
    assert str(caught.value).startswith(f"{place}: ")


@pytest.mark.parametrize(
    "path", ["format", "id", "language", "status", "created", "changed", "stages.0.name"]
)
def test_what_every_map_needs_is_missed(path: str) -> None:
    """A field that is missing counts as null, and these can't be."""
    with pytest.raises(BrokenDocument, match="found nothing"):
        read_map(without(path))


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("stages.2.pain", [], "stages[2].pain: is no field of the format: did you mean 'pains'?"),
        ("shop.Name", "Siti", "shop.Name: is no field of the format: did you mean 'name'?"),
        ("shop.x", "Siti", "shop.x: is no field of the format: there are business, name"),
        ("shop.a\nb", 1, "shop: has an unknown field, 'a\\nb'"),
        ("shop." + "x" * 900, 1, "shop: has an unknown field, a text of 900 characters"),
        ("title", "x" * 900, "title: has 900 characters, at most 40 fit"),
        ("title", ["x"] * 900, "title: must be text, found a list"),
        ("title", True, "title: must be text, found true"),
        ("speed", "slow", "speed: must be one of quick, full, found 'slow'"),
        ("created", "today", "created: must be a time like 2026-03-02T09:30:00Z, found 'today'"),
        (
            "stages.0.feelings.0.score",
            7,
            "stages[0].feelings[0].score: must be a whole number from 1 to 5, found 7",
        ),
        ("format", "jejak-map/2", "format: must be 'jejak-map/1', found 'jejak-map/2'"),
    ],
)
def test_the_reason_says_what_to_do(path: str, value: JsonValue, reason: str) -> None:
    """It fits on a line, names what was found, and for a misspelled field the one that was meant."""
    with pytest.raises(BrokenDocument) as caught:
        read_map(changed(path, value))

    assert str(caught.value) == reason


def test_a_newer_format_is_named_before_its_fields() -> None:
    """A document of a later release is told by its format, not by the first field we don't know."""
    with pytest.raises(BrokenDocument, match="format: must be"):
        read_map({"colour": "red", **changed("format", "jejak-map/2")})


def test_notes_of_others_are_passed_over() -> None:
    """What begins with x-, and the field by which editors find the schema, is nobody's mistake."""
    noted = {"$schema": "map.schema.json", "x-note": [1], **changed("stages.0.x-colour", "red")}

    assert read_map(noted) == read_map(document())


def test_fields_without_words_may_be_left_out() -> None:
    """The shortest map is a handful of fields."""
    stage: JsonValue = {"name": "Beli", "phases": ["beli", "beli"]}
    short = read_map({**head(), "stages": [stage]})

    assert [(stage.id, stage.phases) for stage in short.stages] == [("s1", ("beli",))]
    assert (short.persona.name, short.shop.name, short.goal, short.title) == (None, None, None, None)


def test_a_map_without_plans_is_written_as_before_there_were_any() -> None:
    """A release that knows of none still reads it; with plans each is there, own words as often as said."""
    own: JsonValue = {**PLAN, "remedy": None}
    without_any, with_some = read_map(document()), read_map({**document(), "plans": [PLAN, own, own]})

    assert "plans" not in dump_map(without_any)
    assert [plan.remedy for plan in with_some.plans] == ["r.lama.resi", None, None]
    assert read_map(dump_map(with_some)) == with_some


def test_a_map_without_meanings_is_written_as_before_there_were_any() -> None:
    """A release that knows of none still reads it; with meanings each is there, the refused ones too."""
    other: JsonValue = {"text": "Kurang sreg", "topic": None}
    without_any, with_some = read_map(document()), read_map({**document(), "meanings": [MEANT, other]})

    assert "meanings" not in dump_map(without_any)
    assert with_some.meanings == (Meaning("Ribet", "cara_pesan_ribet"), Meaning("Kurang sreg", None))
    assert read_map(dump_map(with_some)) == with_some


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-02T09:30:00Z", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("2026-03-02T09:30:00.5+07:00", datetime(2026, 3, 2, 2, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-03-02T09:30:00.123456789Z", datetime(2026, 3, 2, 9, 30, 0, 123_456, tzinfo=UTC)),
    ],
)
def test_times_are_read_with_their_offset(written: str, moment: datetime) -> None:
    """The same text is the same moment on every machine."""
    assert read_map(changed("created", written)).created == moment


def test_a_whole_number_may_be_written_with_a_point() -> None:
    """JSON has one kind of number."""
    feeling = read_map(changed("stages.0.feelings.0.score", 4.0)).stages[0].feelings[0]

    assert (feeling.score, type(feeling.score)) == (4, int)


@pytest.mark.parametrize("found", [None, 3, "x", [], [{}], {}])
def test_what_is_no_map_is_refused(found: object) -> None:
    """Any JSON value but a map is a broken document, never another error."""
    with pytest.raises(BrokenDocument):
        read_map(found)


@given(found=json_values())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_comes_is_a_map_or_a_broken_document(found: JsonValue) -> None:
    """No JSON makes another error, alone or under the head of a map."""
    below: list[JsonValue] = [{**head(), field: found} for field in ("stages", "persona", "title", "skipped")]
    mixed: list[JsonValue] = [{**head(), **found}] if isinstance(found, dict) else []

    for one in (found, *below, *mixed):
        try:
            read = read_map(one)
        except BrokenDocument as error:
            assert len(str(error)) < 400
        else:
            assert read_map(dump_map(read)) == read


@pytest.mark.parametrize("path", ["format", "title", "goal", "stages", "x-note"])
def test_lists_in_lists_are_not_looked_into(path: str) -> None:
    """Nesting deeper than Python's stack is told like any other wrong value, or passed over in a note."""
    nested: JsonValue = []
    for _ in range(100_000):
        nested = [nested]

    if path == "x-note":
        assert read_map(changed(path, nested)) == read_map(document())
    else:
        with pytest.raises(BrokenDocument, match=r"found a list|must be an object"):
            read_map(changed(path, nested))


def test_a_name_that_is_no_text_is_unknown() -> None:
    """A mapping made by other means than JSON is held to the same."""
    with pytest.raises(BrokenDocument, match="has an unknown field, 1"):
        read_map({1: "x", "format": FORMAT})
