"""The rules of choosing several, typing lists, and examples."""

import pytest

from conversations.blocks import DONE, EXAMPLE, JOIN, SEVERAL
from conversations.requests import KeepAnswer
from conversations.steps import StepId
from journey.limits import ENTRIES_PER_CELL
from journey.model import Element
from tests.conversations.owner import Owner, said_words

# Rule 6: several choices.


def test_one_tap_leads_on_in_a_quick_map() -> None:
    """In Kilat a chip is stored at once, and the next question comes."""
    owner = Owner.at_stages()

    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.FEELINGS, stage=1)
    assert len(owner.texts(1, Element.TOUCHPOINTS)) == 1


def test_several_chips_are_ticked_and_unticked() -> None:
    """With ticks the question stays until it is done; a second tap takes the tick away."""
    owner = Owner.at_stages()
    owner.chooses(SEVERAL)
    first, second, *_ = owner.offered

    owner.chooses(first, second, first)

    assert owner.ticked == (second,)
    owner.chooses(DONE)
    owner.stands_at(StepId.FEELINGS, stage=1)
    assert len(owner.texts(1, Element.TOUCHPOINTS)) == 1


def test_done_appears_with_the_first_tick() -> None:
    """Nothing chosen is nothing to be done with."""
    owner = Owner.at_stages("full")
    assert DONE not in owner.offered

    owner.chooses(owner.offered[0])

    assert DONE in owner.offered


def test_a_seventh_entry_is_refused_politely() -> None:
    """A cell holds six; the next tap says so and changes nothing."""
    owner = Owner.at_stages("full")
    seven = owner.offered[: ENTRIES_PER_CELL + 1]
    owner.chooses(*seven[:-1])
    before = owner.the_map

    owner.chooses(seven[-1])

    assert owner.the_map == before
    assert "toast.cell_full" in owner.told


def test_more_than_eight_chips_have_pages() -> None:
    """Eight chips a page; the pages together show each chip once."""
    owner = Owner.at_stages()
    seen = [option for option in owner.offered if option.startswith("t.")]
    assert len(seen) == 8
    page = 1
    while f"!page.{page}" in owner.offered:
        owner.chooses(f"!page.{page}")
        seen += [option for option in owner.offered if option.startswith("t.")]
        page += 1

    assert page > 1
    assert len(seen) == len(set(seen))


def test_own_words_become_a_chip_for_later_stages() -> None:
    """What was typed once is offered at the same question of the next stage."""
    owner = Owner.at_stages()
    owner.types("Grup arisan")
    owner.taps_first_chips(StepId.PAINS)
    owner.chooses(owner.offered[0])

    owner.stands_at(StepId.TOUCHPOINTS, stage=2)
    label = owner.buttons[0].label

    assert said_words(label) == "Grup arisan"
    owner.chooses("own.0")
    assert owner.texts(2, Element.TOUCHPOINTS) == ("Grup arisan",)


def test_an_own_feeling_is_offered_later_with_its_score() -> None:
    """An own word for a feeling becomes a chip, and keeps the score it was given."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0])
    owner.types("Deg-degan")
    owner.chooses("score.2")
    owner.chooses(owner.offered[0])
    owner.taps_first_chips(StepId.FEELINGS)

    owner.chooses("own.0")

    (feeling,) = owner.stage(2).feelings
    assert (feeling.text, feeling.score) == ("Deg-degan", 2)


def test_two_feelings_make_a_mean() -> None:
    """Excited and anxious at once: two feelings are kept, a third is refused."""
    owner = Owner.at_stages()
    owner.chooses(owner.offered[0], SEVERAL, "f.puas", "f.khawatir", "f.kesal")

    assert owner.texts(1, Element.FEELINGS) == ("Puas", "Khawatir")
    assert owner.stage(1).score == 3
    assert "toast.cell_full" in owner.told


# Rule 7: several items in one message.


@pytest.mark.parametrize(
    "text", ["Instagram\nTikTok\nSpanduk", "Instagram, TikTok, Spanduk", "1. Instagram 2. TikTok 3. Spanduk"]
)
def test_a_typed_list_becomes_entries_and_is_shown_back(text: str) -> None:
    """Lines, commas and numbers part entries; the question stays for a check."""
    owner = Owner.at_stages()

    owner.types(text)

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Instagram", "TikTok", "Spanduk")
    owner.stands_at(StepId.TOUCHPOINTS, stage=1)
    assert owner.told[0] == "lead.noted"
    owner.chooses(DONE)
    owner.stands_at(StepId.FEELINGS, stage=1)


def test_a_list_taken_apart_wrongly_is_joined_again() -> None:
    """One tap makes one entry of what was meant as one."""
    owner = Owner.at_stages()
    owner.types("Mahal, lama, ribet")

    owner.chooses(JOIN)

    assert owner.texts(1, Element.TOUCHPOINTS) == ("Mahal, lama, ribet",)
    assert JOIN not in owner.offered


def test_joining_into_a_full_cell_changes_nothing() -> None:
    """Parts that were unticked for six other chips don't come back as a seventh."""
    owner = Owner.at_stages()
    owner.types("Satu\nDua")
    owner.chooses("own.0", "own.0")
    owner.chooses(*[option for option in owner.offered if option.startswith("t.")][:ENTRIES_PER_CELL])
    before = owner.the_map

    owner.chooses(JOIN)

    assert owner.the_map == before
    assert owner.told[0] == "lead.cell_full"


def test_what_fits_of_a_long_list_is_kept_and_told() -> None:
    """Of eight lines six are kept; the owner is told which, and that the cell is full."""
    owner = Owner.at_stages()

    owner.types("\n".join(f"Tempat {number}" for number in range(8)))

    kept = tuple(f"Tempat {number}" for number in range(6))
    assert owner.texts(1, Element.TOUCHPOINTS) == kept
    assert owner.told[:2] == ("lead.noted", "lead.cell_full")
    assert KeepAnswer(StepId.TOUCHPOINTS, "s1", kept) in owner.requests


# Rule 8: the example.


def test_an_example_is_shown_and_never_filled_in() -> None:
    """Contoh tells an example and leaves map and question alone."""
    owner = Owner.at_stages("full")
    before = owner.the_map

    owner.chooses(EXAMPLE)

    assert owner.told[0] == "lead.example"
    assert owner.the_map == before
    owner.stands_at(StepId.ACTIONS, stage=1)
