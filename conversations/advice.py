"""Suggestions to act on: the list behind /saran, the card of one of them, and what the owner decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from conversations import acting, own_actions, settling, words
from conversations.blocks import BACK, LABEL, PAGE, SEASONS, page_options, to_seasons
from conversations.events import Occasion
from conversations.offers import Shelf
from conversations.replies import AdviceText, Key, Note, Option, Parameter, Question, Reply, Said
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey import plans
from journey.knowledge import Remedy
from journey.limits import PLANNED_AT_ONCE
from journey.model import JourneyMap, Language, Plan, PlanState
from journey.suggestions import Advice, Suggestion, suggest, this_week
from journey.titles import shortened

SCREENS = (StepId.TIPS, StepId.TIP, StepId.UNCLEAR, StepId.KEEP_WORDS)
TIP_PREFIX = "tip."
DECIDE_PREFIX = "plan."
TAKE_BACK = "take_back"
BRING_BACK = "bring_back"
OTHER_DAY = "plan_day"
_PLACE = "#"
"""How the id of a tip begins that is no suggestion any more: its plan's place follows."""
_MARK = 2
"""Characters that the mark of a state takes of a button."""
_DAY_MARK = 11
"""Characters that the mark and the day of a plan take."""

_DECISIONS: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.PLANNED: "button.will_do",
        PlanState.DONE: "button.did_it",
        PlanState.DECLINED: "button.not_for_me",
    }
)
_TOLD: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.PLANNED: "lead.will_do",
        PlanState.DONE: "lead.did_it",
        PlanState.DECLINED: "lead.not_for_me",
    }
)


@dataclass(frozen=True, slots=True)
class Tip:
    """Something to decide about: a suggestion with the plan made of it, or a plan whose complaint is gone."""

    id: str
    text: str
    remedy: Remedy | None
    suggestion: Suggestion | None = None
    plan: Plan | None = None

    @property
    def state(self) -> PlanState | None:
        """What the owner decided, None for nothing yet."""
        return self.plan.state if self.plan else None

    def label(self, language: Language) -> str:
        """Return what the tip is called in a few words."""
        return self.remedy.label.say(language) if self.remedy else self.text

    def decided(self, state: PlanState, now: datetime) -> Plan:
        """Return the plan that says so."""
        if self.plan is not None:
            due = self.plan.due if state is PlanState.PLANNED else None
            return replace(self.plan, text=self.text, state=state, since=now, due=due)
        remedy, found = self.remedy, self.suggestion
        return Plan(
            self.text,
            state,
            now,
            remedy=remedy.id if remedy else None,
            stage=found.stage_id if found else None,
            topic=found.topic if found else None,
        )


def open_tips(session: Session, journey_map: JourneyMap | None, shelf: Shelf) -> Outcome:
    """Say what to do about the complaints of the map, then offer to act on it."""
    if journey_map is None:
        return Outcome(beside(session, StepId.WELCOME), None, notes=(Note(Key("tips.no_map")),))
    advice = _advice(session, journey_map, shelf)
    tips = _tips(journey_map, advice, shelf)
    unsaid: tuple[Reply, ...] = ()
    unclear = bool(advice.unclear)
    if not (tips or advice.declined or advice.unanswered or unclear):
        unsaid = (Note(Key("tips.no_pains")),)
    elif (
        advice.unanswered or unclear or any(found.state is not PlanState.DONE for found in advice.suggestions)
    ):
        unsaid = (AdviceText(journey_map),)
    if tips or advice.declined or unclear or not words.offered(session, journey_map, advice, shelf.names):
        session = beside(session, StepId.TIPS)
    else:
        session = beside(session, StepId.KEEP_WORDS)
    return Outcome(session, journey_map, notes=unsaid)


