"""What a turn's change of the map entails: its time, its status, and what the next map can begin with."""

from dataclasses import replace

from conversations import aftermath, checkin, edits
from conversations.events import Occasion
from conversations.session import Session
from conversations.turns import reopened
from journey.model import JourneyMap, Status


def with_shop(session: Session, before: JourneyMap | None, after: JourneyMap | None) -> Session:
    """Return the session that keeps what the owner has just said about the shop, for the next map."""
    if before is None or after is None or before.id != after.id or before.shop == after.shop:
        return session
    return replace(session, shop=after.shop)


def touched(
    before: JourneyMap | None, after: JourneyMap | None, session: Session, occasion: Occasion
) -> JourneyMap | None:
    """Return the map with the time of its change; a finished map that was edited is open again.

    What the owner decided about suggestions, said to have meant, or how customers felt at a check-in is no
    change of what the map says. A complaint that is new then is one, and so is what became of an action, but
    nobody works on the map: it stays finished.
    """
    if after is None or before is None or after == before or after.id != before.id:
        return after
    if before.language is not after.language or _without_decisions(after) == _without_decisions(before):
        return after
    if replace(after, changed=before.changed) == before:  # looked through and found right: still finished
        return after
    if replace(after, title=before.title) == before:  # called otherwise: it says the same, so still finished
        return replace(after, changed=occasion.now)
    stays = before.status is Status.FINISHED and before.finished == after.finished
    if stays and aftermath.is_under_way(session):
        return aftermath.finished_again(after, occasion.now)
    if stays:
        after = edits.accepting_gaps(after) if checkin.is_under_way(session) else reopened(after)
    return replace(after, changed=occasion.now)


def _without_decisions(journey_map: JourneyMap) -> JourneyMap:
    return replace(journey_map, plans=(), meanings=(), checkins=())
