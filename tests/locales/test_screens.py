"""Every screen of the interview in both languages, as Telegram would read it."""

import re
from dataclasses import replace

import pytest

from conversations import entries, words
from conversations.commands import Command
from conversations.events import DeletedMap, MapSummary, Occasion, VersionSummary
from conversations.interview import ELEMENT_STEPS, TABLE
from conversations.replies import Key, Note, Question
from conversations.schedule import Reminder, ReminderKind
from conversations.session import CheckingIn, Consent, Session
from conversations.steps import StepId
from journey.gaps import gaps
from journey.limits import ENTRY_LENGTH, PLANNED_AT_ONCE, VERSIONS_PER_MAP
from journey.model import Entry, JourneyMap, Language, Speed, Stage, Status
from locales.catalog import load_catalogs
from renderers.messages import (
    FIVE_SIDE_BY_SIDE,
    LONGEST_BUTTON,
    LONGEST_MESSAGE,
    SIDE_BY_SIDE,
    THREE_SIDE_BY_SIDE,
    Messages,
    utf16_length,
)
from sandbox.markup import from_html
from tests.content import the_interview, the_knowledge
from tests.conversations.owner import MORNING
from tests.journeys.test_long_maps import largest_map, wide

MESSAGES = Messages(load_catalogs(), the_knowledge())
SHELF = tuple(
    MapSummary(f"m{number}", wide(40), Status.OPEN, MORNING, wide(40), 8, 8) for number in range(20)
)
DELETED = tuple(DeletedMap(f"d{number}", wide(40), MORNING) for number in range(20))
NEEDS_STAGE = {
    *ELEMENT_STEPS,
    *(StepId.FEELING_SCORE, StepId.REVIEW_STAGE, StepId.CHECK_IN, StepId.CHECK_IN_PAIN),
    *(StepId.ASK_BACK, StepId.MEANING, StepId.IDEA),
    *entries.SCREENS,
    *(StepId.STAGE_EDIT, StepId.STAGE_RENAME, StepId.STAGE_PHASE, StepId.STAGE_REMOVE),
}
NEEDS_DATE = {StepId.LEAVING, StepId.RETENTION}
PENDING = {
    StepId.FEELING_SCORE: wide(40),
    StepId.PRESET_SURE: "seed_000",
    StepId.DRAFT: "holiday",
    StepId.REVIEW_CELL: "pains",
    StepId.ENTRY: "pains.0",
    StepId.ENTRY_EDIT: "opportunities.5",
    StepId.ENTRY_SCORE: f"feelings.0.{wide(40)}",
    StepId.ENTRY_MOVE: "thoughts.1",
}
NEEDS_RETURN = {StepId.DRAFTS, StepId.DRAFT}
LONGEST = {1: LONGEST_BUTTON, 2: SIDE_BY_SIDE, 3: THREE_SIDE_BY_SIDE, 5: FIVE_SIDE_BY_SIDE}
"""How long the labels may be of buttons that share a row; four of them never do."""


def maps(language: Language) -> dict[str, JourneyMap | None]:
    """Return maps that make a screen show much, little and nothing."""
    full = largest_map(language=language)
    emptied = tuple(Stage(stage.id, stage.name, stage.phases) for stage in full.stages)
    finished = replace(full, status=Status.FINISHED, finished=MORNING)
    return {
        "full": full,
        "quick": replace(full, speed=Speed.QUICK, stages=emptied),
        "finished": finished,
        "new": JourneyMap("new", language, MORNING, MORNING),
        "none": None,
    }


def asked(step: StepId, journey_map: JourneyMap | None, language: Language, shelf: bool) -> Question:
    side = step if TABLE[step].side else None
    session = Session(
        owner=1,
        language=language,
        consent=Consent("2026-11", MORNING) if shelf else None,
        map_id=journey_map.id if journey_map else None,
        step=StepId.WELCOME if side and journey_map is None else StepId.GOAL if side else step,
        stage="s1" if step in NEEDS_STAGE else None,
        side=side,
        returns=StepId.REVIEW if step in NEEDS_RETURN else None,
        pending=PENDING.get(step),
        picked="m3",
        erases=MORNING if step in NEEDS_DATE else None,
        checkin=CheckingIn(journey_map.id, MORNING) if journey_map else None,
        just_said=(wide(ENTRY_LENGTH),) * 6 if step is StepId.CHECK_IN_WHERE else (),
        reminder=Reminder(ReminderKind.CHECK_IN, MORNING, "m3") if step is StepId.CHECK_IN_DUE else None,
    )
    versions = (
        tuple(
            VersionSummary(journey_map.id, number, MORNING)
            for number in range(1, VERSIONS_PER_MAP + 1)
            if shelf
        )
        if journey_map
        else ()
    )
    occasion = Occasion(MORNING, "x", versions=versions)
    if shelf:
        occasion = replace(occasion, shelf=SHELF, deleted=DELETED, earlier_changed=MORNING)
    return the_interview().ask(session, journey_map, occasion)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", ["full", "quick", "finished", "new", "none"])
