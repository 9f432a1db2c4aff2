"""What an owner wants to be reminded of, and the clock on their wall: the screen behind /pengingat.

The zone is asked for once, beside another question, when the owner first wants to be reminded of something.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import tzinfo

from conversations.asides import leave
from conversations.blocks import plain_question
from conversations.events import Occasion
from conversations.reminders import wished
from conversations.replies import Key, Option, Question, Said
from conversations.requests import RemindAt, Request
from conversations.schedule import ReminderKind, Reminding, Zone
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.model import JourneyMap

KIND_PREFIX = "remind."
ZONE_PREFIX = "!zone."


def question(session: Session) -> Question:
    """List the kinds of reminders with a tick at those that come, and the zones."""
    said = session.reminding
    kinds = (
        Option(f"{KIND_PREFIX}{kind}", Key(f"button.remind_{kind}"), chosen=said.wants(kind), alone=True)
        for kind in ReminderKind
    )
    zones = (replace(option, chosen=option.id == _option_of(said.zone)) for option in zone_options())
    asked = plain_question(session, (), options=(*kinds, *zones))
    return replace(asked, key=Key("ask.reminders", {"zone": said.zone.name if said.zone else ""}))


def chose(
    session: Session, journey_map: JourneyMap | None, option: str, occasion: Occasion, clock: tzinfo
) -> Outcome:
    """Turn a kind of reminder on or off, or leave the screen."""
    kind = next((kind for kind in ReminderKind if option == f"{KIND_PREFIX}{kind}"), None)
    if kind is None:
        return leave(session, journey_map)
    if session.reminding.wants(kind):
        return Outcome(replace(session, reminding=session.reminding.with_no(kind)), journey_map)
    wanted = replace(session, reminding=session.reminding.with_yes(kind))
    return Outcome(wanted, journey_map, requests=wished(kind, journey_map, occasion, clock))


def zone_options() -> tuple[Option, ...]:
    """Return a button for each zone, called as everybody calls it."""
    return tuple(Option(f"{ZONE_PREFIX}{zone}", Said(zone.name)) for zone in Zone)


def with_zones(question: Question, session: Session) -> Question:
    """Return the question with the zones among its buttons as long as they are still asked for."""
    said = session.reminding
    if not said.asked or said.zone is not None or session.side is StepId.REMINDERS:
        return question
    return replace(question, options=(*question.options, *zone_options()))


def zone_chosen(session: Session, journey_map: JourneyMap | None, option: str) -> Outcome:
    """Keep the zone that the owner lives in, if it was asked for."""
    said = session.reminding
    shown = session.side is StepId.REMINDERS or (said.asked and said.zone is None)
    zone = next((zone for zone in Zone if option == _option_of(zone)), None)
    if zone is None or not shown:
        return Outcome(session, journey_map, toast=Key("toast.stale"), asks=False)
    kept = replace(session, reminding=replace(said, zone=zone, asked=True))
    return Outcome(kept, journey_map, lead=(Key("lead.zone_kept", {"zone": zone.name}),))


def asking_zone(outcome: Outcome, requests: Iterable[Request]) -> Outcome:
    """Add the question for the zone where the first reminder is promised that the owner wants, in one tap.

    Of a half-finished map nobody is reminded but while it is day everywhere, so that it needs no zone.
    """
    said, on_screen = outcome.session.reminding, outcome.session.side is StepId.REMINDERS
    if said.asked or said.zone is not None or on_screen or not outcome.asks:
        return outcome
    if not any(_is_wanted(request, said) for request in requests):
        return outcome
    return replace(
        outcome,
        session=replace(outcome.session, reminding=replace(said, asked=True)),
        lead=(*outcome.lead, Key("lead.zone_ask")),
        extras=(*outcome.extras, *zone_options()),
    )


def _is_wanted(request: Request, said: Reminding) -> bool:
    if not isinstance(request, RemindAt) or request.reminder.kind is ReminderKind.UNFINISHED:
        return False
    return said.wants(request.reminder.kind)


def _option_of(zone: Zone | None) -> str:
    return f"{ZONE_PREFIX}{zone}" if zone else ""
