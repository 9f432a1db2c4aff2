"""The monthly check-in of a finished map: one tap a stage, then new complaints, then how feelings moved.

Each score is in the map at once, so that leaving in the middle loses none; the session keeps which stages
were asked. A new complaint changes the map, which stays finished: at the end it is a new version of itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from conversations import edits, followups, versions
from conversations.answers import Rejected, rejection
from conversations.blocks import BACK, STAGE_PREFIX
from conversations.checkin_screens import NOW, SCORE_PREFIX, TREND, YES, pain_offers, trend_note
from conversations.edits import CellFull
from conversations.events import Occasion, Typed
from conversations.interview import TABLE
from conversations.offers import Shelf
from conversations.replies import Key, Words
from conversations.requests import Drawing, DrawPicture, ForgetReminder, KeepAnswer, RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, awake
from conversations.session import REMEMBERED_TYPINGS, CheckingIn, Session, Typing
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey.checkins import latest, with_score
from journey.compare import compare, says_the_same
from journey.limits import ENTRIES_PER_CELL
from journey.model import Cell, Entry, JourneyMap, Stage, Status

MONTH = timedelta(days=30)
UNDER_WAY = timedelta(days=7)
"""How long a check-in that was left can be gone on with; then it is another month's."""
SAME_DAY = timedelta(hours=20)
"""Whoever looks again this soon changes what they said, and has no second check-in."""
STEPS = frozenset(
    {StepId.CHECK_IN_MENU, StepId.CHECK_IN, StepId.CHECK_IN_NEWS, StepId.CHECK_IN_WHERE, StepId.CHECK_IN_PAIN}
)
_ON_THE_WAY = STEPS - {StepId.CHECK_IN_MENU}


def is_under_way(session: Session) -> bool:
    """Tell whether the owner is at a question of a check-in, or at one that followed a new complaint."""
    return session.step in _ON_THE_WAY or session.returns is StepId.CHECK_IN_NEWS


