"""Suggestions to act on: the list behind /saran, the card of one of them, and what the owner decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from conversations import settling, words
from conversations.blocks import BACK, LABEL, PAGE, SEASONS, page_options, to_seasons
from conversations.events import Occasion
from conversations.offers import Shelf
from conversations.replies import AdviceText, Key, Note, Option, Question, Reply, Said
from conversations.requests import KeepAnswer
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey import plans
from journey.knowledge import Remedy
from journey.limits import PLANNED_AT_ONCE, PLANS
from journey.model import JourneyMap, Language, Plan, PlanState
from journey.suggestions import Advice, Suggestion, suggest, this_week
from journey.titles import shortened

SCREENS = (StepId.TIPS, StepId.TIP, StepId.UNCLEAR, StepId.KEEP_WORDS)
TIP_PREFIX = "tip."
DECIDE_PREFIX = "plan."
TAKE_BACK = "take_back"
BRING_BACK = "bring_back"
_PLACE = "#"
"""How the id of a tip begins that is no suggestion any more: its plan's place follows."""
_MARK = 2
"""Characters that the mark of a state takes of a button."""

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
            return replace(self.plan, text=self.text, state=state, since=now)
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
    if tips or advice.declined or unclear:
        session = beside(session, StepId.TIPS)
    elif words.offered(session, journey_map, advice, shelf.names):
        session = beside(session, StepId.KEEP_WORDS)
    return Outcome(session, journey_map, notes=unsaid)


def ask(shelf: Shelf, session: Session, journey_map: JourneyMap) -> Question:
    """Return the card of the tip that was tapped, or the list when there is none or it is gone."""
    advice = _advice(session, journey_map, shelf)
    tips = _tips(journey_map, advice, shelf)
    tip = _open_tip(session, tips)
    doubt = settling.open_doubt(session, advice)
    if doubt is not None:
        return settling.ask(shelf, session, journey_map, doubt)
    if tip is not None:
        return _card(session, journey_map, tip)
    offer = words.offered(session, journey_map, advice, shelf.names)
    if offer and session.side is StepId.KEEP_WORDS:
        return words.question(session, offer)
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
            },
        ),
        revision=session.revision,
        options=(
            *(settling.doubts(advice) if page == 0 else ()),
            *(_button(found, session.language) for found in tips[page * PAGE : (page + 1) * PAGE]),
            *(replace(each, alone=bool(offer)) for each in page_options(page, len(tips))),
            *(again if declined else ()),
            to_seasons(),
        ),
        controls=(*words.options(offer), Option(BACK, Key("button.back"))),
        aside=words.asked(offer),
    )


def chose(
    session: Session, journey_map: JourneyMap, option: str, shelf: Shelf, occasion: Occasion
) -> Outcome:
    """Follow a button of the list or of a card."""
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
    if option == TAKE_BACK and tip.plan is not None:
        kept = _answer(tip.plan, TAKE_BACK)
        left = plans.without_plans(journey_map, (tip.plan,))
        return Outcome(_at_list(session), left, lead=(Key("lead.taken_back"),), requests=(kept,))
    if option.startswith(DECIDE_PREFIX):
        state = PlanState(option.removeprefix(DECIDE_PREFIX))
        return _decided(session, journey_map, tip, state, tips=tips, occasion=occasion)
    return Outcome(_at_list(session), journey_map)


def _advice(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Advice:
    return suggest(journey_map, shelf.knowledge, shelf.matcher, session.language)


def _tips(journey_map: JourneyMap, advice: Advice, shelf: Shelf) -> tuple[Tip, ...]:
    """Return what there is to decide: this week's first, then what is planned; what is done comes last."""
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
    return tuple(sorted(tips, key=lambda tip: -1 if tip.id in week else order.index(tip.state)))


def _suggested(found: Suggestion, language: Language, plan: Plan | None) -> Tip:
    return Tip(found.remedy.id, found.remedy.text.say(language), found.remedy, found, plan)


def _open_tip(session: Session, tips: tuple[Tip, ...]) -> Tip | None:
    """Return the tip whose card is open."""
    if session.side is not StepId.TIP:
        return None
    return next((tip for tip in tips if tip.id == session.tip), None)


def _button(tip: Tip, language: Language) -> Option:
    """Return the line of a tip, marked with what was decided."""
    label = tip.label(language)
    marked = {"label": shortened(label, LABEL - _MARK)}
    match tip.state:
        case PlanState.PLANNED:
            words: Key | Said = Key("button.tip_planned", marked)
        case PlanState.DONE:
            words = Key("button.tip_done", marked)
        case _:
            words = Said(shortened(label, LABEL))
    return Option(f"{TIP_PREFIX}{tip.id}", words, alone=True)


def _card(session: Session, journey_map: JourneyMap, tip: Tip) -> Question:
    """Show all that is known of a tip, and ask what to do with it."""
    stage = journey_map.stage(tip.suggestion.stage_id) if tip.suggestion else None
    others = [state for state in PlanState if state is not tip.state]
    take_back = (Option(TAKE_BACK, Key("button.take_back"), alone=True),) if tip.plan else ()
    return Question(
        key=Key(
            "ask.tip",
            {
                "text": "" if tip.remedy else tip.text,
                "stage": stage.name if stage else "",
                "pain": tip.suggestion.pain if tip.suggestion else "",
                "state": tip.state or "",
            },
        ),
        revision=session.revision,
        options=(
            *(
                Option(f"{DECIDE_PREFIX}{state}", Key(_DECISIONS[state]), alone=state is PlanState.DECLINED)
                for state in others
            ),
            *take_back,
        ),
        controls=(Option(BACK, Key("button.back")),),
        remedy=tip.remedy,
    )


def _decided(
    session: Session,
    journey_map: JourneyMap,
    tip: Tip,
    state: PlanState,
    *,
    tips: tuple[Tip, ...],
    occasion: Occasion,
) -> Outcome:
    """Write down what the owner decided; what is too much is told, and nothing changes."""
    if state is PlanState.PLANNED and plans.has_hands_full(journey_map):
        names = tuple(found.label(session.language) for found in tips if found.state is PlanState.PLANNED)
        toast = Key("toast.hands_full", {"most": PLANNED_AT_ONCE})
        return Outcome(session, journey_map, toast=toast, lead=(Key("lead.hands_full", {"texts": names}),))
    if tip.plan is None and plans.is_full(journey_map):
        full = Key("toast.plans_full", {"most": PLANS})
        return Outcome(session, journey_map, toast=full, lead=(full,))
    plan = tip.decided(state, occasion.now)
    return Outcome(
        _at_list(session),
        plans.with_plan(journey_map, plan, instead_of=tip.plan),
        lead=(Key(_TOLD[state]),),
        requests=(_answer(plan, state),),
    )


def _brought_back(session: Session, journey_map: JourneyMap, advice: Advice) -> Outcome:
    """Suggest once more what was declined."""
    declined = {found.remedy.id for found in advice.declined}
    gone = [plan for plan in journey_map.plans if plan.remedy in declined]
    return Outcome(
        _at_list(session),
        plans.without_plans(journey_map, gone),
        lead=(Key("lead.brought_back", {"count": len(gone)}),),
        requests=tuple(_answer(plan, BRING_BACK) for plan in gone),
    )


def _at_list(session: Session) -> Session:
    return replace(session, side=StepId.TIPS, tip=None, misses=0)


def _answer(plan: Plan, decision: str) -> KeepAnswer:
    return KeepAnswer(StepId.TIP, plan.stage, (plan.remedy or plan.text, decision))