def ask(
    shelf: Shelf, session: Session, journey_map: JourneyMap, today: date, *, offers: bool = True
) -> Question:
    """Return the card of the tip that was tapped, or the list when there is none or it is gone.

    Without ``offers`` the list asks for nothing besides.
    """
    advice = _advice(session, journey_map, shelf)
    tips = _tips(journey_map, advice, shelf)
    tip = _open_tip(session, tips)
    doubt = settling.open_doubt(session, advice)
    if doubt is not None:
        return settling.ask(shelf, session, journey_map, doubt)
    if tip is not None:
        return _card(session, journey_map, tip, today)
    offer = words.offered(session, journey_map, advice, shelf.names)
    if offer and session.side is StepId.KEEP_WORDS:
        asked = words.question(session, offer)
        return replace(asked, options=(*asked.options, own_actions.offer()))
    offer = offer if offers else ()
    page = min(session.page, max(0, (len(tips) - 1) // PAGE))
    declined = len(advice.declined)
    again = (Option(BRING_BACK, Key("button.bring_back", {"count": declined}), alone=True),)
    return Question(
        key=Key(
            "ask.tips",
            {
                "count": len(tips),
                "open": sum(found.state is not PlanState.DONE for found in tips),
                "planned": len(plans.planned(journey_map)),
                "most": PLANNED_AT_ONCE,
                "declined": declined,
                "unclear": len(advice.unclear),
                "overdue": any(_is_overdue(found, today) for found in tips),
            },
        ),
        revision=session.revision,
        options=(
            *(settling.doubts(advice) if page == 0 else ()),
            *(_button(found, session.language, today) for found in tips[page * PAGE : (page + 1) * PAGE]),
            *(replace(each, alone=bool(offer)) for each in page_options(page, len(tips))),
            *(again if declined else ()),
            own_actions.offer(),
            to_seasons(),
        ),
        controls=(*words.options(offer), Option(BACK, Key("button.back"))),
        aside=words.asked(offer),
    )


def chose(session: Session, journey_map: JourneyMap, option: str, present: acting.Present) -> Outcome:
    """Follow a button of the list or of a card."""
    shelf, occasion, today = present.shelf, present.occasion, present.today
    if option == own_actions.OWN_ACTION:
        return own_actions.opened(session, journey_map, shelf)
    advice = _advice(session, journey_map, shelf)
    tips = _tips(journey_map, advice, shelf)
    tip = _open_tip(session, tips)
    doubt = settling.open_doubt(session, advice)
    if doubt is not None:
        return settling.chose(session, journey_map, option, shelf, doubt)
    if option.startswith(settling.UNCLEAR_PREFIX):
        return settling.opened(session, journey_map, option, advice)
    if option.startswith(TIP_PREFIX):
        wanted = option.removeprefix(TIP_PREFIX)
        return Outcome(replace(session, side=StepId.TIP, tip=wanted, misses=0), journey_map)
    if option in (words.KEEP, words.LEAVE):
        offer = words.offered(session, journey_map, advice, shelf.names)
        return words.answered(session, journey_map, option, offer, occasion)
    if option == SEASONS:
        return Outcome(beside(session, StepId.SEASONS), journey_map)
    if option == BRING_BACK:
        return _brought_back(session, journey_map, advice)
    if tip is None:
        return Outcome(replace(session, side=None, tip=None, page=0, misses=0), journey_map)
    if tip.plan is not None and tip.state is PlanState.PLANNED:
        if option == TAKE_BACK:
            return acting.dropped(session, journey_map, tip.plan, today)
        if option == OTHER_DAY:
            return Outcome(acting.asking_day(session, journey_map.plans.index(tip.plan)), journey_map)
        if option == f"{DECIDE_PREFIX}{PlanState.DONE}":
            return acting.carried_out(session, journey_map, tip.plan, occasion, today)
    if option == TAKE_BACK and tip.plan is not None:
        kept = acting.answer(tip.plan, TAKE_BACK)
        left = plans.without_plans(journey_map, (tip.plan,))
        return Outcome(acting.at_list(session), left, lead=(Key("lead.taken_back"),), requests=(kept,))
    if option.startswith(DECIDE_PREFIX):
        state = PlanState(option.removeprefix(DECIDE_PREFIX))
        return _decided(session, journey_map, tip, state, shelf=shelf, occasion=occasion)
    return Outcome(acting.at_list(session), journey_map)


def _advice(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Advice:
    return suggest(journey_map, shelf.knowledge, shelf.matcher, session.language)


def _tips(journey_map: JourneyMap, advice: Advice, shelf: Shelf) -> tuple[Tip, ...]:
    """Return what there is to decide: what is planned first, then this week's; what is done comes last."""
    made = {plan.remedy: plan for plan in journey_map.plans}
    suggested = {found.remedy.id for found in (*advice.suggestions, *advice.declined)}
    remedies = {remedy.id: remedy for remedy in shelf.knowledge.remedies}
    tips = [
        *(_suggested(found, journey_map.language, made.get(found.remedy.id)) for found in advice.suggestions),
        *(
            Tip(f"{_PLACE}{place}", plan.text, remedies.get(plan.remedy or ""), plan=plan)
            for place, plan in enumerate(journey_map.plans)
            if plan.state is not PlanState.DECLINED and plan.remedy not in suggested
        ),
    ]
    week = {found.remedy.id for found in this_week(advice.suggestions)}
    order = (PlanState.PLANNED, None, PlanState.DONE)

    def place(tip: Tip) -> tuple[int, bool, date]:
        due = tip.plan.due if tip.plan else None
        return order.index(tip.state), tip.id not in week, due or date.max

    return tuple(sorted(tips, key=place))


def _suggested(found: Suggestion, language: Language, plan: Plan | None) -> Tip:
    return Tip(found.remedy.id, found.remedy.text.say(language), found.remedy, found, plan)


def _open_tip(session: Session, tips: tuple[Tip, ...]) -> Tip | None:
    """Return the tip whose card is open."""
    if session.side is not StepId.TIP:
        return None
    return next((tip for tip in tips if tip.id == session.tip), None)


def _button(tip: Tip, language: Language, today: date) -> Option:
    """Return the line of a tip, marked with what was decided and by when."""
    label = tip.label(language)
    marked = {"label": shortened(label, LABEL - _MARK)}
    match tip.state:
        case PlanState.PLANNED if tip.plan and tip.plan.due:
            dated: dict[str, Parameter] = {
                "label": shortened(label, LABEL - _DAY_MARK),
                "due": tip.plan.due,
                "overdue": _is_overdue(tip, today),
            }
            words: Key | Said = Key("button.tip_due", dated)
        case PlanState.PLANNED:
            words = Key("button.tip_planned", marked)
        case PlanState.DONE:
            words = Key("button.tip_done", marked)
        case _:
            words = Said(shortened(label, LABEL))
    return Option(f"{TIP_PREFIX}{tip.id}", words, alone=True)


def _card(session: Session, journey_map: JourneyMap, tip: Tip, today: date) -> Question:
    """Show all that is known of a tip, and ask what to do with it."""
    stage = journey_map.stage(tip.suggestion.stage_id) if tip.suggestion else None
    due = tip.plan.due if tip.plan else None
    return Question(
        key=Key(
            "ask.tip",
            {
                "text": "" if tip.remedy else tip.text,
                "stage": stage.name if stage else "",
                "pain": tip.suggestion.pain if tip.suggestion else "",
                "state": tip.state or "",
                "due": due or "",
                "overdue": _is_overdue(tip, today),
            },
        ),
        revision=session.revision,
        options=tuple(_decisions(tip)),
        controls=(Option(BACK, Key("button.back")),),
        remedy=tip.remedy,
    )


def _decisions(tip: Tip) -> Iterator[Option]:
    """Yield what can be decided: of a plan, that it is done, for another day, or not at all."""
    if tip.state is PlanState.PLANNED:
        yield Option(f"{DECIDE_PREFIX}{PlanState.DONE}", Key("button.did_it"))
        yield Option(OTHER_DAY, Key("button.not_yet"))
        yield Option(TAKE_BACK, Key("button.drop_plan"))
        return
    for state in PlanState:
        if state is not tip.state:
            alone = state is PlanState.DECLINED
            yield Option(f"{DECIDE_PREFIX}{state}", Key(_DECISIONS[state]), alone=alone)
    if tip.plan:
        yield Option(TAKE_BACK, Key("button.take_back"), alone=True)


def _is_overdue(tip: Tip, today: date) -> bool:
    plan = tip.plan
    return bool(plan and plan.state is PlanState.PLANNED and plan.due and plan.due < today)


def _decided(
    session: Session,
    journey_map: JourneyMap,
    tip: Tip,
    state: PlanState,
    *,
    shelf: Shelf,
    occasion: Occasion,
) -> Outcome:
    """Write down what the owner decided; what is too much is told, and nothing changes."""
    plans_it = state is PlanState.PLANNED
    full = acting.no_room(session, journey_map, shelf, plans_it=plans_it, is_new=tip.plan is None)
    if full is not None:
        return full
    plan = tip.decided(state, occasion.now)
    changed = plans.with_plan(journey_map, plan, instead_of=tip.plan)
    decided = acting.at_list(session)
    if plans_it:
        decided = acting.asking_day(session, changed.plans.index(plan))
    told, kept = Key(_TOLD[state]), acting.answer(plan, state)
    return Outcome(decided, changed, lead=(told,), requests=(kept,))


def _brought_back(session: Session, journey_map: JourneyMap, advice: Advice) -> Outcome:
    """Suggest once more what was declined."""
    declined = {found.remedy.id for found in advice.declined}
    gone = [plan for plan in journey_map.plans if plan.remedy in declined]
    return Outcome(
        acting.at_list(session),
        plans.without_plans(journey_map, gone),
        lead=(Key("lead.brought_back", {"count": len(gone)}),),
        requests=tuple(acting.answer(plan, BRING_BACK) for plan in gone),
    )
