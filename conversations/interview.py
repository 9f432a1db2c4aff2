"""The interview as one table: every step, what it accepts, which part of the map it writes, where it leads.

``docs/interview.md`` is drawn from this table. Words are found by a step's id in the catalogues.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from conversations.answers import Answer, Entries, Feelings, Line, Menu, Names, Pick
from conversations.steps import StepId
from journey import limits
from journey.model import Element, PersonaField


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table.

    ``optional`` steps can be skipped and are offered again at the end. ``leads`` names the steps an answer
    can lead to in order; going back, commands and edits from the review are possible everywhere besides.
    ``side`` screens are shown before a question and leave it as it was.
    """

    id: StepId
    answer: Answer
    leads: tuple[StepId, ...] = ()
    optional: bool = False
    side: bool = False


_END = (StepId.LEFTOVERS, StepId.REVIEW)
_STAGE_START = (StepId.ACTIONS, StepId.TOUCHPOINTS)
_FOLLOWUPS = (StepId.ASK_BACK, StepId.MEANING, StepId.IDEA)
_AFTER_NEWS = (StepId.ASK_BACK, StepId.MEANING)
_AFTER_PAINS = (StepId.OPPORTUNITIES, *_STAGE_START, *_END)
_DONE_WHAT = (StepId.ACTION_FEELING, StepId.ACTION_STAGE)
_AFTER_DEED = (StepId.TIPS, StepId.ACTION_DUE)
_PERSONA_LINE = Line(limits.PERSONA_FIELD_LENGTH)

