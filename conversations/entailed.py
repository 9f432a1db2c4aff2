"""What a turn asks the edge for because of what it changed, whoever changed it."""

from datetime import tzinfo

from conversations import checkin, due, reminders, undoing
from conversations.events import Occasion
from conversations.requests import ArchiveMap, Drawing, DrawPicture, KeepVersion, Request
from conversations.schedule import ReminderKind
from conversations.turns import Outcome
from conversations.versions import kept_before_change
from journey import gaps
from journey.model import JourneyMap


def entailed(
    before: JourneyMap | None,
    after: JourneyMap | None,
    outcome: Outcome,
    occasion: Occasion,
    *,
    clock: tzinfo,
) -> tuple[Request, ...]:
    """Return the requests of an outcome, with those that follow from how it changes the map."""
    remembered = reminders.scheduled(before, after, occasion, clock)
    again = _remembered_again(after, outcome.requests, occasion, clock)
    keeps_versions = any(isinstance(request, KeepVersion) for request in outcome.requests)
    return (
        *outcome.requests,
        *(() if keeps_versions else kept_before_change(before, after, occasion)),
        *undoing.step_kept(before, after, outcome.requests),
        *_preview(before, after),
        *remembered,
        *(request for request in again if request not in remembered),
        *checkin.scheduled(outcome.session, before, after, occasion, clock),
    )


def _remembered_again(
    after: JourneyMap | None, requests: tuple[Request, ...], occasion: Occasion, clock: tzinfo
) -> tuple[Request, ...]:
    """Return the reminders of a map that is taken out of the archive: what came due there was forgotten."""
    opened = occasion.opened
    if opened is None or ArchiveMap(opened.id, archived=False) not in requests:
        return ()
    about = after if after is not None and after.id == opened.id else opened
    half_way = reminders.wished(ReminderKind.UNFINISHED, about, occasion, clock)
    return (*half_way, *due.kept_again(about, occasion, clock))


def _preview(before: JourneyMap | None, after: JourneyMap | None) -> tuple[Request, ...]:
    """Ask for the small picture when the first stage has just been completed."""
    if before is None or after is None or before.id != after.id or len(after.stages) <= 1:
        return ()
    was_open = bool(before.stages) and not gaps.stage_is_done(before, before.stages[0])
    first, *others = after.stages
    if not was_open or not gaps.stage_is_done(after, first) or not first.feelings:
        return ()
    if any(gaps.stage_is_done(after, stage) for stage in others):
        return ()
    return (DrawPicture(Drawing.PREVIEW, after),)
