"""Peta sehat?: what an owner reads there, and that each mistake is one tap from its repair and back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.blocks import BACK, DONE, KEEP, SKIP
from conversations.commands import Command
from conversations.repair import repaired
from conversations.replies import Key, Question
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.health import FRESH_FOR, Check
from journey.limits import STAGES
from journey.model import Element, Entry, Feeling, JourneyMap, Language, Stage, Standing, Status
from journey.phases import Phase
from tests.conversations.owner import MORNING, Owner

OWNERS = "Pembeli nggak baca deskripsi"


def at_health(journey_map: JourneyMap, *, days: int = 0) -> Owner:
    """Return an owner at the health screen of a map, some days later."""
    owner = Owner.at_review()
    owner.journey_map = replace(journey_map, id=owner.the_map.id)
    owner.minutes += days * 24 * 60
    owner.chooses("health")
    return owner


def at_standing(journey_map: JourneyMap) -> Owner:
    """Return an owner at the list of complaints of a map."""
    owner = at_health(all_guessed())
    owner.chooses("heal.only_guesses")
    owner.journey_map = replace(journey_map, id=owner.the_map.id)
    owner.replies = ()
    return owner


def the_finished_map() -> JourneyMap:
    return Owner.finished().the_map


def healthy_map() -> JourneyMap:
    """Return a finished map without a mistake."""
    journey_map = the_finished_map()
    first, *others = journey_map.stages
    first = replace(
        first,
        feelings=(Feeling("kesal", 1),),
        pains=(Entry("Nggak tahu ada toko ini", standing=Standing.CUSTOMER),),
        opportunities=(Entry("Pasang spanduk"),),
    )
    others[0] = replace(others[0], feelings=(Feeling("senang", 5),))
    return replace(journey_map, stages=(first, *others))


def with_pains(journey_map: JourneyMap, number: int, pains: Iterable[Entry]) -> JourneyMap:
    stage = journey_map.stages[number - 1]
    return journey_map.with_stage(stage.with_entries(Element.PAINS, pains))


def problems(owner: Owner) -> tuple[str, ...]:
    """Return the mistakes that have a button on the screen."""
    return tuple(option.removeprefix("heal.") for option in owner.offered if option.startswith("heal."))


def spoken_of(owner: Owner, name: str) -> Key:
    """Return the sentence of that name that stands above the question."""
    (question,) = (reply for reply in owner.replies if isinstance(reply, Question))
    return next(words for words in question.lead if isinstance(words, Key) and words.name == name)


def test_it_is_a_tap_away_from_the_review_and_from_the_end() -> None:
    """And going back leads where the owner came from."""
    for owner, before in ((Owner.at_review(), StepId.REVIEW), (Owner.finished(), StepId.DONE)):
        owner.chooses("health")
        owner.stands_at(StepId.HEALTH)
        owner.chooses(BACK)
        owner.stands_at(before)


def test_looking_changes_nothing() -> None:
    """A finished map stays finished."""
    owner = Owner.finished()
    known = owner.the_map

    owner.chooses("health", BACK)

    assert owner.the_map == known


def test_it_says_how_many_are_fine_and_why_the_others_matter() -> None:
    """The number, what is fine in one line, a sentence and a button for each mistake."""
    owner = at_health(replace(healthy_map(), goal=None, status=Status.OPEN))

    assert owner.told == ("health.score", "health.fine", "health.no_goal", "ask.health")
    assert spoken_of(owner, "health.score").parameters == {"fine": 9, "total": 10}
    fine = spoken_of(owner, "health.fine").parameters
    assert [name for name, is_fine in fine.items() if not is_fine] == [Check.NO_GOAL]
    assert problems(owner) == ("no_goal",)


def test_a_healthy_map_gets_a_warm_word() -> None:
    """Nothing to repair, no button but back."""
    owner = at_health(healthy_map())

    assert owner.told == ("health.all_fine", "ask.health")
    assert owner.offered == (BACK,)


def test_a_map_in_which_everything_was_skipped() -> None:
    """It is told what it lacks, and what can't be wrong yet is not held against it."""
    owner = Owner.sick()

    assert problems(owner) == (
        *("no_persona", "no_goal", "bare_stage"),
        *("ends_at_sale", "missing_feeling", "no_action"),
    )


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("no_persona", StepId.PERSONA_NAME),
        ("no_goal", StepId.GOAL),
        ("bare_stage", StepId.TOUCHPOINTS),
        ("ends_at_sale", StepId.TOUCHPOINTS),
        ("missing_feeling", StepId.FEELINGS),
        ("no_action", StepId.OPPORTUNITIES),
    ],
)
def test_a_mistake_leads_to_its_question_and_the_answer_back(problem: str, step: StepId) -> None:
    """One tap there, one tap for the answer, and the owner sees what is left."""
    owner = Owner.sick()

    owner.chooses(f"heal.{problem}")
    owner.stands_at(step)
    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.HEALTH)
    assert problem not in problems(owner) or problem in ("bare_stage", "missing_feeling")


