"""Reads the drafts of ``knowledge/drafts.toml``, already parsed, and checks them."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from string import Formatter
from types import MappingProxyType
from typing import TypeVar

from journey.drafts import ALWAYS_FILLED, Draft, DraftKind, Drafts, Ingredient, Line, Slot, slots
from journey.knowledge import LABEL_LENGTH, Bilingual
from journey.knowledge.places import Place
from journey.model import Business
from journey.phases import Phase

LINE_LENGTH = 200
"""A longer paragraph isn't read on a phone."""
_ADVICE_LENGTH = 160
_GAP_LENGTH = 50

K = TypeVar("K", bound=StrEnum)


def parse_drafts(file: Mapping[str, object], topics: Collection[str]) -> Drafts:
    """Return the drafts of a parsed file.

    Raises BrokenKnowledge naming the place when a kind, a slot or words are missing, unknown, there twice or
    too long, and when the message after a purchase lacks an ingredient.
    """
    top = Place("drafts", file)
    pains = top.child("pains")
    read = [_draft(row, topics) for row in top.rows("drafts", named_by="kind")]
    drafts = {draft.kind: draft for draft in read}
    if len(read) != len(DraftKind) or len(drafts) != len(DraftKind):
        raise top.wrong(f"drafts: each kind once, found {[str(draft.kind) for draft in read]}")
    for topic in sorted({*pains.row, *drafts[DraftKind.APOLOGY].topics}):
        if topic not in topics or topic not in pains.row:
            raise pains.wrong(f"{topic} must be a topic with words")
    return Drafts(
        drafts=MappingProxyType({kind: drafts[kind] for kind in drafts}),
        invitation=_invitation(top, "invitation", {"title", "link"}),
        invitation_to_stage=_invitation(top, "invitation_to_stage", {"title", "stage", "link"}),
        stop=top.bilingual("stop", longest=LINE_LENGTH),
        gaps=_each(set(Slot) - ALWAYS_FILLED, top.child("gaps"), _GAP_LENGTH),
        things=_each(Business, top.child("things"), _GAP_LENGTH),
        tips=_each(Business, top.child("tips"), LINE_LENGTH),
        pains=MappingProxyType({topic: pains.bilingual(topic, longest=_GAP_LENGTH) for topic in pains.row}),
    )


def _each(kinds: Collection[K] | type[K], table: Place, longest: int) -> Mapping[K, Bilingual]:
    """Return the words for each of the kinds, and refuse any others."""
    members: list[K] = list(kinds)
    if unknown := table.row.keys() - {str(member) for member in members}:
        raise table.wrong(f"unknown {sorted(unknown)}")
    return MappingProxyType({member: table.bilingual(member, longest=longest) for member in members})


def _invitation(top: Place, key: str, names: set[str]) -> Bilingual:
    """Return the words that go with a link; they leave open these names and no others."""
    said = top.bilingual(key, longest=LINE_LENGTH)
    for text in (said.id, said.en):
        if {name for _, name, _, _ in Formatter().parse(text) if name is not None} != names:
            raise top.wrong(f"{key} must leave open {sorted(names)}: {text!r}")
    return said


def _draft(row: Place, topics: Collection[str]) -> Draft:
    kind = row.choice("kind", DraftKind)
    named = row.row.get("topics", [])
    if not isinstance(named, list) or not set(named) <= set(topics):
        raise row.wrong(f"topics: unknown in {named!r}")
    instead = {
        business: _lines(other)
        for other in row.rows("instead", named_by="kind")
        for business in other.choices("businesses", Business)
    }
    draft = Draft(
        kind=kind,
        label=row.bilingual("label", longest=LABEL_LENGTH),
        when=row.bilingual("when", longest=_ADVICE_LENGTH),
        care=row.bilingual("care", longest=_ADVICE_LENGTH),
        promotional=row.row.get("promotional", False) is True,
        phases=frozenset(row.choices("phases", Phase)),
        topics=frozenset(named),
        lines=_lines(row),
        instead=MappingProxyType(instead),
    )
    if kind is DraftKind.THANKS:
        for lines in (draft.lines, *draft.instead.values()):
            _check_ingredients(row, lines)
    return draft


def _check_ingredients(row: Place, lines: tuple[Line, ...]) -> None:
    """Raise when the message after a purchase lacks what seed 003 has in it, the thanks by name."""
    brought = {line.brings: line for line in lines}
    if missing := sorted(set(Ingredient) - brought.keys()):
        raise row.wrong(f"nothing brings {missing}")
    if Slot.CUSTOMER not in slots(brought[Ingredient.THANKS].text.id):
        raise row.wrong("the thanks must be by name")


def _lines(row: Place) -> tuple[Line, ...]:
    lines = tuple(_line(line) for line in row.rows("lines", named_by="kind"))
    if not lines:
        raise row.wrong("lines are missing")
    return lines


def _line(row: Place) -> Line:
    text = row.both(LINE_LENGTH)
    try:
        indonesian, english = ({*slots(said)} for said in (text.id, text.en))
    except ValueError as error:
        raise row.wrong(f"a slot is wrong: {error}") from None
    if indonesian != english:
        raise row.wrong(f"id and en leave open different slots: {sorted(indonesian ^ english)}")
    brings = row.choice("brings", Ingredient) if "brings" in row.row else None
    return Line(text, brings)
