"""Peta sehat?: a map against the ten known mistakes of mapping. ``Check`` says where each is known from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from journey import gaps
from journey.knowledge import Knowledge
from journey.model import Cell, Element, Entry, JourneyMap, PersonaField, PlanState, Stage, Standing
from journey.phases import AFTER_SALE
from journey.reframing import reframing_for
from journey.stages import has_content

FRESH_FOR = timedelta(days=90)
"""A shop's offer, season and customers change within a quarter; the number is ours."""

_CUSTOMERS = (Element.ACTIONS, Element.TOUCHPOINTS, Element.THOUGHTS, Element.PAINS)
"""What customers could tell; ideas are the owner's, and feelings have no standing."""
_VOICES = (Element.THOUGHTS, Element.PAINS)
"""Where the customer speaks, so that an owner's own side would stand out."""
_TO_COMPARE = 2
_UNKNOWN_SCORE = 3.0


class Check(StrEnum):
    """A known mistake of journey maps, in the order looked for."""

    NO_PERSONA = "no_persona"
    """Customers differ, and a map is for one kind of them (seed 002; first element of seed 003)."""
    NO_GOAL = "no_goal"
    """Knowing what the map is for prevents scope creep (seed 002)."""
    BARE_STAGE = "bare_stage"
    """Touchpoints and pain points show where a shop can act (elements 6 and 7 of seed 003)."""
    FLAT_FEELINGS = "flat_feelings"
    """A map shows both delight and friction (seed 002); emotionally flat ones fail."""
    ENDS_AT_SALE = "ends_at_sale"
    """A disappointed buyer is riskier than someone who never bought (seed 001; seeds 003 and 004 agree)."""
    MISSING_FEELING = "missing_feeling"
    """Feelings belong to every stage (element 5 of seed 003); the curve has a hole without one."""
    ONLY_GUESSES = "only_guesses"
    """What a shop knows of an experience and what customers live through can differ: ask them (seed 002)."""
    OWNERS_WORDS = "owners_words"
    """A map is drawn from the customer's point of view (seed 003)."""
    NO_ACTION = "no_action"
    """The map is for improving something (element 8 of seed 003); without actions it is shelved."""
    OUTDATED = "outdated"
    """Whatever changes in a shop changes the journey, so the map is to be looked through again (seed 002)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake a map makes: the stages and the entry it concerns, and the question that puts it right.

    ``cell`` is None where no question does: a stage is missing, what customers said is unmarked, time passed.
    """

    check: Check
    stages: tuple[str, ...] = ()
    entry: Entry | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class _Patient:
    """What a check looks at."""

    journey_map: JourneyMap
    now: datetime
    knowledge: Knowledge

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.journey_map.stages


