"""A map from a file: shown with its title, kept in the session, and the owner's own after a yes."""

from dataclasses import replace

from conversations.asides import CONSENT_VERSION, is_untouched, shelf_full
from conversations.blocks import plain_question
from conversations.events import Occasion
from conversations.moves import resumed
from conversations.replies import Key, Parameter, Question, Words
from conversations.requests import EraseMap, Request
from conversations.session import Consent, Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.adoption import adopted
from journey.knowledge import Knowledge
from journey.mapfile import Flaw, Unreadable
from journey.model import JourneyMap
from journey.reading import Fault
from journey.titles import title_of
from journey.translation import translated

YES, NO = "import_yes", "import_no"


def received(
    session: Session, journey_map: JourneyMap | None, found: JourneyMap | Unreadable, occasion: Occasion
) -> Outcome:
    """Offer the map in a file; say of any other file, in words, why and where it can't be taken."""
    if isinstance(found, Unreadable):
        return Outcome(session, journey_map, lead=(_trouble(found),))
    if full := shelf_full(session, journey_map, occasion):
        return replace(full, toast=None)  # nothing was tapped
    another = session.imported is not None and session.imported != found
    lead = (Key("import.replaced"),) if another else ()
    return Outcome(replace(beside(session, StepId.IMPORT), imported=found), journey_map, lead=lead)


def offer(session: Session) -> Question:
    """Ask whether the map shall be the owner's."""
    imported = session.imported
    return plain_question(
        session,
        (YES, NO),
        back=False,
        title=title_of(imported, untitled="") if imported else "",
        count=len(imported.stages) if imported else 0,
    )


def answered(
    session: Session, journey_map: JourneyMap | None, option: str, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Make the map the owner's own, once, or forget it."""
    imported = session.imported
    if option != YES or imported is None:
        declined = replace(session, side=None, imported=None)
        return Outcome(declined, journey_map, lead=(Key("import.declined"),))
    if full := shelf_full(session, journey_map, occasion):
        return full
    own = adopted(imported, id=occasion.fresh_id, now=occasion.now)
    if own.language is not session.language:
        own = translated(own, session.language, knowledge)
    consent = session.consent or Consent(CONSENT_VERSION, occasion.now)
    session = replace(session, consent=consent, map_id=own.id, typings=(), imported=None)
    lead: tuple[Words, ...] = (Key("import.saved"),)
    requests: tuple[Request, ...] = ()
    if journey_map is not None and is_untouched(journey_map):
        # Nothing was said in it: the new one takes its place.
        requests = (EraseMap(journey_map.id, occasion.now),)
    elif journey_map is not None:
        lead = (*lead, Key("lead.old_map_kept"))
    return Outcome(resumed(session, own), own, lead=lead, requests=requests)


def left_behind(before: Session, after: Session) -> tuple[Words, ...]:
    """Return the word on a map that was offered when the owner turned to something else."""
    return (Key("import.dropped"),) if before.imported is not None and after.imported is None else ()


def _trouble(found: Unreadable) -> Key:
    """Return the sentence on a file without a map; of a broken one it names the place and the limit."""
    if found.flaw is not Flaw.BROKEN:
        return Key(f"import.{found.flaw}")
    where = found.place.removesuffix(found.found) if found.fault is Fault.FIELD else found.place
    speaks_of: dict[str, Parameter] = {
        "parts": tuple(_part(part) for part in where.split(".") if part),
        "fault": found.fault or "",
        "most": found.most,
        "found": found.found,
    }
    return Key("import.broken", speaks_of)


def _part(part: str) -> str:
    """Return a part of a path; one of a list with its number counted from 1: ``stages 3``."""
    name, _, index = part.partition("[")
    number = index.removesuffix("]")
    return f"{name} {int(number) + 1}" if number.isdecimal() else part
