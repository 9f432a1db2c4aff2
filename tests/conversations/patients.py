"""Maps with and without the known mistakes, and owners who look at how healthy they are."""

from collections.abc import Iterable
from dataclasses import replace

from conversations.replies import Key, Question
from journey.model import Element, Entry, Feeling, JourneyMap, Standing, Status
from tests.conversations.owner import Owner

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


def all_guessed() -> JourneyMap:
    journey_map = replace(healthy_map(), status=Status.OPEN)
    for number in range(1, len(journey_map.stages) + 1):
        journey_map = with_pains(journey_map, number, (Entry("Lama"), Entry(f"Mahal {number}")))
    return journey_map
