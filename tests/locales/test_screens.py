"""Every screen of the interview in both languages, as Telegram would read it."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from conversations import entries, evidence, reminders, sharing, words
from conversations.attachments import Attachment, EvidenceKind, Offered
from conversations.commands import Command
from conversations.events import DeletedMap, MapSummary, Occasion, Share, VersionSummary
from conversations.interview import ELEMENT_STEPS, TABLE
from conversations.replies import Key, Note, Question
from conversations.schedule import Reminder, ReminderKind
from conversations.session import CheckingIn, Consent, Deed, Session
from conversations.steps import StepId
from journey.entries import Spot, with_evidence
from journey.gaps import gaps
from journey.limits import ENTRY_LENGTH, PLANNED_AT_ONCE, SHARES_PER_MAP, VERSIONS_PER_MAP
from journey.model import Element, Entry, JourneyMap, Language, Plan, PlanState, Speed, Stage, Status
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
LATER = MORNING + timedelta(days=30)
NEEDS_DATE = {StepId.LEAVING, StepId.RETENTION}
PENDING = {
    StepId.FEELING_SCORE: wide(40),
    StepId.PRESET_SURE: "seed000",
    StepId.DRAFT: "holiday",
    StepId.REVIEW_CELL: "pains",
    StepId.ENTRY: "pains.0",
    StepId.ENTRY_EDIT: "opportunities.5",
    StepId.ENTRY_SCORE: f"feelings.0.{wide(40)}",
    StepId.ENTRY_MOVE: "thoughts.1",
    StepId.EVIDENCE_DROP: "pains.1",
}
NEEDS_SEASON = {StepId.SEASON, StepId.SEASON_DRAFT, StepId.SEASON_COMES}
SHARED = {StepId.SHARE_TERM: "s1", StepId.SHARE_LINK: "t1" * 11}
PIECE = Attachment(EvidenceKind.WORDS, caption=wide(40))
OWN = {
    StepId.ACTION_DATE: PlanState.PLANNED,
    StepId.ACTION_FEELING: PlanState.DONE,
    StepId.ACTION_STAGE: PlanState.DONE,
    StepId.ACTION_PAIN: PlanState.DONE,
}
TODAY = MORNING.date()
DUE = Reminder(ReminderKind.ACTION, MORNING, "long", TODAY.isoformat())
NEEDS_RETURN = {StepId.DRAFTS, StepId.DRAFT}
LONGEST = {1: LONGEST_BUTTON, 2: SIDE_BY_SIDE, 3: THREE_SIDE_BY_SIDE, 5: FIVE_SIDE_BY_SIDE}
"""How long the labels may be of buttons that share a row; four of them never do."""


def with_evidence_everywhere(journey_map: JourneyMap) -> JourneyMap:
    """Return the map in which every entry has some, and room for more."""
    for stage, element in product(journey_map.stages, Element):
        if element is not Element.FEELINGS:
            for place in range(len(stage.entries(element))):
                spot = Spot(stage.id, element, place)
                journey_map = with_evidence(journey_map, spot, (f"{stage.id}{element}{place}-1", "e-2"))
    return journey_map


def maps(language: Language) -> dict[str, JourneyMap | None]:
    """Return maps that make a screen show much, little and nothing."""
    full = with_evidence_everywhere(largest_map(language=language))
    emptied = tuple(Stage(stage.id, stage.name, stage.phases) for stage in full.stages)
    finished = replace(full, status=Status.FINISHED, finished=MORNING)
    return {
        "full": full,
        "quick": replace(full, speed=Speed.QUICK, stages=emptied),
        "finished": finished,
        "new": JourneyMap("new", language, MORNING, MORNING),
        "none": None,
    }


def links_to(journey_map: JourneyMap) -> tuple[Share, ...]:
    """Return as many links as there may be: to the whole map, to a stage, and to one that is gone."""
    stages = (None, "s1", "gone", "s1", None)
    return tuple(
        Share(f"t{number}" * 11, journey_map.id, stage, MORNING, LATER, opened=1000 * number)
        for number, stage in enumerate(stages[:SHARES_PER_MAP])
    )


def _reminder(step: StepId, journey_map: JourneyMap | None) -> Reminder:
    """Return a reminder that the screen may be about."""
    if step is StepId.ACTION_DUE:
        return replace(DUE, map_id=journey_map.id if journey_map else "m3")
    if step is StepId.CHECK_IN_DUE:
        return Reminder(ReminderKind.CHECK_IN, MORNING, "m3")
    kind = ReminderKind.SEASON if step in NEEDS_SEASON else ReminderKind.UNFINISHED
    return Reminder(kind, MORNING, None if step in NEEDS_SEASON else "m3")


def asked(step: StepId, journey_map: JourneyMap | None, language: Language, shelf: bool) -> Question:
    side = step if TABLE[step].side else None
    if journey_map is not None:
        planned = (Plan(wide(ENTRY_LENGTH), OWN.get(step, PlanState.PLANNED), MORNING, due=TODAY),) * 3
        journey_map = replace(journey_map, plans=planned if step in OWN or step is StepId.ACTION_DUE else ())
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
        picked=None if step in sharing.SCREENS and journey_map else "m3",
        share=SHARED.get(step),
        erases=MORNING if step in NEEDS_DATE else None,
        tip="orders" if step is StepId.SEASON_DRAFT else None,
        season="natal.2026" if step in NEEDS_SEASON else None,
        reminder=_reminder(step, journey_map) if step in reminders.SCREENS else None,
        offered=Offered((PIECE,) * (3 if shelf else 1), "s1") if step in evidence.SCREENS else None,
        deed=Deed(0, "s1"),
        checkin=CheckingIn(journey_map.id, MORNING) if journey_map else None,
        just_said=(wide(ENTRY_LENGTH),) * 6 if step is StepId.CHECK_IN_WHERE else (),
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
    if journey_map is not None:
        links = links_to(journey_map) if shelf else ()
        occasion = replace(occasion, shares=links, address=f"https://t.me/{'b' * 32}?start=")
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
    tips = Key(
        "ask.tips",
        {"open": 9, "count": 9, "declined": 9, "planned": 3, "most": 3, "unclear": 3, "overdue": True},
    )
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
        Key("visit.own", {"stage": wide(40), "finished": False, "changed": MORNING}),
        Key(
            "visit.shown",
            {
                "shop": wide(60),
                "title": "",
                "stage": wide(40),
                "finished": False,
                "changed": MORNING,
            },
        ),
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