_ROWS = (
    Step(StepId.WELCOME, Menu(), (StepId.BUSINESS, StepId.SPEED, StepId.EXAMPLE), side=True),
    Step(StepId.BUSINESS, Pick(), (StepId.SHOP_NAME,)),
    Step(StepId.SHOP_NAME, Line(limits.SHOP_NAME_LENGTH), (StepId.SPEED,)),
    Step(StepId.SPEED, Pick(), (StepId.GOAL,)),
    Step(StepId.GOAL, Line(limits.GOAL_LENGTH), (StepId.PERSONA_NAME,), optional=True),
    Step(
        StepId.PERSONA_NAME,
        Line(limits.PERSONA_NAME_LENGTH),
        (StepId.PERSONA_WHO, StepId.PERSONA_TENURE),
        optional=True,
    ),
    Step(StepId.PERSONA_WHO, _PERSONA_LINE, (StepId.PERSONA_AGE,), optional=True),
    Step(StepId.PERSONA_AGE, _PERSONA_LINE, (StepId.PERSONA_TENURE,), optional=True),
    Step(StepId.PERSONA_TENURE, _PERSONA_LINE, (StepId.PERSONA_GOAL,), optional=True),
    Step(StepId.PERSONA_GOAL, _PERSONA_LINE, (StepId.PERSONA_MOTIVATION, StepId.PRESET), optional=True),
    Step(StepId.PERSONA_MOTIVATION, _PERSONA_LINE, (StepId.PERSONA_NEEDS,), optional=True),
    Step(StepId.PERSONA_NEEDS, _PERSONA_LINE, (StepId.PERSONA_WORRY,), optional=True),
    Step(StepId.PERSONA_WORRY, _PERSONA_LINE, (StepId.PERSONA_HABITS,), optional=True),
    Step(StepId.PERSONA_HABITS, _PERSONA_LINE, (StepId.PRESET,), optional=True),
    Step(StepId.PRESET, Pick(), (*_STAGE_START, StepId.STAGE_ADD, StepId.STAGES, StepId.PRESET_SURE)),
    Step(StepId.PRESET_SURE, Menu(), (*_STAGE_START, *_END)),
    Step(StepId.STAGE_ADD, Names(limits.STAGE_NAME_LENGTH), (StepId.STAGES,)),
    Step(StepId.STAGES, Menu(), (StepId.STAGE_ADD, StepId.STAGE_EDIT, *_STAGE_START, *_END)),
    Step(
        StepId.STAGE_EDIT,
        Menu(),
        (StepId.STAGE_RENAME, StepId.STAGE_PHASE, StepId.STAGE_REMOVE, StepId.STAGES),
    ),
    Step(StepId.STAGE_RENAME, Line(limits.STAGE_NAME_LENGTH), (StepId.STAGE_EDIT,)),
    Step(StepId.STAGE_PHASE, Pick(), (StepId.STAGE_EDIT,)),
    Step(StepId.STAGE_REMOVE, Menu(), (StepId.STAGES, StepId.STAGE_EDIT)),
    Step(StepId.ACTIONS, Entries(Element.ACTIONS), (StepId.TOUCHPOINTS,), optional=True),
    Step(
        StepId.TOUCHPOINTS,
        Entries(Element.TOUCHPOINTS),
        (StepId.THOUGHTS, StepId.FEELINGS),
        optional=True,
    ),
    Step(StepId.THOUGHTS, Entries(Element.THOUGHTS), (StepId.ASK_BACK, StepId.FEELINGS), optional=True),
    Step(StepId.FEELINGS, Feelings(), (StepId.FEELING_SCORE, StepId.PAINS), optional=True),
    Step(StepId.FEELING_SCORE, Pick(), (StepId.FEELINGS, StepId.PAINS)),
    Step(
        StepId.PAINS,
        Entries(Element.PAINS),
        (*_FOLLOWUPS, *_AFTER_PAINS),
        optional=True,
    ),
    Step(
        StepId.ASK_BACK,
        Entries(Element.PAINS),
        (StepId.MEANING, StepId.IDEA, StepId.THOUGHTS, StepId.FEELINGS, StepId.PAINS, *_AFTER_PAINS),
    ),
    Step(StepId.MEANING, Entries(Element.PAINS), (StepId.IDEA, StepId.PAINS, *_AFTER_PAINS)),
    Step(StepId.IDEA, Entries(Element.OPPORTUNITIES), (StepId.PAINS, *_AFTER_PAINS)),
    Step(StepId.OPPORTUNITIES, Entries(Element.OPPORTUNITIES), (*_STAGE_START, *_END), optional=True),
    Step(StepId.LEFTOVERS, Menu(), (StepId.REVIEW,)),
    Step(
        StepId.REVIEW,
        Menu(),
        (
            StepId.REVIEW_SHOP,
            StepId.REVIEW_PERSONA,
            StepId.REVIEW_STAGE,
            StepId.STAGES,
            StepId.FINISH_SURE,
            StepId.DONE,
            StepId.HEALTH,
            StepId.DRAFTS,
        ),
    ),
    Step(StepId.REVIEW_SHOP, Menu(), (StepId.REVIEW, StepId.TITLE)),
    Step(StepId.REVIEW_PERSONA, Menu(), (StepId.REVIEW,)),
    Step(StepId.REVIEW_STAGE, Menu(), (StepId.REVIEW, StepId.REVIEW_CELL, StepId.DRAFTS)),
    Step(
        StepId.REVIEW_CELL,
        Menu(),
        (StepId.ENTRY, StepId.FEELING_SCORE, *(StepId(element) for element in Element)),
    ),
    Step(
        StepId.ENTRY,
        Menu(),
        (
            *(StepId.ENTRY_EDIT, StepId.ENTRY_MOVE, StepId.EVIDENCE_DROP),
            *(StepId.REVIEW_CELL, StepId.REVIEW_STAGE),
        ),
    ),
    Step(StepId.ENTRY_EDIT, Line(limits.ENTRY_LENGTH), (StepId.ENTRY_SCORE, StepId.ENTRY)),
    Step(StepId.ENTRY_SCORE, Pick(), (StepId.ENTRY,)),
    Step(StepId.ENTRY_MOVE, Menu(), (StepId.REVIEW_CELL, StepId.REVIEW_STAGE)),
    Step(StepId.EVIDENCE_DROP, Menu(), (StepId.ENTRY,)),
    Step(StepId.TITLE, Line(limits.TITLE_LENGTH), (StepId.REVIEW_SHOP,)),
    Step(StepId.FINISH_SURE, Menu(), (StepId.DONE, StepId.REVIEW)),
    Step(
        StepId.DONE,
        Menu(),
        (
            StepId.SHAPES,
            StepId.VERSIONS,
            StepId.HEALTH,
            StepId.DRAFTS,
            StepId.CHECK_IN_MENU,
            StepId.REVIEW,
            StepId.BUSINESS,
            StepId.SPEED,
            *_STAGE_START,
        ),
    ),
    Step(StepId.SHAPES, Menu()),
    Step(StepId.VERSIONS, Menu()),
    Step(StepId.HEALTH, Menu(), (StepId.STANDING, StepId.STAGE_ADD, StepId.STAGES, StepId.REVIEW)),
    Step(StepId.STANDING, Menu(), (StepId.HEALTH,)),
    Step(StepId.DRAFTS, Menu(), (StepId.DRAFT,)),
    Step(StepId.DRAFT, Menu()),
    Step(StepId.CHECK_IN_MENU, Menu(), (StepId.CHECK_IN, StepId.CHECK_IN_NEWS, StepId.DONE)),
    Step(StepId.CHECK_IN, Menu(), (StepId.CHECK_IN_NEWS,)),
    Step(
        StepId.CHECK_IN_NEWS,
        Entries(Element.PAINS),
        (StepId.CHECK_IN_WHERE, StepId.CHECK_IN_PAIN, *_AFTER_NEWS, StepId.DONE),
    ),
    Step(StepId.CHECK_IN_WHERE, Entries(Element.PAINS), (StepId.CHECK_IN_NEWS, *_AFTER_NEWS)),
    Step(StepId.CHECK_IN_PAIN, Entries(Element.PAINS), (StepId.CHECK_IN_NEWS, *_AFTER_NEWS)),
    Step(StepId.LANGUAGE, Pick(), side=True),
    Step(StepId.MAPS, Menu(), (StepId.MAP_MENU, StepId.ARCHIVE, StepId.RESTORE), side=True),
    Step(StepId.ARCHIVE, Menu(), (StepId.MAP_MENU, StepId.MAPS), side=True),
    Step(StepId.UNFINISHED, Menu(), (StepId.MAPS,), side=True),
    Step(
        StepId.MAP_MENU,
        Menu(),
        (
            StepId.MAP_RENAME,
            StepId.PERSONA_NAME,
            StepId.ERASE_MAP,
            StepId.MAPS,
            StepId.SHARE,
            StepId.CHECK_IN,
        ),
        side=True,
    ),
    Step(StepId.MAP_RENAME, Line(limits.TITLE_LENGTH), (StepId.MAP_MENU,), side=True),
    Step(StepId.SHARE, Menu(), (StepId.SHARE_STAGE, StepId.SHARE_TERM, StepId.SHARE_LINK), side=True),
    Step(StepId.SHARE_STAGE, Menu(), (StepId.SHARE_TERM,), side=True),
    Step(StepId.SHARE_TERM, Pick(), (StepId.SHARE_LINK,), side=True),
    Step(StepId.SHARE_LINK, Menu(), (StepId.SHARE,), side=True),
    Step(StepId.EXAMPLE, Menu(), (StepId.REVIEW,), side=True),
    Step(StepId.FEEDBACK, Line(1000), side=True),
    Step(StepId.EXPORTS, Menu(), side=True),
    Step(StepId.IMPORT, Menu(), side=True),
    Step(StepId.EVIDENCE, Menu(), (StepId.EVIDENCE_ENTRY,), side=True),
    Step(StepId.EVIDENCE_ENTRY, Menu(), (StepId.EVIDENCE,), side=True),
    Step(StepId.TIPS, Menu(), (StepId.TIP, StepId.UNCLEAR, StepId.ACTION_OWN), side=True),
    Step(StepId.TIP, Menu(), (StepId.TIPS, StepId.ACTION_DATE, *_DONE_WHAT), side=True),
    Step(StepId.UNCLEAR, Menu(), (StepId.TIPS,), side=True),
    Step(StepId.KEEP_WORDS, Menu(), (StepId.ACTION_OWN,), side=True),
    Step(StepId.ACTION_OWN, Line(limits.ENTRY_LENGTH), (StepId.ACTION_DATE, StepId.TIPS), side=True),
    Step(StepId.ACTION_DATE, Line(limits.ENTRY_LENGTH), _AFTER_DEED, side=True),
    Step(StepId.ACTION_STAGE, Menu(), (StepId.ACTION_FEELING, *_AFTER_DEED), side=True),
    Step(StepId.ACTION_FEELING, Menu(), (StepId.ACTION_PAIN, StepId.ACTION_KEPT, *_AFTER_DEED), side=True),
    Step(StepId.ACTION_PAIN, Menu(), (StepId.ACTION_KEPT, *_AFTER_DEED), side=True),
    Step(StepId.ACTION_KEPT, Menu(), _AFTER_DEED, side=True),
    Step(StepId.PRIVACY, Menu(), (StepId.ERASE,), side=True),
    Step(StepId.ERASE, Menu(), (StepId.ERASE_MAP, StepId.ERASE_ALL, StepId.RESTORE), side=True),
    Step(StepId.ERASE_MAP, Menu(), (StepId.RESTORE,), side=True),
    Step(StepId.ERASE_ALL, Menu(), (StepId.LEAVING,), side=True),
    Step(StepId.RESTORE, Menu(), side=True),
    Step(StepId.LEAVING, Menu(), (StepId.WELCOME,), side=True),
    Step(StepId.RETENTION, Menu(), side=True),
    Step(StepId.NUDGE, Menu(), side=True),
    Step(StepId.ACTION_DUE, Menu(), (StepId.ACTION_DATE, *_DONE_WHAT), side=True),
    Step(StepId.REMINDERS, Menu(), side=True),
    Step(StepId.SEASONS, Menu(), (StepId.SEASON,), side=True),
    Step(StepId.SEASON, Menu(), (StepId.SEASON_DRAFT, StepId.SEASONS), side=True),
    Step(StepId.SEASON_DRAFT, Menu(), (StepId.SEASON,), side=True),
    Step(StepId.SEASON_COMES, Menu(), (StepId.SEASON_DRAFT,), side=True),
    Step(StepId.CHECK_IN_DUE, Menu(), (StepId.CHECK_IN,), side=True),
)

TABLE: Mapping[StepId, Step] = MappingProxyType({step.id: step for step in _ROWS})
"""All steps by id, in the order of a full interview."""

PERSONA_STEPS: Mapping[StepId, PersonaField] = MappingProxyType(
    {StepId(f"persona_{field}"): field for field in PersonaField}
)
"""The steps that ask for a field of the persona."""

ELEMENT_STEPS: Mapping[StepId, Element] = MappingProxyType({StepId(element): element for element in Element})
"""The steps that ask for an element of a stage."""

CAN_BE_EMPTIED = frozenset({*PERSONA_STEPS, StepId.GOAL, StepId.TITLE})
"""The lines that may say nothing (any more); a shop always has a name and a line of business."""


def takes_words(screen: StepId) -> bool:
    """Tell whether what a screen asks can be answered in one's own words."""
    return not isinstance(TABLE[screen].answer, Menu | Pick)
