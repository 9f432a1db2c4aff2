"""Documents for tests: a legal one, one changed at a place, and any JSON at all."""

import copy
import functools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import cast

from hypothesis import strategies as st

from journey.document import JsonValue, dump_map
from journey.model import (
    Cell,
    CheckIn,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Meaning,
    Persona,
    PersonaField,
    Plan,
    PlanState,
    StageScore,
    Standing,
    Status,
)
from journey.phases import Phase
from journey.wording import clean_line
from tests.content import the_example
from tests.conversations.owner import Owner

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = date(2026, 3, 9)
FIELDS = (
    *("format", "id", "language", "status", "created", "changed", "finished", "speed", "title", "shop"),
    *("goal", "persona", "preset", "stages", "skipped", "accepted", "business", "name", "phases", "chip"),
    *("text", "standing", "score", "step", "stage", "$schema", "x-note", *Element, *PersonaField),
    *("plans", "state", "since", "remedy", "topic", "due", "meanings", "evidence"),
    *("checkins", "taken", "scores", "phase"),
)
"""Every field there is in the format, at whatever place."""


def document() -> dict[str, JsonValue]:
    """Return the document of a quick map with six stages."""
    return dump_map(_quick_map())


def full_document() -> dict[str, JsonValue]:
    """Return the document of a finished map in which no field is null."""
    example = the_example().as_map(Language.ID, id="full", now=NOW)
    said = Entry("Takut ditipu", "k.worry.ditipu", Standing.EVIDENCE, ("e1-1", "e2-1"))
    cells = frozenset({Cell("goal"), Cell("pains", "s1")})
    first = replace(example.stages[0], feelings=(Feeling("Puas", 4, "f.puas"), Feeling("Kesal", 1)))
    return dump_map(
        replace(
            example.with_stage(first),
            status=Status.FINISHED,
            finished=NOW,
            persona=Persona(**{field.value: said for field in PersonaField}),
            skipped=cells,
            accepted=cells,
            plans=(
                Plan("Kabari resi", PlanState.PLANNED, NOW, "r.lama.resi", "s1", "pengiriman_lama", DAY),
                Plan("Tambah kurir", PlanState.DONE, NOW, "r.lama.kurir", "s2", "pengiriman_lama"),
            ),
            checkins=(
                CheckIn(NOW, (StageScore("s1", Phase.KENAL, 2.5), StageScore("s2", Phase.TERTARIK, 4))),
                CheckIn(NOW, (StageScore("s1", Phase.KENAL, 3),)),
            ),
            meanings=(Meaning("Ribet", "cara_pesan_ribet"), Meaning("Kurang sreg", None)),
        )
    )


@functools.cache
def _quick_map() -> JourneyMap:
    return Owner.at_review().the_map


def head() -> dict[str, JsonValue]:
    """Return the fields that no map goes without."""
    return {key: document()[key] for key in ("format", "id", "language", "status", "created", "changed")}


def changed(path: str, value: JsonValue) -> dict[str, JsonValue]:
    """Return the document with the value at a place (``stages.0.name``) replaced or added."""
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


def without(path: str) -> dict[str, JsonValue]:
    """Return the document without the field at a place."""
    found = changed(path, None)
    *way, last = path.split(".")
    here: JsonValue = found
    for key in way:
        here = here[int(key)] if isinstance(here, list) else cast("dict[str, JsonValue]", here)[key]
    del cast("dict[str, JsonValue]", here)[last]
    return found


def json_values() -> st.SearchStrategy[JsonValue]:
    """Return any JSON value, more often with the format's fields, and what Python reads besides."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=50),
        st.sampled_from(("jejak-map/1", "id", "open", "kopi", "kenal", "2026-03-02T09:30:00Z", "x" * 300)),
        st.sampled_from((1, 4.0, 6, 10**400, "\ud800", "\u200b", "9999-12-31T23:59:59-23:59")),
    )
    keys = st.sampled_from(FIELDS) | st.text(max_size=50)
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=9) | st.dictionaries(keys, inner, max_size=9),
        max_leaves=40,
    )


@st.composite
def mutated(draw: st.DrawFn) -> JsonValue:
    """Draw a legal document with one place replaced, taken out, repeated, renamed or added to.

    Its texts are clean, so that only the mutation can make it illegal.
    """
    found = draw(st.sampled_from((document, full_document)))()
    holder, last = draw(st.sampled_from(list(_places(found))))
    if isinstance(holder, list):
        at = cast("int", last)
        match draw(st.sampled_from(("replace", "remove", "repeat"))):
            case "replace":
                holder[at] = draw(_values())
            case "remove":
                del holder[at]
            case _:
                holder[at:at] = [copy.deepcopy(holder[at])] * draw(st.integers(1, 8))
    else:
        name = draw(st.sampled_from(FIELDS) | st.text(max_size=9))
        match draw(st.sampled_from(("replace", "remove", "rename", "add"))):
            case "replace":
                holder[cast("str", last)] = draw(_values())
            case "remove":
                del holder[cast("str", last)]
            case "rename":
                holder[name] = holder.pop(cast("str", last))
            case _:
                holder[name] = draw(_values())
    return found


def _places(found: JsonValue) -> Iterator[tuple[list[JsonValue] | dict[str, JsonValue], int | str]]:
    """Yield every list and object of a document with each key there is in it."""
    if isinstance(found, list):
        for number, item in enumerate(found):
            yield found, number
            yield from _places(item)
    if isinstance(found, dict):
        for key, value in found.items():
            yield found, key
            yield from _places(value)


def _values() -> st.SearchStrategy[JsonValue]:
    """Return values at the limits and of every type."""
    numbers = st.sampled_from((0, 1, 5, 6, 4.0, 2.5, -1, True, False, None, float("nan"), float("inf")))
    lengths = st.sampled_from((0, 1, 16, 17, 40, 41, 60, 61, 64, 65, 200, 201, 280, 281)).map("x".__mul__)
    entry: JsonValue = {"text": "x", "chip": None, "standing": "guess"}
    shapes: st.SearchStrategy[JsonValue] = st.sampled_from((entry, {}, [], [entry], ["beli"]))
    return numbers | lengths | shapes | json_values().map(_cleaned)


def _cleaned(found: JsonValue) -> JsonValue:
    """Return a value with its texts as cleaning leaves them."""
    match found:
        case str():
            return clean_line(found)
        case list():
            return [_cleaned(item) for item in found]
        case dict():
            return {key: _cleaned(value) for key, value in found.items()}
        case _:
            return found