@pytest.mark.parametrize("problem", ["no_persona", "no_goal", "bare_stage", "missing_feeling", "no_action"])
def test_going_back_from_a_repair_repairs_nothing(problem: str) -> None:
    """Kembali leads to the health screen, and the map is as it was."""
    owner = Owner.sick()
    known, listed = owner.the_map, problems(owner)

    owner.chooses(f"heal.{problem}", BACK)

    owner.stands_at(StepId.HEALTH)
    assert owner.the_map == known
    assert problems(owner) == listed


def test_stage_by_stage_until_nothing_is_bare() -> None:
    """The button always leads to the next hole; at the end it is gone."""
    owner = Owner.sick()
    asked = []

    while "bare_stage" in problems(owner):
        owner.chooses("heal.bare_stage")
        asked.append(owner.session.cell)
        owner.chooses(owner.offered[0])

    assert [(cell.step, cell.stage) for cell in asked] == [
        (element, stage.id) for stage in owner.the_map.stages for element in ("touchpoints", "pains")
    ]


def test_a_map_that_ends_at_the_sale_gets_its_missing_stage() -> None:
    """The stages after the sale are named, one is a tap away, and it is asked about in one go."""
    owner = at_health(
        replace(healthy_map(), preset=None, status=Status.OPEN, stages=healthy_map().stages[:3])
    )

    owner.chooses("heal.ends_at_sale")
    owner.stands_at(StepId.STAGE_ADD)
    assert owner.told[0] == "lead.after_sale"
    owner.chooses(Phase.TERIMA, "use")
    owner.stands_at(StepId.TOUCHPOINTS, stage=4)
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.FEELINGS, stage=4)
    owner.chooses(owner.offered[0])
    owner.stands_at(StepId.PAINS, stage=4)
    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ()


def test_what_is_put_off_in_a_new_stage_leads_back_too() -> None:
    """Skipping its questions ends at the health screen, which says what is missing."""
    owner = at_health(
        replace(healthy_map(), preset=None, status=Status.OPEN, stages=healthy_map().stages[:3])
    )

    owner.chooses("heal.ends_at_sale", Phase.TERIMA, "use", SKIP, SKIP, SKIP)

    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ("bare_stage", "ends_at_sale", "missing_feeling")


def test_eight_stages_before_the_sale_lead_to_the_list() -> None:
    """A ninth doesn't fit: one of the eight has to become another part or go."""
    stages = tuple(
        replace(healthy_map().stages[number % 3], id=f"s{number}") for number in range(1, STAGES + 1)
    )
    owner = at_health(replace(healthy_map(), preset=None, status=Status.OPEN, stages=stages))

    owner.chooses("heal.ends_at_sale")

    owner.stands_at(StepId.STAGES)
    assert "add" not in owner.offered
    owner.chooses("use")
    owner.stands_at(StepId.HEALTH)


