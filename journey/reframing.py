"""Notice when an owner answers from their own side of the counter."""

from journey.knowledge import Knowledge, Reframing
from journey.wording import respelled


def reframing_for(text: str, knowledge: Knowledge) -> Reframing | None:
    """Return the reframing whose cue stands in the text as whole words, or None for a customer's words.

    Of several cues the one that is said first decides.
    """
    said = f" {respelled(text, knowledge.spellings)} "
    places = {
        place: reframing
        for reframing in reversed(knowledge.reframings)
        for cue in reframing.cues
        if (place := said.find(f" {cue} ")) >= 0
    }
    return places[min(places)] if places else None