def check(journey_map: JourneyMap, now: datetime, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return what is wrong with a map, each mistake once, in the order of ``Check``."""
    patient = _Patient(journey_map, now, knowledge)
    found = (examine(patient) for examine in _CHECKS.values())
    return tuple(finding for finding in found if finding is not None)


def unseen(journey_map: JourneyMap) -> frozenset[Check]:
    """Return the checks that have nothing to look at yet, so that they are neither wrong nor fine."""
    felt = sum(stage.score is not None for stage in journey_map.stages)
    enough = min(_TO_COMPARE, max(1, len(journey_map.stages)))
    nothing_to = {
        Check.FLAT_FEELINGS: felt < enough,
        Check.ONLY_GUESSES: not _said(journey_map.stages, _CUSTOMERS),
        Check.OWNERS_WORDS: not _said(journey_map.stages, _VOICES),
    }
    return frozenset(name for name, is_so in nothing_to.items() if is_so)


def has_action(journey_map: JourneyMap) -> bool:
    """Tell whether the owner chose something to do: a suggestion, or an idea of their own in any stage."""
    chosen = any(plan.state is not PlanState.DECLINED for plan in journey_map.plans)
    return chosen or any(stage.opportunities for stage in journey_map.stages)


def _no_persona(patient: _Patient) -> Finding | None:
    if patient.journey_map.persona.name is not None:
        return None
    return Finding(Check.NO_PERSONA, cell=Cell(gaps.persona_step(PersonaField.NAME)))


def _no_goal(patient: _Patient) -> Finding | None:
    if patient.journey_map.goal is not None:
        return None
    return Finding(Check.NO_GOAL, cell=Cell(gaps.GOAL))


def _bare_stage(patient: _Patient) -> Finding | None:
    return _lacking(patient, Check.BARE_STAGE, Element.TOUCHPOINTS, Element.PAINS)


def _flat_feelings(patient: _Patient) -> Finding | None:
    felt = [stage for stage in patient.stages if stage.score is not None]
    if len(felt) < _TO_COMPARE or len({stage.score for stage in felt}) > 1:
        return None
    doubtful = max(felt, key=lambda stage: len(stage.pains))  # most complaints: hardly as happy as the rest
    return Finding(Check.FLAT_FEELINGS, _ids(felt), cell=Cell(Element.FEELINGS, doubtful.id))


def _ends_at_sale(patient: _Patient) -> Finding | None:
    after = [stage for stage in patient.stages if stage.phase in AFTER_SALE]
    if any(has_content(stage) for stage in after):
        return None
    cell = Cell(Element.TOUCHPOINTS, after[0].id) if after else None
    return Finding(Check.ENDS_AT_SALE, _ids(after), cell=cell)


def _missing_feeling(patient: _Patient) -> Finding | None:
    return _lacking(patient, Check.MISSING_FEELING, Element.FEELINGS)


def _only_guesses(patient: _Patient) -> Finding | None:
    entries = _said(patient.stages, _CUSTOMERS)
    if not entries or any(entry.standing is not Standing.GUESS for entry in entries):
        return None
    complaining = [stage for stage in patient.stages if stage.pains]
    cell = None if complaining else Cell(Element.PAINS, patient.stages[0].id)
    return Finding(Check.ONLY_GUESSES, _ids(complaining), cell=cell)


def _owners_words(patient: _Patient) -> Finding | None:
    found = [
        (Cell(element, stage.id), entry)
        for stage in patient.stages
        for element in _VOICES
        for entry in stage.entries(element)
        if _is_owners(entry, patient.knowledge)
    ]
    if not found:
        return None
    stages = tuple(dict.fromkeys(cell.stage for cell, _ in found if cell.stage))
    cell, entry = found[0]
    return Finding(Check.OWNERS_WORDS, stages, entry, cell)


def _no_action(patient: _Patient) -> Finding | None:
    if has_action(patient.journey_map):
        return None
    if not patient.stages:
        return Finding(Check.NO_ACTION, cell=Cell(gaps.PRESET))
    sorest = min(patient.stages, key=_how_sore)
    return Finding(Check.NO_ACTION, (sorest.id,), cell=Cell(Element.OPPORTUNITIES, sorest.id))


def _outdated(patient: _Patient) -> Finding | None:
    if patient.now - patient.journey_map.changed <= FRESH_FOR:
        return None
    return Finding(Check.OUTDATED)


_CHECKS: Mapping[Check, Callable[[_Patient], Finding | None]] = MappingProxyType(
    {
        Check.NO_PERSONA: _no_persona,
        Check.NO_GOAL: _no_goal,
        Check.BARE_STAGE: _bare_stage,
        Check.FLAT_FEELINGS: _flat_feelings,
        Check.ENDS_AT_SALE: _ends_at_sale,
        Check.MISSING_FEELING: _missing_feeling,
        Check.ONLY_GUESSES: _only_guesses,
        Check.OWNERS_WORDS: _owners_words,
        Check.NO_ACTION: _no_action,
        Check.OUTDATED: _outdated,
    }
)


def _lacking(patient: _Patient, name: Check, *elements: Element) -> Finding | None:
    """Return the stages that lack one of the elements and the first question open; no stages lack all."""
    if not patient.stages:
        return Finding(name, cell=Cell(gaps.PRESET))
    empty = [
        Cell(element, stage.id)
        for stage in patient.stages
        for element in elements
        if not stage.entries(element)
    ]
    if not empty:
        return None
    return Finding(name, tuple(dict.fromkeys(cell.stage for cell in empty if cell.stage)), cell=empty[0])


def _said(stages: tuple[Stage, ...], elements: tuple[Element, ...]) -> list[Entry]:
    return [entry for stage in stages for element in elements for entry in stage.entries(element)]


def _is_owners(entry: Entry, knowledge: Knowledge) -> bool:
    """Tell whether typed words are the owner's side; what a customer did say is no cue, whatever it says."""
    is_typed_guess = entry.chip is None and entry.standing is Standing.GUESS
    return is_typed_guess and reframing_for(entry.text, knowledge) is not None


def _how_sore(stage: Stage) -> tuple[bool, float]:
    """Return what sorts the stages most worth an action first: with a complaint, then the unhappiest."""
    return not stage.pains, _UNKNOWN_SCORE if stage.score is None else stage.score


def _ids(stages: list[Stage]) -> tuple[str, ...]:
    return tuple(stage.id for stage in stages)
