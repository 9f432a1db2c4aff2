"""Reads the drafts of ``knowledge/drafts.toml``, already parsed, and checks them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from types import MappingProxyType
from typing import TypeVar

from journey.drafts import ALWAYS_FILLED, Draft, DraftKind, Drafts, Ingredient, Line, Slot, slots
from journey.knowledge import LABEL_LENGTH, Bilingual, BrokenKnowledge
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
    top = _Table("drafts", file)
    pains = top.table("pains")
    read = [_draft(row, topics) for row in top.tables("drafts")]
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
        stop=top.words("stop", longest=LINE_LENGTH),
        gaps=_each(set(Slot) - ALWAYS_FILLED, top.table("gaps"), _GAP_LENGTH),
        things=_each(Business, top.table("things"), _GAP_LENGTH),
        tips=_each(Business, top.table("tips"), LINE_LENGTH),
        pains=MappingProxyType({topic: pains.words(topic, longest=_GAP_LENGTH) for topic in pains.row}),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file, and where it stands, to say so when something is wrong."""

    place: str
    row: Mapping[str, object]

    def wrong(self, reason: str) -> BrokenKnowledge:
        return BrokenKnowledge(f"{self.place}: {reason}")

    def table(self, key: str) -> "_Table":
        found = self.row.get(key)
        if not isinstance(found, dict):
            raise self.wrong(f"{key} must be a table")
        return _Table(f"{self.place}.{key}", found)

    def tables(self, key: str) -> list["_Table"]:
        found = self.row.get(key, [])
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise self.wrong(f"{key} must be a list of tables")
        return [
            _Table(f"{self.place}.{key}[{row.get('kind', place)}]", row) for place, row in enumerate(found)
        ]

    def words(self, key: str, *, longest: int) -> Bilingual:
        return _Table(f"{self.place}.{key}", self.table(key).row).both(longest)

    def both(self, longest: int) -> Bilingual:
        said = [self.row.get(language) for language in ("id", "en")]
        for text in said:
            if not isinstance(text, str) or not text.strip() or text != text.strip():
                raise self.wrong(f"id and en must be words without blanks at their ends, found {text!r}")
            if len(text) > longest:
                raise self.wrong(f"{len(text)} characters, {longest} at most: {text!r}")
        return Bilingual(str(said[0]), str(said[1]))

    def one(self, key: str, read: Callable[[str], K]) -> K:
        return self.read(str(self.row.get(key)), key, read)

    def several(self, key: str, read: Callable[[str], K]) -> tuple[K, ...]:
        found = self.row.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(f"{key} must be a list")
        return tuple(self.read(str(name), key, read) for name in found)

    def read(self, name: str, key: str, read: Callable[[str], K]) -> K:
        try:
            return read(name)
        except ValueError:
            raise self.wrong(f"{key}: unknown {name!r}") from None


def _each(kinds: Collection[K] | type[K], table: _Table, longest: int) -> Mapping[K, Bilingual]:
    """Return the words for each of the kinds, and refuse any others."""
    members: list[K] = list(kinds)
    if unknown := table.row.keys() - {str(member) for member in members}:
        raise table.wrong(f"unknown {sorted(unknown)}")
    return MappingProxyType({member: table.words(member, longest=longest) for member in members})


def _invitation(top: _Table, key: str, names: set[str]) -> Bilingual:
    """Return the words that go with a link; they leave open these names and no others."""
    said = top.words(key, longest=LINE_LENGTH)
    for text in (said.id, said.en):
        if {name for _, name, _, _ in Formatter().parse(text) if name is not None} != names:
            raise top.wrong(f"{key} must leave open {sorted(names)}: {text!r}")
    return said


def _draft(row: _Table, topics: Collection[str]) -> Draft:
    kind = row.one("kind", DraftKind)
    named = row.row.get("topics", [])
    if not isinstance(named, list) or not set(named) <= set(topics):
        raise row.wrong(f"topics: unknown in {named!r}")
    instead = {
        business: _lines(other)
        for other in row.tables("instead")
        for business in other.several("businesses", Business)
    }
    draft = Draft(
        kind=kind,
        label=row.words("label", longest=LABEL_LENGTH),
        when=row.words("when", longest=_ADVICE_LENGTH),
        care=row.words("care", longest=_ADVICE_LENGTH),
        promotional=row.row.get("promotional", False) is True,
        phases=frozenset(row.several("phases", Phase)),
        topics=frozenset(named),
        lines=_lines(row),
        instead=MappingProxyType(instead),
    )
    if kind is DraftKind.THANKS:
        for lines in (draft.lines, *draft.instead.values()):
            _check_ingredients(row, lines)
    return draft


def _check_ingredients(row: _Table, lines: tuple[Line, ...]) -> None:
    """Raise when the message after a purchase lacks what seed 003 has in it, the thanks by name."""
    brought = {line.brings: line for line in lines}
    if missing := sorted(set(Ingredient) - brought.keys()):
        raise row.wrong(f"nothing brings {missing}")
    if Slot.CUSTOMER not in slots(brought[Ingredient.THANKS].text.id):
        raise row.wrong("the thanks must be by name")


def _lines(row: _Table) -> tuple[Line, ...]:
    lines = tuple(_line(line) for line in row.tables("lines"))
    if not lines:
        raise row.wrong("lines are missing")
    return lines


def _line(row: _Table) -> Line:
    text = row.both(LINE_LENGTH)
    try:
        indonesian, english = ({*slots(said)} for said in (text.id, text.en))
    except ValueError as error:
        raise row.wrong(f"a slot is wrong: {error}") from None
    if indonesian != english:
        raise row.wrong(f"id and en leave open different slots: {sorted(indonesian ^ english)}")
    brings = row.one("brings", Ingredient) if "brings" in row.row else None
    return Line(text, brings)
