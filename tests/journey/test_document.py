"""The open map format: what is written is read back, what is broken is named."""

import copy
import json
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings

from journey import limits
from journey.document import BrokenDocument, JsonValue, dump_map, read_map
from journey.model import JourneyMap
from tests.conversations.owner import Owner
from tests.strategies import journey_maps


@given(journey_map=journey_maps())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_map_comes_back_as_it_was(journey_map: JourneyMap) -> None:
    """Every legal map survives the way through JSON."""
    written = json.dumps(dump_map(journey_map))

    assert read_map(json.loads(written)) == journey_map


def document() -> dict[str, JsonValue]:
    """Return the document of a quick map with six stages."""
    return copy.deepcopy(dump_map(Owner.at_review().the_map))


def changed(path: str, value: JsonValue) -> dict[str, JsonValue]:
    """Return the document with the value at a place (``stages.0.name``) replaced."""
    found = document()
    *way, last = path.split(".")
    here: JsonValue = found
    for key in way:
        here = here[int(key)] if isinstance(here, list) else cast("dict[str, JsonValue]", here)[key]
    if isinstance(here, list):
        here[int(last)] = value
    else:
        cast("dict[str, JsonValue]", here)[last] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("format", "jejak-map/99", "format"),
        ("id", None, "id"),
        ("id", "x" * 65, "id"),
        ("language", "fr", "language"),
        ("status", "lost", "status"),
        ("created", "yesterday", "created"),
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
        ("skipped", [{"stage": "s1"}], "skipped[0].step"),
    ],
)
def test_a_broken_document_names_the_place(path: str, value: JsonValue, place: str) -> None:
    """Whoever imports a file learns where it is wrong."""
    with pytest.raises(BrokenDocument) as caught:
        read_map(changed(path, value))

    assert caught.value.place == place
    assert str(caught.value).startswith(f"{place}: ")


@pytest.mark.parametrize("found", [None, 3, "x", [], [{}], {}])
def test_what_is_no_map_is_refused(found: object) -> None:
    """Any JSON value but a map is a broken document, never another error."""
    with pytest.raises(BrokenDocument):
        read_map(found)