@pytest.mark.parametrize("step", list(StepId))
def test_a_screen_can_be_sent(step: StepId, kind: str, language: Language) -> None:
    """Balanced tags, at most 4096 units, buttons that fit their rows; no placeholder is left in it."""
    journey_map = maps(language)[kind]

    for shelf in (True, False):
        parts = MESSAGES.question(asked(step, journey_map, language, shelf), language)

        for part in parts:
            shown = from_html(part.html).text
            assert 0 < utf16_length(shown) <= LONGEST_MESSAGE
            assert "{{" not in shown
            assert "None" not in shown
        assert parts[-1].rows or step in (StepId.WELCOME,)
        for row in parts[-1].rows:
            longest = LONGEST[len(row)]
            assert all(0 < len(button.label) <= longest for button in row)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("offered", [1, words.OFFERED_AT_ONCE])
def test_words_to_be_kept_are_shown_whole(offered: int, language: Language) -> None:
    """Six of the longest fit one message below the list of suggestions and the three in hand."""
    shown = tuple(f"{number}{wide(ENTRY_LENGTH - 2)}" for number in range(offered))
    lead = Key("lead.hands_full", {"texts": (wide(40),) * PLANNED_AT_ONCE})
    tips = Key("ask.tips", {"open": 9, "count": 9, "declined": 9, "planned": 3, "most": 3, "unclear": 3})
    asking = Question(tips, 1, lead=(lead,), aside=Key("ask.keep_words", {"words": shown}))

    (message,) = MESSAGES.question(asking, language)

    text = from_html(message.html).text
    assert utf16_length(text) <= LONGEST_MESSAGE
    assert [words for words in shown if words not in text] == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("pembeli nggak baca deskripsi <b>" + "x" * 240, StepId.ASK_BACK),
        ("nunggu terus <b>", StepId.MEANING),
        ("adminnya jutek banget <b>", StepId.IDEA),
    ],
)
def test_a_question_after_typed_words_can_be_sent(words: str, step: StepId, language: Language) -> None:
    """It quotes what was typed as it stands, shortened when it is long, and its buttons fit their rows."""
    quick = replace(largest_map(language=language), speed=Speed.QUICK)
    first = replace(quick.stages[0], touchpoints=(), pains=(Entry(words),), opportunities=())
    journey_map = quick.with_stage(first)
    session = Session(
        owner=1, language=language, map_id=journey_map.id, step=step, stage=first.id, pending=words
    )

    question = the_interview().ask(session, journey_map, Occasion(MORNING, "x"))
    (message,) = MESSAGES.question(question, language)

    assert question.key.name == f"ask.{step}"
    shown = from_html(message.html).text
    assert words[:30] in shown
    assert utf16_length(shown) <= LONGEST_MESSAGE
    for row in message.rows:
        longest = LONGEST[len(row)]
        assert all(0 < len(button.label) <= longest for button in row)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "note",
    [
        Key("help.text"),
        Key("takeout.text"),
        Key("tips.no_pains"),
        Key("tips.no_map"),
        Key("share.no_map"),
        Key("share.text"),
        Key("erased.text"),
        Key("trouble.parked"),
        Key("trouble.drawing_failed"),
        Key("trouble.export_failed"),
        Key("explain.text"),
    ],
    ids=lambda key: key.name,
)
def test_a_note_can_be_sent(note: Key, language: Language) -> None:
    """Notes are one message with balanced tags."""
    (message,) = MESSAGES.note(Note(note), language)

    assert 0 < utf16_length(from_html(message.html).text) <= LONGEST_MESSAGE


@pytest.mark.parametrize("language", list(Language))
def test_commands_named_in_a_text_exist(language: Language) -> None:
    """Help and the other texts name commands that work, in their own language."""
    known = {f"/{command.value if language is Language.ID else command.english}" for command in Command}
    catalog = MESSAGES.catalogs[language]

    named = {
        found
        for key, source in catalog.sources.items()
        for found in re.findall(r"(?<![\w<])/[a-z]{3,}\b", source)
        if not key.startswith("picture.")
    }

    assert named - known == set()
    helped = from_html(catalog.html("help.text")).text
    assert {name for name in known if name not in helped} <= {"/start", "/bantuan", "/help"}


@pytest.mark.parametrize("language", list(Language))
def test_every_line_of_a_maps_text_closes_its_own_tags(language: Language) -> None:
    """So that the text can be cut between any two lines."""
    for line in MESSAGES.map_html(largest_map(language=language), language).split("\n"):
        from_html(line)


def test_a_largest_map_has_no_gap() -> None:
    """The map these tests show is as full as a map can be."""
    assert gaps(largest_map()) == ()
