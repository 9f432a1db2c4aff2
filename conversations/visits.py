"""Somebody opens a link to a map: they see it, nothing of it becomes theirs, and their own question follows.

Whoever opens a link is told the same of one that was revoked, that expired and that never was.
"""

from conversations.commands import Command
from conversations.events import Commanded, Event, Occasion
from conversations.replies import Key, MapText, Note
from conversations.requests import CountOpening, Request, ShowShared
from conversations.session import Session
from conversations.sharing import START_PREFIX
from conversations.turns import Outcome
from journey.knowledge import Knowledge
from journey.model import JourneyMap, Status
from journey.sharing import shared_view
from journey.titles import title_of
from journey.translation import translated


def link_token(event: Event) -> str | None:
    """Return the token of the link that an event opens, None when it opens none."""
    if not isinstance(event, Commanded) or event.command is not Command.START:
        return None
    return event.argument.removeprefix(START_PREFIX) if event.argument.startswith(START_PREFIX) else None


def opened(
    session: Session, journey_map: JourneyMap | None, knowledge: Knowledge, occasion: Occasion
) -> Outcome:
    """Show what a link shows, in the reader's language; they stay where they were in their own map."""
    shared = occasion.shared
    view = shared_view(shared.journey_map, shared.share.stage) if shared else None
    if shared is None or view is None:
        return Outcome(session, journey_map, lead=(Key("visit.gone"),))
    view = translated(view, session.language, knowledge)
    told = Key(
        "visit.own" if shared.own else "visit.shown",
        {
            "title": title_of(view, untitled="…"),
            "shop": view.shop.name or "",
            "stage": view.stages[0].name if shared.share.stage else "",
            "finished": view.status is Status.FINISHED,
            "changed": view.changed,
        },
    )
    requests: tuple[Request, ...] = (ShowShared(shared.share.token, view),)
    if not shared.own:
        requests = (CountOpening(shared.share.token), *requests)
    return Outcome(session, journey_map, notes=(Note(told), MapText(view)), requests=requests)
