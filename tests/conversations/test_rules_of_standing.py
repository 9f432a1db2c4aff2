"""The rules of whose words a map is made of: the owner's side, guesses, and what customers said."""

from dataclasses import replace

from conversations.blocks import BACK, DONE, KEEP
from conversations.replies import Key
from conversations.session import dump_session, load_session
from conversations.steps import StepId
from journey.model import Element, Entry, Stage, Standing, Status
from journey.phases import Phase
from tests.conversations.owner import Owner
from tests.conversations.patients import (
    OWNERS,
    all_guessed,
    at_health,
    at_standing,
    healthy_map,
    problems,
    spoken_of,
    with_pains,
)

# The owner's own words.


def owner_chips(owner: Owner) -> tuple[str, ...]:
    """Return the ready complaints of the stage where people buy."""
    stage = owner.stage(3)
    chips = owner.interview.knowledge.chips_for(Element.PAINS, stage.phases, owner.the_map.shop.business)
    return tuple(chip.id for chip in chips)


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


# Complaints that customers did say.


def test_complaints_are_marked_as_customers_words() -> None:
    """A tick is a word of a customer; Selesai leads back, and the map is no longer all guesses."""
    owner = at_health(all_guessed())
    assert problems(owner) == ("only_guesses",)

    owner.chooses("heal.only_guesses", "said.s2.1")
    assert owner.ticked == ("said.s2.1",)
    owner.chooses(DONE)

    assert owner.stage(2).pains[1] == Entry("Mahal 2", standing=Standing.CUSTOMER)
    owner.stands_at(StepId.HEALTH)
    assert problems(owner) == ()


def test_a_second_tap_makes_it_a_guess_again() -> None:
    """Nothing is left of the tick, and there is nothing to be done with."""
    owner = at_health(all_guessed())
    known = owner.the_map.stages

    owner.chooses("heal.only_guesses", "said.s2.1", "said.s2.1")

    assert owner.the_map.stages == known
    assert owner.ticked == ()
    assert DONE not in owner.offered


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


def test_a_map_whose_complaints_are_gone_has_a_way_back() -> None:
    """The list of complaints is empty, says so, and leads back."""
    owner = at_standing(replace(healthy_map(), stages=(Stage("s1", "Beli", (Phase.BELI,)),)))

    assert owner.question.key == Key("ask.standing", {"count": 0})
    assert owner.offered == (BACK,)
