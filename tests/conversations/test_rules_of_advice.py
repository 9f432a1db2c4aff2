"""The rules of acting on suggestions: what is planned, done and declined is remembered with the map."""

from dataclasses import replace

import pytest

from conversations.advice import BRING_BACK, DECIDE_PREFIX, OTHER_DAY, TAKE_BACK, TIP_PREFIX
from conversations.aftermath import NOT_NOW
from conversations.asides import CONSENT_VERSION
from conversations.blocks import BACK, PAGE
from conversations.commands import Command
from conversations.dating import NO_DAY
from conversations.replies import AdviceText, Key, Question, Toast
from conversations.requests import DrawPicture, KeepAnswer
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.limits import PLANNED_AT_ONCE, PLANS
from journey.model import JourneyMap, Language, Plan, PlanState, Status
from journey.suggestions import Suggestion, suggest, this_week
from tests.content import the_interview, the_knowledge
from tests.conversations.owner import MORNING, Owner
from tests.conversations.test_rules_of_asides import screens

WILL_DO, DID_IT, NOT_FOR_ME = (f"{DECIDE_PREFIX}{state}" for state in PlanState)


def with_tips() -> Owner:
    """Return an owner of a finished map who looks at the suggestions."""
    owner = Owner.finished()
    owner.chooses("tips")
    return owner


def suggested(journey_map: JourneyMap) -> tuple[Suggestion, ...]:
    return suggest(journey_map, the_knowledge(), the_interview().matcher, Language.ID).suggestions


def tips(owner: Owner) -> list[str]:
    """Return the ids of the suggestions on the screen."""
    return [option for option in owner.offered if option.startswith(TIP_PREFIX)]


def labels(owner: Owner) -> dict[str, str]:
    """Return how the suggestions on the screen are marked, by their ids."""
    names = {option.id: option.label for option in owner.buttons if option.id.startswith(TIP_PREFIX)}
    return {option: label.name for option, label in names.items() if isinstance(label, Key)}


def plan_of(owner: Owner, tip: str) -> Plan | None:
    remedy = tip.removeprefix(TIP_PREFIX)
    return next((plan for plan in owner.the_map.plans if plan.remedy == remedy), None)


def decides(owner: Owner, decision: str, *, number: int = 0) -> str:
    """Decide about a suggestion of the list, and return its button."""
    tip = tips(owner)[number]
    owner.chooses(tip, decision)
    if owner.session.side is StepId.ACTION_DATE:
        owner.chooses(NO_DAY)
    return tip