def test_an_owners_own_words_are_asked_back_once_and_replaced() -> None:
    """The sentence is quoted with the question from the customer's side; the answer takes its place."""
    told = with_pains(healthy_map(), 3, (Entry("Ongkirnya mahal"), Entry(OWNERS)))
    owner = at_health(replace(told, status=Status.OPEN))

    owner.chooses("heal.owners_words")
    owner.stands_at(StepId.PAINS, stage=3)
    assert spoken_of(owner, "lead.ask_back").parameters == {
        "text": OWNERS,
        "ask": "Info mana yang susah mereka temukan atau pahami?",
    }
    owner.types("Ukuran gelasnya nggak ketemu")

    assert owner.told[0] == "lead.corrected"
    owner.stands_at(StepId.HEALTH)
    assert owner.texts(3, Element.PAINS) == ("Ongkirnya mahal", "Ukuran gelasnya nggak ketemu")
    assert problems(owner) == ()


def test_the_ask_back_survives_a_restart() -> None:
    """The stored session still knows which words the answer replaces."""
    owner = at_health(replace(with_pains(healthy_map(), 3, (Entry(OWNERS),)), status=Status.OPEN))
    owner.chooses("heal.owners_words")

    owner.session = load_session(dump_session(owner.session))
    owner.types("Harga totalnya nggak kelihatan")

    assert owner.texts(3, Element.PAINS) == ("Harga totalnya nggak kelihatan",)


def test_an_owner_who_insists_is_not_refused() -> None:
    """The words may be kept; one tap says that a customer did say them, and they are not doubted again."""
    owner = at_health(replace(with_pains(healthy_map(), 3, (Entry(OWNERS),)), status=Status.OPEN))
    owner.chooses("heal.owners_words", KEEP)
    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ("owners_words",)

    owner.chooses("theirs")

    assert owner.stage(3).pains == (Entry(OWNERS, standing=Standing.CUSTOMER),)
    assert problems(owner) == ()


def test_a_full_cell_takes_the_answer_in_the_old_place() -> None:
    """Six complaints, one of them replaced, are six; what doesn't fit is said to be left out."""
    pains = (Entry(OWNERS), *(Entry(f"Keluhan {number}") for number in range(5)))
    owner = at_health(replace(with_pains(healthy_map(), 3, pains), status=Status.OPEN))
    owner.chooses("heal.owners_words")

    owner.types("Ukurannya nggak ada\nFotonya gelap")

    assert owner.told[:2] == ("lead.corrected", "lead.cell_full")
    assert owner.texts(3, Element.PAINS)[4:] == ("Keluhan 4", "Ukurannya nggak ada")


def test_an_answer_finds_no_room_when_others_took_it() -> None:
    """Unticked in the meantime and filled up otherwise: the owner is told, and nothing is lost."""
    pains = (Entry(OWNERS), *(Entry(f"Keluhan {number}") for number in range(5)))
    owner = at_health(replace(with_pains(healthy_map(), 3, pains), status=Status.OPEN))
    owner.chooses("heal.owners_words", "own.0", owner_chips(owner)[0])
    known = owner.the_map

    owner.types("Ukurannya nggak ada")

    assert owner.told[0] == "lead.cell_full"
    assert owner.the_map == known


def owner_chips(owner: Owner) -> tuple[str, ...]:
    """Return the ready complaints of the stage where people buy."""
    stage = owner.stage(3)
    chips = owner.interview.knowledge.chips_for(Element.PAINS, stage.phases, owner.the_map.shop.business)
    return tuple(chip.id for chip in chips)


def all_guessed() -> JourneyMap:
    journey_map = replace(healthy_map(), status=Status.OPEN)
    for number in range(1, len(journey_map.stages) + 1):
        journey_map = with_pains(journey_map, number, (Entry("Lama"), Entry(f"Mahal {number}")))
    return journey_map


def test_complaints_are_marked_as_customers_words() -> None:
    """A tick is a word of a customer, a second tap a guess again; Selesai leads back."""
    owner = at_health(all_guessed())
    assert problems(owner) == ("only_guesses",)

    owner.chooses("heal.only_guesses", "said.s2.1")
    assert owner.ticked == ("said.s2.1",)
    assert owner.stage(2).pains[1] == Entry("Mahal 2", standing=Standing.CUSTOMER)
    owner.chooses("said.s2.1")
    assert owner.ticked == ()
    assert DONE not in owner.offered
    owner.chooses("said.s1.0", DONE)

    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ()