def stands(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether a question of a check-in can be asked."""
    if session.step is StepId.CHECK_IN_MENU:
        return True
    under_way = session.checkin is not None and session.checkin.map_id == journey_map.id
    if session.step in (StepId.CHECK_IN, StepId.CHECK_IN_PAIN):
        return under_way and journey_map.stage(session.stage or "") is not None
    return under_way and (session.step is not StepId.CHECK_IN_WHERE or bool(session.just_said))


def begin(outcome: Outcome, occasion: Occasion) -> Outcome:
    """Return the outcome that opened a map with its check-in begun, or gone on with where it was left."""
    session, journey_map = outcome.session, outcome.journey_map
    if journey_map is None or journey_map.status is not Status.FINISHED or not journey_map.stages:
        return outcome
    under_way = session.checkin
    if under_way is None or under_way.map_id != journey_map.id or _is_over(under_way, occasion):
        last = latest(journey_map)
        again = last is not None and len(journey_map.checkins) > 1 and occasion.now - last.taken < SAME_DAY
        taken = last.taken if last and again else occasion.now
        under_way = CheckingIn(journey_map.id, taken)
    session = replace(session, checkin=under_way)
    return replace(outcome, session=_next(session, journey_map, under_way))


def chose(
    session: Session,
    journey_map: JourneyMap,
    option: str,
    shelf: Shelf,
    *,
    occasion: Occasion,
    clock: tzinfo,
) -> Outcome:
    """Follow a button of the check-in."""
    match session.step:
        case _ if option == BACK:
            return Outcome(_earlier(session, journey_map), journey_map)
        case StepId.CHECK_IN_MENU if option == NOW:
            return begin(Outcome(session, journey_map), occasion)
        case StepId.CHECK_IN_MENU if option == TREND:
            return _shown(session, journey_map)
        case StepId.CHECK_IN_MENU:
            return decided(session, journey_map, option, occasion, clock)
        case StepId.CHECK_IN:
            return _scored(session, journey_map, option)
        case StepId.CHECK_IN_NEWS if option.startswith(STAGE_PREFIX):
            stage_id = option.removeprefix(STAGE_PREFIX)
            return Outcome(at(session, StepId.CHECK_IN_PAIN, stage_id), journey_map)
        case StepId.CHECK_IN_NEWS:
            return _ended(session, journey_map, occasion)
        case StepId.CHECK_IN_WHERE:
            entries = tuple(Entry(text) for text in session.just_said)
            return _complained(session, journey_map, option.removeprefix(STAGE_PREFIX), entries, shelf)
        case _:
            offer = next(found for found in pain_offers(shelf, session, journey_map) if found.id == option)
            entry = Entry(offer.text.say(session.language), offer.chip)
            return _complained(session, journey_map, session.stage or "", (entry,), shelf)


def typed(session: Session, journey_map: JourneyMap, event: Typed, shelf: Shelf) -> Outcome:
    """Take typed words as new complaints; where no stage was chosen and there are several, ask for it."""
    read = TABLE[session.step].answer.read(event.text)
    if isinstance(read, Rejected):
        return Outcome(replace(session, misses=session.misses + 1), journey_map, lead=(rejection(read),))
    typing = Typing(event.message_id, session.step, None, read)
    others = tuple(found for found in session.typings if found.message_id != event.message_id)
    session = replace(session, typings=(*others, typing)[-REMEMBERED_TYPINGS:])
    stage_id = session.stage if session.step is StepId.CHECK_IN_PAIN else None
    if len(journey_map.stages) == 1:
        stage_id = journey_map.stages[0].id
    if stage_id is None:
        return Outcome(replace(at(session, StepId.CHECK_IN_WHERE), just_said=read), journey_map)
    return _complained(session, journey_map, stage_id, tuple(Entry(text) for text in read), shelf)


def decided(
    session: Session, journey_map: JourneyMap, option: str, occasion: Occasion, clock: tzinfo
) -> Outcome:
    """Take the answer whether to ask each month; a yes counts for all finished maps."""
    if option != YES:
        refused = replace(session, reminding=session.reminding.with_no(ReminderKind.CHECK_IN))
        return Outcome(refused, journey_map, lead=(Key("lead.check_in_off"),))
    wished = replace(session, reminding=session.reminding.with_yes(ReminderKind.CHECK_IN))
    return Outcome(
        wished,
        journey_map,
        lead=(Key("lead.check_in_on"),),
        requests=tuple(wanted(journey_map, occasion, clock)),
    )


def wanted(journey_map: JourneyMap | None, occasion: Occasion, clock: tzinfo) -> Iterator[RemindAt]:
    """Yield the reminders of an owner who has just said yes to check-ins: one for each finished map."""
    if journey_map is not None and journey_map.status is Status.FINISHED:
        yield _next_month(journey_map, occasion.now, clock)
    others = (summary for summary in occasion.shelf if not summary.archived)
    for summary in others:
        if summary.status is Status.FINISHED and (journey_map is None or summary.id != journey_map.id):
            due = _due(summary.finished or summary.changed, occasion.now, clock)
            yield RemindAt(Reminder(ReminderKind.CHECK_IN, due, summary.id))


def passed_by(session: Session, option: str) -> Session:
    """Return the session of an owner who went on below the offer without an answer: it is asked once."""
    kind = ReminderKind.CHECK_IN
    if session.step is not StepId.DONE or session.side or option == YES or session.reminding.is_decided(kind):
        return session
    return replace(session, reminding=session.reminding.with_no(kind))


def scheduled(
    session: Session,
    before: JourneyMap | None,
    after: JourneyMap | None,
    occasion: Occasion,
    clock: tzinfo,
) -> tuple[Request, ...]:
    """Return what a turn changes in when the owner is asked for a check-in, if they want to be asked at all.

    A month after the finish or the last check-in it is due; of a map that is worked on nobody is asked.
    """
    if after is None or not session.reminding.wants(ReminderKind.CHECK_IN):
        return ()
    went_on = before is not None and before.id == after.id
    if after.status is Status.OPEN:
        reopened = went_on and before is not None and before.status is Status.FINISHED
        return (ForgetReminder(ReminderKind.CHECK_IN, after.id),) if reopened else ()
    if went_on and before is not None:
        news = (before.status, before.finished, before.checkins) != (
            after.status,
            after.finished,
            after.checkins,
        )
    else:
        news = all(summary.id != after.id for summary in occasion.shelf)  # from a file or among the deleted
    return (_next_month(after, occasion.now, clock),) if news else ()


def _is_over(under_way: CheckingIn, occasion: Occasion) -> bool:
    return occasion.now - under_way.taken > UNDER_WAY


def _next_month(journey_map: JourneyMap, now: datetime, clock: tzinfo) -> RemindAt:
    last = latest(journey_map)
    known = [moment for moment in (journey_map.finished, last.taken if last else None) if moment is not None]
    return RemindAt(
        Reminder(ReminderKind.CHECK_IN, _due(max(known, default=now), now, clock), journey_map.id)
    )


def _due(last: datetime, now: datetime, clock: tzinfo) -> datetime:
    """Return when a month is over; for one that is over long since, in a month."""
    due = last + MONTH
    return awake(due if due > now else now + MONTH, clock)


def _next(session: Session, journey_map: JourneyMap, under_way: CheckingIn) -> Session:
    """Return the session at the next stage that wasn't asked, else at the question for complaints."""
    left = (stage.id for stage in journey_map.stages if stage.id not in under_way.asked)
    stage_id = next(left, None)
    return at(session, StepId.CHECK_IN_NEWS if stage_id is None else StepId.CHECK_IN, stage_id)


def _earlier(session: Session, journey_map: JourneyMap) -> Session:
    """Return the session one question earlier; all scores stay."""
    match session.step:
        case StepId.CHECK_IN_WHERE | StepId.CHECK_IN_PAIN:
            return at(session, StepId.CHECK_IN_NEWS)
        case StepId.CHECK_IN_NEWS:
            return at(session, StepId.CHECK_IN, journey_map.stages[-1].id)
        case StepId.CHECK_IN:
            ids = [stage.id for stage in journey_map.stages]
            place = ids.index(session.stage or "")
            return at(session, StepId.CHECK_IN, ids[place - 1]) if place else at(session, StepId.DONE)
        case _:
            return at(session, StepId.DONE)


def _scored(session: Session, journey_map: JourneyMap, option: str) -> Outcome:
    """Write down how a stage felt, or pass it over, and go on."""
    under_way, stage = session.checkin, journey_map.stage(session.stage or "")
    if under_way is None or stage is None:
        return Outcome(session, journey_map)
    asked = tuple(dict.fromkeys((*under_way.asked, stage.id)))
    session = replace(session, checkin=replace(under_way, asked=asked))
    gone_on = _next(session, journey_map, replace(under_way, asked=asked))
    if not option.startswith(SCORE_PREFIX):
        return Outcome(gone_on, journey_map)
    score = int(option.removeprefix(SCORE_PREFIX))
    changed = with_score(journey_map, under_way.taken, stage, score)
    kept = KeepAnswer(StepId.CHECK_IN, stage.id, (str(score),))
    return Outcome(gone_on, changed, requests=(kept,))


def _complained(
    session: Session, journey_map: JourneyMap, stage_id: str, entries: tuple[Entry, ...], shelf: Shelf
) -> Outcome:
    """Add complaints to a stage, ask what there is to ask about them, and come back for more."""
    stage = journey_map.stage(stage_id)
    if stage is None:
        return Outcome(at(session, StepId.CHECK_IN_NEWS), journey_map)
    here = at(session, StepId.PAINS, stage_id, returns=StepId.CHECK_IN_NEWS)
    here = replace(here, typings=_placed(session.typings, stage))
    changed, kept = _with_entries(journey_map, here.cell, entries)
    lead: tuple[Words, ...] = ()
    if kept:
        lead = (Key("lead.new_complaint", {"texts": kept, "stage": stage.name}),)
    if len(kept) < len(entries):
        lead = (*lead, Key("lead.cell_full", {"most": ENTRIES_PER_CELL}))
    before = {entry.text for entry in stage.pains}
    new = tuple(text for text in kept if text not in before)
    leads_to, changed = followups.after_typing(here, changed, new, shelf)
    requests = (KeepAnswer(StepId.PAINS, stage_id, kept),) if kept else ()
    return Outcome(leads_to, changed, lead=lead, requests=requests)


def _with_entries(
    journey_map: JourneyMap, cell: Cell, entries: tuple[Entry, ...]
) -> tuple[JourneyMap, tuple[str, ...]]:
    """Return the map with as many of the complaints as fit, and the words of those."""
    for place, entry in enumerate(entries):
        try:
            journey_map = edits.with_entry(journey_map, cell, entry)
        except CellFull:
            return journey_map, tuple(one.text for one in entries[:place])
    return journey_map, tuple(one.text for one in entries)


def _placed(typings: tuple[Typing, ...], stage: Stage) -> tuple[Typing, ...]:
    """Return the memory in which the complaint typed last is one of its stage: its message may be edited."""
    if not typings or typings[-1].step not in _ON_THE_WAY:
        return typings
    return (*typings[:-1], replace(typings[-1], step=StepId.PAINS, stage=stage.id))


def _ended(session: Session, journey_map: JourneyMap, occasion: Occasion) -> Outcome:
    """Show how the feelings moved; a map that says something new is a new version of itself.

    That may be a complaint, of this check-in or of one that was left, or evidence that was kept meanwhile.
    """
    done, complained = journey_map, False
    requests: tuple[Request, ...] = ()
    if occasion.latest is not None and not says_the_same(occasion.latest, journey_map):
        done = replace(journey_map, finished=occasion.now, changed=occasion.now)
        requests = versions.kept(done, occasion)
        complained = bool(compare(occasion.latest, journey_map).new)
    ended = _shown(replace(at(session, StepId.DONE), checkin=None), done)
    told = Key("lead.checked", {"complained": complained})
    lead = (told,) if journey_map.checkins or requests else ended.lead
    return replace(ended, lead=lead, requests=(*requests, *ended.requests))


def _shown(session: Session, journey_map: JourneyMap) -> Outcome:
    """Send the picture of how the feelings moved, and the same in words; nothing without any check-in."""
    if not journey_map.checkins:
        return Outcome(session, journey_map, lead=(Key("lead.nothing_checked"),))
    return Outcome(
        session,
        journey_map,
        notes=(trend_note(journey_map),),
        requests=(DrawPicture(Drawing.TREND, journey_map),),
    )
