"""What must be true of the knowledge as a whole, beyond each row by itself."""

from journey.knowledge.places import BrokenKnowledge
from journey.knowledge.values import Knowledge

CHIP_ID_LENGTH = 48
"""Telegram: callback_data is at most 64 bytes; revision and verb take the rest."""


def check_ids(knowledge: Knowledge) -> None:
    """Raise when an id is there twice or too long for a button."""
    seen: set[str] = set()
    chips = (
        *(chip.id for found in knowledge.chips.values() for chip in found),
        *(chip.id for found in knowledge.persona_chips.values() for chip in found),
        *(chip.id for chip in knowledge.goals),
        *(feeling.id for feeling in knowledge.feelings),
        *(remedy.id for remedy in knowledge.remedies),
    )
    for chip_id in chips:
        if chip_id in seen:
            raise BrokenKnowledge(f"the id {chip_id!r} is there twice")
        if len(chip_id.encode()) > CHIP_ID_LENGTH or not chip_id.isascii():
            raise BrokenKnowledge(f"the id {chip_id!r} must be ASCII of at most {CHIP_ID_LENGTH} bytes")
        seen.add(chip_id)


def check_sources(knowledge: Knowledge) -> None:
    """Raise when a source code is used that sources.toml doesn't resolve."""
    for used in (
        *(facts.source for facts in knowledge.phases.values()),
        *(remedy.source for remedy in knowledge.remedies),
    ):
        for code in used.split(","):
            if code not in knowledge.sources:
                raise BrokenKnowledge(f"the source {code!r} is not in sources.toml")
