"""Peta sehat?: what is fine and what isn't, each mistake a tap away from the question that puts it right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from conversations.blocks import DONE, PAGE, page_options, plain_question, shown
from conversations.events import Occasion
from conversations.moves import to_cell
from conversations.offers import Shelf
from conversations.replies import Key, Option, Parameter, Question, Words
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey.health import Check, Finding, check, unseen
from journey.knowledge import Knowledge
from journey.limits import STAGES
from journey.model import Cell, Element, Entry, JourneyMap, Language, Stage, Standing
from journey.phases import Phase
from journey.reframing import reframing_for
from journey.titles import shortened

HEAL_PREFIX = "heal."
_SAID_PREFIX = "said."
THEIRS = "theirs"
_QUOTE = 60
"""Characters of an entry that are enough to recognise it by."""
_USUAL_AFTER_SALE = (Phase.TERIMA, Phase.PAKAI, Phase.SETIA)


def health_menu(shelf: Shelf, session: Session, journey_map: JourneyMap, now: datetime) -> Question:
    """Say how healthy the map is, why each mistake matters, and offer to put it right."""
    findings = check(journey_map, now, shelf.knowledge)
    asked = plain_question(
        session, (), options=tuple(_healings(journey_map, findings, now)), problems=len(findings)
    )
    return replace(asked, lead=_diagnosis(journey_map, findings, now))


def standing_menu(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """List the complaints, ticked when a customer said so; what is backed by evidence needs no tick."""
    listed = list(_complaints(journey_map))
    page = min(session.page, max(0, (len(listed) - 1) // PAGE))
    options = tuple(
        Option(option, shown(f"{place}. {entry.text}"), chosen=_is_said(entry), alone=True)
        for option, place, _, entry in listed[page * PAGE : (page + 1) * PAGE]
    )
    said = sum(_is_said(entry) for _, _, _, entry in listed)
    done = (Option(DONE, Key("button.done", {"count": said}), alone=True),) if said else ()
    asked = plain_question(
        session, (), options=(*options, *page_options(page, len(listed))), count=len(listed)
    )
    return replace(asked, controls=(*done, *asked.controls))


def choose(
    session: Session, journey_map: JourneyMap, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Follow a button of the health screen or of the list of complaints."""
    if session.step is StepId.STANDING:
        if option == DONE:
            return Outcome(at(session, StepId.HEALTH), journey_map)
        return Outcome(session, _with_standing_turned(journey_map, option))
    if option == "edit":
        return Outcome(at(session, StepId.REVIEW), journey_map)
    wanted = Check.OWNERS_WORDS if option == THEIRS else Check(option.removeprefix(HEAL_PREFIX))
    found = check(journey_map, occasion.now, knowledge)
    finding = next(one for one in found if one.check is wanted)
    if option == THEIRS:
        return Outcome(session, _called_theirs(journey_map, finding))
    return _healing(session, journey_map, finding, knowledge, occasion)