def test_the_list_of_complaints_has_pages() -> None:
    """Eight on a page; a tick further back stays on its page."""
    owner = at_health(all_guessed())

    owner.chooses("heal.only_guesses", "!page.1", "said.s6.1")

    assert owner.ticked == ("said.s6.1",)
    assert owner.offered[:4] == ("said.s5.0", "said.s5.1", "said.s6.0", "said.s6.1")
    owner.chooses(BACK)
    owner.stands_at(StepId.HEALTH)


def test_what_is_backed_by_evidence_needs_no_tick() -> None:
    """It is left out of the list, so that no tap makes it less than it is."""
    shown = (Entry("Bocor", standing=Standing.EVIDENCE), Entry("Lama"))
    owner = at_standing(with_pains(all_guessed(), 1, shown))

    assert "said.s1.0" not in owner.offered
    owner.chooses("said.s1.1")
    assert owner.stage(1).pains[0].standing is Standing.EVIDENCE


def test_an_old_map_is_called_right_in_one_tap() -> None:
    """It counts as looked through today, and a finished map stays finished."""
    owner = at_health(healthy_map(), days=FRESH_FOR.days + 1)
    known = owner.the_map
    assert problems(owner) == ("outdated",)

    owner.chooses("heal.outdated")

    assert owner.told == ("lead.still_right", "health.all_fine", "ask.health")
    assert owner.the_map == replace(known, changed=MORNING + timedelta(minutes=owner.minutes))
    assert owner.the_map.status is Status.FINISHED


def test_an_old_map_can_be_gone_through() -> None:
    """The review is a tap away."""
    owner = at_health(healthy_map(), days=FRESH_FOR.days + 1)

    owner.chooses("edit")

    owner.stands_at(StepId.REVIEW)


def test_a_repair_opens_a_finished_map() -> None:
    """A changed map is finished anew, and back leads where that is done."""
    owner = at_health(replace(healthy_map(), goal=None))

    owner.chooses("heal.no_goal", owner_goal(owner), BACK)

    assert owner.the_map.status is Status.OPEN
    owner.stands_at(StepId.REVIEW)


def owner_goal(owner: Owner) -> str:
    """Return the first chip that answers the question for the goal."""
    return owner.interview.knowledge.goals[0].id


def test_an_old_button_is_inert() -> None:
    """A tap on a repair of an older message changes nothing and says so."""
    owner = Owner.sick()
    revision = owner.session.revision
    owner.chooses("heal.no_goal")
    session, journey_map = owner.session, owner.the_map

    owner.taps_old("heal.no_persona", revision=revision)

    assert owner.told == ("toast.twice",)
    assert (owner.session, owner.journey_map) == (session, journey_map)


def test_commands_come_back_to_it() -> None:
    """A side trip returns to the same screen."""
    owner = Owner.sick()
    listed = owner.offered

    owner.commands(Command.LANGUAGE)
    owner.chooses("lang.en")

    owner.stands_at(StepId.HEALTH)
    assert owner.offered == listed


@pytest.mark.parametrize("step", [StepId.HEALTH, StepId.STANDING])
def test_a_map_without_stages_goes_to_its_first_gap(step: StepId) -> None:
    """A place left behind by another release is no dead end."""
    started = JourneyMap("m", Language.ID, MORNING, MORNING)
    lost = replace(Owner().session, map_id="m", step=step)

    assert repaired(lost, started).step is StepId.BUSINESS


def test_a_map_whose_complaints_are_gone_has_a_way_back() -> None:
    """The list of complaints is empty, says so, and leads back."""
    owner = at_standing(replace(healthy_map(), stages=(Stage("s1", "Beli", (Phase.BELI,)),)))

    assert owner.question.key == Key("ask.standing", {"count": 0})
    assert owner.offered == (BACK,)
