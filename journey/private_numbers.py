"""Numbers that lead to a person: mobile phones, identity cards (NIK), bank cards and accounts.

It is a sieve that lets everyday numbers through: prices, sizes, dates, hours and counts stay. It doesn't know
a landline written with blanks, an account with fewer than ten digits, or a number written as words; a long
code, such as a barcode or a parcel's number without letters, is taken for an account.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from journey.model import Element, Entry, JourneyMap, PersonaField, Stage
from journey.wording import says_something

OMITTED = "…"
"""Stands where something was taken out."""

_BEGINS = r"(?<!\w)(?<!\d[.,])"
"""Neither inside a word or a code (JP0812…) nor behind a decimal point."""
_ENDS = r"(?!\w)(?![.,]\d)"
_GAP = r"[ .\-–]{1,3}"
# Indonesia's regulator: a mobile number is 0 or +62, 8, and 8 to 11 digits more.
_MOBILE = rf"{_BEGINS}(?:\(?\+?62\)?[ .\-–]{{0,3}}\(?0?\)?|0)8[1-9]\d(?:(?:{_GAP}(?=\d\d))?\d){{6,9}}(?!\w)"
# A NIK has 16 digits, as have most bank cards: in one, in fours, or as 32.01.01.120590.0001.
_SIXTEEN = rf"{_BEGINS}(?:\d{{4}}(?:[ .\-]?\d{{4}}){{3}}|\d\d[. ]\d\d[. ]\d\d[. ]\d{{6}}[. ]\d{{4}}){_ENDS}"
# Accounts have 10 (BCA, BNI) to 16 digits (BRI 15, virtual accounts 16), cards at most 19.
_LONG = rf"{_BEGINS}\d{{10,19}}{_ENDS}"
_NAMED = (
    r"(?:\b(?:rek|rekening|norek|account|acc|va|bca|bri|bni|bsi|mandiri|btn|nik|ktp|kartu|card)\b"
    r"[^\w\n]{1,4}(?:(?:no|nomor|number|saya|aku|my|a\.?n)\b[^\w\n]{1,4})?)"
    rf"(?P<named>\d(?:[ .\-]?\d){{9,18}}){_ENDS}"
)
_ANY = re.compile("|".join((_MOBILE, _SIXTEEN, _LONG)))
_AFTER_A_NAME = re.compile(_NAMED, re.IGNORECASE)
_MONEY = re.compile(r"(?:\brp|\bidr|\busd|[$€])\.?\s*$", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+")
_DATE = re.compile(r"\b(?:\d{1,2}[ .\-]\d{1,2}[ .\-](?:19|20)\d\d|(?:19|20)\d\d[ .\-]\d{1,2}[ .\-]\d{1,2})\b")


def private_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers that lead to a person as they stand in the text, each once, in their order."""
    return tuple(dict.fromkeys(number for _, number in sorted(_found(text))))


def without_numbers(text: str, numbers: Iterable[str]) -> str:
    """Return the text with … in place of each of the numbers."""
    for number in sorted(numbers, key=len, reverse=True):
        text = text.replace(number, OMITTED)
    return text


def map_without_numbers(journey_map: JourneyMap, numbers: tuple[str, ...]) -> JourneyMap:
    """Return the map with … in place of the numbers wherever they stand.

    What says nothing without them is taken out; only a stage keeps a name.
    """
    shop, persona = journey_map.shop, journey_map.persona
    for field in PersonaField:
        persona = persona.with_field(field, _entry(persona.field(field), numbers))
    meanings = {
        text: replace(meaning, text=text)
        for meaning in journey_map.meanings
        if (text := without_numbers(meaning.text, numbers))
    }
    return replace(
        journey_map,
        title=_line(journey_map.title, numbers),
        shop=replace(shop, name=_line(shop.name, numbers)),
        goal=_entry(journey_map.goal, numbers),
        persona=persona,
        stages=tuple(_stage(stage, numbers) for stage in journey_map.stages),
        plans=tuple(replace(plan, text=without_numbers(plan.text, numbers)) for plan in journey_map.plans),
        meanings=tuple(meanings.values()),
    )


def _found(text: str) -> Iterator[tuple[int, str]]:
    for found in _ANY.finditer(text):
        if not (_MONEY.search(text[: found.start()]) or _THOUSANDS.fullmatch(found[0])):
            yield found.start(), found[0]
    for found in _AFTER_A_NAME.finditer(text):
        number = found["named"]
        if not (_THOUSANDS.fullmatch(number) or _DATE.search(number)):
            yield found.start("named"), number


def _stage(stage: Stage, numbers: tuple[str, ...]) -> Stage:
    feelings = (
        replace(feeling, text=text)
        for feeling in stage.feelings
        if (text := _line(feeling.text, numbers)) is not None
    )
    kept = replace(stage, name=without_numbers(stage.name, numbers), feelings=tuple(feelings))
    for element in Element:
        if element is not Element.FEELINGS:
            left = {entry.text: entry for old in stage.entries(element) if (entry := _entry(old, numbers))}
            kept = kept.with_entries(element, left.values())
    return kept


def _entry(entry: Entry | None, numbers: tuple[str, ...]) -> Entry | None:
    text = _line(entry.text, numbers) if entry else None
    return replace(entry, text=text) if entry and text is not None else None


def _line(text: str | None, numbers: tuple[str, ...]) -> str | None:
    if text is None:
        return None
    left = without_numbers(text, numbers)
    return text if left == text else left if says_something(left) else None