def _healing(
    session: Session, journey_map: JourneyMap, finding: Finding, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Go where a mistake is put right; whatever is answered there leads back to the health screen."""
    match finding:
        case Finding(check=Check.OUTDATED):
            fresh = replace(journey_map, changed=occasion.now)
            return Outcome(session, fresh, lead=(Key("lead.still_right"),))
        case Finding(check=Check.OWNERS_WORDS, entry=Entry() as entry, cell=Cell() as cell):
            asking = replace(to_cell(session, cell, returns=StepId.HEALTH), pending=entry.text)
            return Outcome(asking, journey_map, lead=asking_back(entry.text, session.language, knowledge))
        case Finding(cell=Cell() as cell):
            return Outcome(to_cell(session, cell, returns=StepId.HEALTH), journey_map)
        case Finding(check=Check.ONLY_GUESSES):
            return Outcome(at(session, StepId.STANDING), journey_map)
        case _:
            return _adding_a_stage(session, journey_map, knowledge)


def _adding_a_stage(session: Session, journey_map: JourneyMap, knowledge: Knowledge) -> Outcome:
    """Ask for the stage after the sale; where none fits any more, show the stages to change one of them."""
    full = len(journey_map.stages) >= STAGES
    adding = at(session, StepId.STAGES if full else StepId.STAGE_ADD, returns=StepId.HEALTH)
    usual = tuple(knowledge.phases[phase].name.say(session.language) for phase in _USUAL_AFTER_SALE)
    return Outcome(adding, journey_map, lead=(Key("lead.after_sale", {"stages": usual}),))


def asking_back(text: str, language: Language, knowledge: Knowledge) -> tuple[Words, ...]:
    """Quote the owner's sentence and ask for the customer's side of it."""
    reframing = reframing_for(text, knowledge)
    if reframing is None:
        return ()
    ask = reframing.ask_instead.say(language)
    return (Key("lead.ask_back", {"text": shortened(text, _QUOTE), "ask": ask}),)


def _diagnosis(journey_map: JourneyMap, findings: tuple[Finding, ...], now: datetime) -> tuple[Words, ...]:
    """Return the number, what is fine in one line, and a sentence on each mistake."""
    if not findings:
        return (Key("health.all_fine", {"total": len(Check)}),)
    others = {finding.check for finding in findings} | unseen(journey_map)
    fine = {str(name): name not in others for name in Check}
    return (
        Key("health.score", {"fine": sum(fine.values()), "total": len(Check)}),
        *((Key("health.fine", fine),) if any(fine.values()) else ()),
        *(Key(f"health.{finding.check}", _speaks_of(journey_map, finding, now)) for finding in findings),
    )


def _healings(journey_map: JourneyMap, findings: tuple[Finding, ...], now: datetime) -> Iterator[Option]:
    """Yield a button for each mistake, and the other way out where the owner may see it differently."""
    for finding in findings:
        name = Key(f"heal.{finding.check}", _speaks_of(journey_map, finding, now))
        yield Option(f"{HEAL_PREFIX}{finding.check}", name, alone=True)
        if finding.check is Check.OWNERS_WORDS:
            yield Option(THEIRS, Key("button.theirs"), alone=True)
        if finding.check is Check.OUTDATED:
            yield Option("edit", Key("button.edit"), alone=True)


def _speaks_of(journey_map: JourneyMap, finding: Finding, now: datetime) -> dict[str, Parameter]:
    concerned = (journey_map.stage(stage_id) for stage_id in finding.stages)
    asked = journey_map.stage(finding.cell.stage) if finding.cell and finding.cell.stage else None
    return {
        "stages": tuple(stage.name for stage in concerned if stage is not None),
        "stage": asked.name if asked else "",
        "text": shortened(finding.entry.text, _QUOTE) if finding.entry else "",
        "days": (now - journey_map.changed).days,
    }


def _complaints(journey_map: JourneyMap) -> Iterator[tuple[str, int, Stage, Entry]]:
    """Yield every complaint that may be marked: its button's id, the stage's number, the stage, the entry."""
    for number, stage in enumerate(journey_map.stages, start=1):
        for place, entry in enumerate(stage.pains):
            if entry.standing is not Standing.EVIDENCE:
                yield f"{_SAID_PREFIX}{stage.id}.{place}", number, stage, entry


def _is_said(entry: Entry) -> bool:
    return entry.standing is Standing.CUSTOMER


def _with_standing_turned(journey_map: JourneyMap, option: str) -> JourneyMap:
    """Return the map in which a guess is a customer's word, or a customer's word a guess again."""
    stage, entry = next(
        (stage, entry) for name, _, stage, entry in _complaints(journey_map) if name == option
    )
    standing = Standing.GUESS if _is_said(entry) else Standing.CUSTOMER
    return with_standing(journey_map, stage, Element.PAINS, entry, standing)


def _called_theirs(journey_map: JourneyMap, finding: Finding) -> JourneyMap:
    """Return the map in which a sentence that looked like the owner's is a customer's."""
    stage = journey_map.stage(finding.stages[0])
    if stage is None or finding.entry is None or finding.cell is None:
        return journey_map
    element = Element(finding.cell.step)
    return with_standing(journey_map, stage, element, finding.entry, Standing.CUSTOMER)


def with_standing(
    journey_map: JourneyMap, stage: Stage, element: Element, entry: Entry, standing: Standing
) -> JourneyMap:
    """Return the map in which an entry can be trusted that far."""
    turned = replace(entry, standing=standing)
    entries = (turned if one is entry else one for one in stage.entries(element))
    return journey_map.with_stage(stage.with_entries(element, entries))
