"""What a turn asks the edge for because of what it changed, whoever changed it."""

from datetime import tzinfo

from conversations import checkin, reminders, undoing
from conversations.events import Occasion
from conversations.requests import Drawing, DrawPicture, KeepVersion, Request
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
    keeps_versions = any(isinstance(request, KeepVersion) for request in outcome.requests)
    return (
        *outcome.requests,
        *(() if keeps_versions else kept_before_change(before, after, occasion)),
        *undoing.step_kept(before, after, outcome.requests),
        *_preview(before, after),
        *reminders.scheduled(before, after, occasion, clock),
        *checkin.scheduled(outcome.session, before, after, occasion, clock),
    )


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
