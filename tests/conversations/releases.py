"""Other releases of the interview, and what has to hold when one goes on with what another stored."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

import pytest

from conversations import session as sessions
from conversations.interview import TABLE
from conversations.steps import StepId
from journey import gaps
from journey.model import Element, JourneyMap, PersonaField


@dataclass(frozen=True, slots=True)
class Release:
    """An interview that asks quick maps otherwise; ``without`` are steps it has never heard of."""

    name: str
    fields: tuple[PersonaField, ...] = gaps.QUICK_PERSONA
    elements: tuple[Element, ...] = gaps.QUICK_ELEMENTS
    without: frozenset[StepId] = frozenset()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the interview be this one's for the length of the block."""
        altered = MappingProxyType({step: row for step, row in TABLE.items() if step not in self.without})
        loaded = [module for name, module in sys.modules.items() if name.startswith("conversations")]
        with pytest.MonkeyPatch.context() as patch:
            for module in loaded:
                if getattr(module, "TABLE", None) is TABLE:
                    patch.setattr(module, "TABLE", altered)
            patch.setattr(gaps, "QUICK_PERSONA", self.fields)
            patch.setattr(gaps, "QUICK_ELEMENTS", self.elements)
            known = sessions.known
            patch.setattr(
                sessions,
                "known",
                lambda kind, value: None if value in self.without else known(kind, value),
            )
            yield


_NAME, _TENURE, _GOAL = gaps.QUICK_PERSONA
_MET, _FELT, _PAINED = gaps.QUICK_ELEMENTS
TODAY = Release("today")
OTHERS = (
    Release("a step added in the middle", elements=(_MET, Element.THOUGHTS, _FELT, _PAINED)),
    Release("a step added at the beginning", fields=(PersonaField.WHO, _NAME, _TENURE, _GOAL)),
    Release("a step removed", elements=(_MET, _PAINED)),
    Release("a step removed and forgotten", (_NAME, _GOAL), without=frozenset({StepId.PERSONA_TENURE})),
    Release("two steps swapped", (_TENURE, _NAME, _GOAL), (_PAINED, _FELT, _MET)),
    Release(
        "before there were followups, drafts, health and versions",
        without=frozenset(
            {
                *(StepId.ASK_BACK, StepId.MEANING, StepId.IDEA, StepId.DRAFTS, StepId.DRAFT),
                *(StepId.HEALTH, StepId.STANDING, StepId.VERSIONS, StepId.SHAPES, StepId.EXPORTS),
                *(StepId.TIPS, StepId.TIP, StepId.UNCLEAR, StepId.KEEP_WORDS, StepId.MAP_MENU),
                *(StepId.REVIEW_CELL, StepId.ENTRY, StepId.ENTRY_EDIT, StepId.ENTRY_MOVE, StepId.ARCHIVE),
            }
        ),
    ),
)


def words_of(journey_map: JourneyMap) -> list[str]:
    """Return everything an owner said in a map, in no order."""
    persona = (journey_map.persona.field(field) for field in PersonaField)
    entries = (
        entry for stage in journey_map.stages for element in Element for entry in stage.entries(element)
    )
    said = [entry.text for entry in (*persona, journey_map.goal, *entries) if entry is not None]
    shop = [journey_map.shop.name] if journey_map.shop.name else []
    return sorted([*said, *shop, *(stage.name for stage in journey_map.stages)])