def opens(owner: Owner, tip: str) -> None:
    """Open the card of a suggestion, on whatever page it is."""
    pages = (f"!page.{number}" for number in range(len(the_knowledge().remedies) // PAGE + 1))
    while tip not in owner.offered:
        page = next(pages)
        if page in owner.offered:
            owner.chooses(page)
    owner.chooses(tip)


def test_the_advice_comes_first_then_the_list_to_act_on() -> None:
    """As ever the whole advice is sent; below it the week's three stand first, a page at a time."""
    owner = with_tips()

    week = this_week(suggested(owner.the_map))
    assert owner.told == ("AdviceText", "ask.tips")
    owner.stands_at(StepId.TIPS)
    assert tips(owner)[:3] == [f"{TIP_PREFIX}{found.remedy.id}" for found in week]
    assert len(tips(owner)) == PAGE
    owner.chooses("!page.1")
    assert len(tips(owner)) == PAGE
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_a_card_shows_all_there_is_to_know() -> None:
    """The remedy with its cost and source, the complaint it answers, and three ways to decide."""
    owner = with_tips()
    found = this_week(suggested(owner.the_map))[0]

    owner.chooses(tips(owner)[0])

    owner.stands_at(StepId.TIP)
    assert owner.question.remedy == found.remedy
    assert owner.question.key.parameters["pain"] == found.pain
    stage = owner.the_map.stage(found.stage_id)
    assert stage is not None
    assert owner.question.key.parameters["stage"] == stage.name
    assert owner.offered == (WILL_DO, DID_IT, NOT_FOR_ME, BACK)
    owner.chooses(BACK)
    owner.stands_at(StepId.TIPS)


@pytest.mark.parametrize(
    ("decision", "state", "told"),
    [
        (DID_IT, PlanState.DONE, "lead.did_it"),
        (NOT_FOR_ME, PlanState.DECLINED, "lead.not_for_me"),
    ],
)
def test_a_tap_is_remembered_with_the_map(decision: str, state: PlanState, told: str) -> None:
    """What was read, for which complaint, and since when; a warm word, and the list again."""
    owner = with_tips()
    found = this_week(suggested(owner.the_map))[0]

    decides(owner, decision)

    text = found.remedy.text.id
    now = owner.occasion.now
    assert owner.the_map.plans == (Plan(text, state, now, found.remedy.id, found.stage_id, found.topic),)
    assert owner.told == (told, "ask.tips")
    assert KeepAnswer(StepId.TIP, found.stage_id, (found.remedy.id, state)) in owner.requests
    owner.stands_at(StepId.TIPS)


def test_what_is_planned_or_done_is_marked_in_the_list() -> None:
    """What is planned comes first; what is done is behind everything else."""
    owner = with_tips()
    planned = decides(owner, WILL_DO)
    done = decides(owner, DID_IT, number=1)

    assert labels(owner) == {planned: "button.tip_planned"}
    assert done not in tips(owner)
    while (further := f"!page.{owner.session.page + 1}") in owner.offered:
        owner.chooses(further)
    assert (tips(owner)[-1], labels(owner)) == (done, {done: "button.tip_done"})


def test_what_is_done_is_no_action_of_this_week_any_more() -> None:
    """The next best one moves up."""
    owner = with_tips()
    before = this_week(suggested(owner.the_map))

    decides(owner, DID_IT)

    week = this_week(suggested(owner.the_map))
    assert len(week) == 3
    assert before[0].remedy not in [found.remedy for found in week]


def test_what_was_declined_is_not_suggested_until_it_is_shown_again() -> None:
    """Remembered for this map, and one tap brings all of it back."""
    owner = with_tips()
    before = [found.remedy.id for found in suggested(owner.the_map)]
    assert BRING_BACK not in owner.offered
    gone = [decides(owner, NOT_FOR_ME).removeprefix(TIP_PREFIX) for _ in range(2)]

    left = [found.remedy.id for found in suggested(owner.the_map)]
    assert [remedy for remedy in before if remedy not in gone] == left
    again = next(option.label for option in owner.buttons if option.id == BRING_BACK)
    assert again == Key("button.bring_back", {"count": 2})

    owner.chooses(BRING_BACK)

    assert owner.told == ("lead.brought_back", "ask.tips")
    assert [found.remedy.id for found in suggested(owner.the_map)] == before
    assert owner.the_map.plans == ()


def test_a_decision_can_be_changed_and_taken_back() -> None:
    """The card of what was decided shows it, and offers the other two and to take it back."""
    owner = with_tips()
    tip = decides(owner, WILL_DO)

    owner.chooses(tip)
    assert owner.question.key.parameters["state"] == PlanState.PLANNED
    assert owner.offered == (DID_IT, OTHER_DAY, TAKE_BACK, BACK)
    owner.chooses(DID_IT)
    done = plan_of(owner, tip)
    assert done is not None
    assert (done.state, done.since) == (PlanState.DONE, owner.occasion.now)
    owner.chooses(NOT_NOW)

    opens(owner, tip)
    owner.chooses(TAKE_BACK)

    assert owner.told == ("lead.taken_back", "ask.tips")
    assert owner.the_map.plans == ()


def test_a_fourth_plan_waits_until_one_of_three_is_done() -> None:
    """The three are named, nothing is lost, and the card stays open; with one done there is room again."""
    owner = with_tips()
    names = []
    for number in range(PLANNED_AT_ONCE):
        remedy = this_week(suggested(owner.the_map))[number].remedy
        names.append(remedy.label.id)
        decides(owner, WILL_DO, number=number)
    before = owner.the_map

    fourth = decides(owner, WILL_DO, number=PLANNED_AT_ONCE)

    assert owner.told == ("lead.hands_full", "ask.tip", "toast.hands_full")
    question = next(reply for reply in owner.replies if isinstance(reply, Question))
    assert question.lead == (Key("lead.hands_full", {"texts": tuple(names)}),)
    assert owner.the_map == before
    owner.chooses(BACK)
    decides(owner, DID_IT)
    owner.chooses(NOT_NOW)
    opens(owner, fourth)
    owner.chooses(WILL_DO)
    assert [plan.state for plan in owner.the_map.plans].count(PlanState.PLANNED) == PLANNED_AT_ONCE


def test_a_full_map_takes_no_further_decision_kindly() -> None:
    """Sixty plans fit; what is there can still be changed."""
    owner = Owner.finished()
    other = [Plan(f"Ide {place}", PlanState.DONE, MORNING, f"old.{place}") for place in range(PLANS)]
    owner.journey_map = replace(owner.the_map, plans=tuple(other))
    owner.chooses("tips")

    decides(owner, DID_IT)

    assert owner.told == ("toast.plans_full", "ask.tip", "toast.plans_full")
    assert len(owner.the_map.plans) == PLANS


def test_deciding_leaves_a_finished_map_finished() -> None:
    """A plan is no content: no new picture, no new date of change, nothing to finish once more."""
    owner = with_tips()
    before = owner.the_map

    for number, decision in enumerate((WILL_DO, DID_IT, NOT_FOR_ME)):
        decides(owner, decision, number=number)
        assert not any(isinstance(request, DrawPicture) for request in owner.requests)

    assert owner.the_map.status is Status.FINISHED
    assert replace(owner.the_map, plans=()) == before
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_old_buttons_and_double_taps_decide_nothing() -> None:
    """The second tap of a pair and a button further up are answered, and the plan stays as it was."""
    owner = with_tips()
    owner.chooses(tips(owner)[0])
    revision = owner.session.revision
    owner.chooses(WILL_DO)
    before = (owner.session, owner.the_map)

    owner.taps_old(WILL_DO, revision=revision)
    assert owner.replies == (Toast(Key("toast.twice")),)
    owner.taps_old(NOT_FOR_ME, revision=revision - 1)
    assert owner.replies == (Toast(Key("toast.stale")),)

    assert (owner.session, owner.the_map) == before


def test_a_card_is_still_open_after_a_restart() -> None:
    """The session knows which; and one stored before there were cards is read as well."""
    owner = with_tips()
    owner.chooses(tips(owner)[2])
    asked = owner.question

    owner.session = load_session(dump_session(owner.session))

    assert owner.question == asked
    owner.session = load_session(
        {key: value for key, value in dump_session(owner.session).items() if key != "tip"}
    )
    assert owner.question.key.name == "ask.tips"


@pytest.mark.parametrize("place", sorted(screens()))
def test_suggestions_work_in_every_state_and_come_back(place: str) -> None:
    """/saran, a decision if there is one to make, and back: the question that waited is asked again."""
    owner = screens()[place]
    step, stage, pending = owner.session.step, owner.session.stage, owner.session.pending
    before = owner.journey_map

    owner.commands(Command.TIPS)
    if owner.session.side is StepId.TIPS:
        if tips(owner):
            decides(owner, WILL_DO)
        owner.chooses(BACK)

    assert (owner.session.step, owner.session.stage, owner.session.pending) == (step, stage, pending)
    assert owner.session.side in (None, StepId.WELCOME, StepId.FEEDBACK)
    after = owner.journey_map
    assert before == (replace(after, plans=()) if after else None)


def test_without_a_map_the_owner_is_told_why_and_can_begin() -> None:
    """The way to a map is one tap away."""
    owner = Owner()

    owner.commands(Command.TIPS)

    assert owner.told == ("tips.no_map", "ask.welcome")
    owner.chooses("begin")
    owner.stands_at(StepId.BUSINESS)
    assert owner.session.consent is not None
    assert owner.session.consent.version == CONSENT_VERSION


def test_without_complaints_the_owner_is_told_what_is_missing() -> None:
    """There is nothing to choose from yet."""
    owner = Owner.at_goal()

    owner.commands(Command.TIPS)

    assert owner.told == ("tips.no_pains", "ask.tips")
    owner.chooses(BACK)
    owner.stands_at(StepId.GOAL)


def test_with_nothing_that_fits_there_is_advice_and_no_empty_list() -> None:
    """The three questions that help to find the cause; what is asked is whether the words may be kept."""
    owner = Owner.with_pains("qwertyuiop zxcvbn")

    owner.commands(Command.TIPS)

    assert owner.told == ("AdviceText", "ask.keep_words")
    owner.chooses(BACK)
    owner.stands_at(StepId.DONE)


def test_when_all_is_done_or_declined_there_is_nothing_more_to_say() -> None:
    """No empty message; the list says so, and shows what is done."""
    owner = Owner.finished()
    states = (PlanState.DONE, PlanState.DECLINED)
    found = suggested(owner.the_map)
    plans = tuple(
        Plan(one.remedy.text.id, states[place % 2], MORNING, one.remedy.id) for place, one in enumerate(found)
    )
    owner.journey_map = replace(owner.the_map, plans=plans)

    owner.chooses("tips")

    assert owner.told == ("ask.tips",)
    assert owner.question.key.parameters["open"] == 0
    assert BRING_BACK in owner.offered


def test_a_plan_outlives_its_complaint() -> None:
    """What was planned stays on the list when the complaint was taken out of the map, and so do own words."""
    owner = with_tips()
    tip = decides(owner, WILL_DO)
    kept = plan_of(owner, tip)
    assert kept is not None
    own = Plan("Beli timbangan baru", PlanState.PLANNED, MORNING)
    stages = tuple(replace(stage, pains=()) for stage in owner.the_map.stages)
    owner.journey_map = replace(owner.the_map, stages=stages, plans=(kept, own))

    owner.commands(Command.TIPS)
    assert tips(owner) == [f"{TIP_PREFIX}#0", f"{TIP_PREFIX}#1"]
    owner.chooses(f"{TIP_PREFIX}#1", DID_IT, NOT_NOW)
    owner.chooses(f"{TIP_PREFIX}#0", TAKE_BACK)

    assert [(plan.text, plan.state) for plan in owner.the_map.plans] == [(own.text, PlanState.DONE)]


def test_a_plan_is_said_in_the_language_of_the_map() -> None:
    """Switching the language translates what came from the knowledge, never own words."""
    owner = with_tips()
    tip = decides(owner, WILL_DO)
    own = Plan("Beli timbangan baru", PlanState.DONE, MORNING)
    owner.journey_map = replace(owner.the_map, plans=(*owner.the_map.plans, own))

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    remedy = next(one for one in the_knowledge().remedies if f"{TIP_PREFIX}{one.id}" == tip)
    assert [plan.text for plan in owner.the_map.plans] == [remedy.text.en, own.text]
    assert owner.the_map.status is Status.FINISHED


def test_typed_words_at_the_list_are_answered() -> None:
    """A button is needed; the list stays."""
    owner = with_tips()

    owner.types("yang pertama")

    assert owner.told == ("reject.pick", "ask.tips")


def test_the_advice_is_that_of_the_map_with_its_plans() -> None:
    """What is sent knows what was declined a moment ago."""
    owner = with_tips()
    decides(owner, NOT_FOR_ME)

    owner.commands(Command.TIPS)

    assert owner.replies[0] == AdviceText(owner.the_map)
