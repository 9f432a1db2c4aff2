"""What the trade knows: chips, examples, hints, topics and remedies, in both languages.

The data are the TOML files beside this module; ``docs/knowledge.md`` says how to add to them. The modules are
pure: ``parsing`` takes the parsed files, ``checks`` looks at the whole, ``values`` is what comes out.
"""

from journey.knowledge.checks import CHIP_ID_LENGTH
from journey.knowledge.parsing import LABEL_LENGTH, parse_knowledge
from journey.knowledge.places import BrokenKnowledge
from journey.knowledge.values import (
    Bilingual,
    BusinessFacts,
    Chip,
    Cost,
    Effort,
    ExampleCell,
    FeelingChip,
    Knowledge,
    PhaseFacts,
    Reframing,
    Remedy,
    Topic,
)

__all__ = [
    "CHIP_ID_LENGTH",
    "LABEL_LENGTH",
    "Bilingual",
    "BrokenKnowledge",
    "BusinessFacts",
    "Chip",
    "Cost",
    "Effort",
    "ExampleCell",
    "FeelingChip",
    "Knowledge",
    "PhaseFacts",
    "Reframing",
    "Remedy",
    "Topic",
    "parse_knowledge",
]
