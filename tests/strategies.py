"""What Hypothesis draws: legal maps in many scripts, places in the conversation, and what owners do."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from hypothesis import strategies as st

from conversations.commands import Command
from conversations.events import (
    Chose,
    Commanded,
    Corrected,
    Courtesy,
    Event,
    Greeted,
    Medium,
    Received,
    Sent,
    Typed,
)
from conversations.schedule import Reminder, ReminderKind
from conversations.session import CheckingIn, Consent, Session, Typing, WordsAnswer
from conversations.steps import StepId
from journey import gaps, limits
from journey.mapfile import Flaw, Unreadable
from journey.model import (
    Business,
    Cell,
    CheckIn,
    Element,
    Entry,
    Feeling,
    JourneyMap,
    Language,
    Meaning,
    Persona,
    PersonaField,
    Plan,
    PlanState,
    Shop,
    Speed,
    Stage,
    StageScore,
    Standing,
    Status,
)
from journey.phases import Phase
from journey.presets import Preset
from journey.reading import Fault
from journey.wording import clean_line
from tests.content import the_interview, the_knowledge

_PIECES = (
    "ribet",
    "adminnya jutek banget",
    "pembeli nggak baca deskripsi",
    "kopi",
    "harganya",
    "nggak jelas",
    "mempertanggungjawabkan",
    "50%",
    "“aman”",
    "user-friendly",
    "<b>x</b>",
    "&amp;",
    r"$\frac{1}{2}$",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇮🇩",
    "☕",
    "السلام",
    "产品",
    "ꦏꦶꦭꦤ꧀",
    "ราคาไม่แพง",
    "हिन्दी",
    "é́́́",
    "Wwwwwwwwwwwwwwwwwwwwwwww",
    "1.",
    "-",
    ",",
    ";",
    "\n",
)
_TROUBLE = (
    "\x00",
    "\x07",
    "\u202e",
    "\u2066",
    "\ud800",
    "\u3164",
    "\u2800",
    "\u200b",
    "\u200d",
    "\ufe0f",
    "\u0301",
    "\u00ad",
    "\ufeff",
    "\U000e0041",
)
_RETURNS = (StepId.REVIEW, StepId.LEFTOVERS, StepId.HEALTH, StepId.REVIEW_CELL, StepId.CHECK_IN_NEWS)
_SPOTS = ("pains", "pains.0", "feelings.1", "feelings.0.senang", "thoughts.9", "pains.x", "pains.1.2")


def typed_words() -> st.SearchStrategy[str]:
    """Return what owners type: words, lists, scripts, nothing, too much, what pasting brings along."""
    sentence = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map(" ".join)
    listed = st.lists(st.sampled_from(_PIECES), min_size=2, max_size=9)
    return st.one_of(
        sentence,
        st.text(max_size=40),
        listed.map("\n".join),
        listed.map(", ".join),
        listed.map(lambda items: "\n".join(f"{place}. {item}" for place, item in enumerate(items, start=1))),
        st.lists(st.sampled_from((*_PIECES, *_TROUBLE)), max_size=6).map("".join),
        st.sampled_from(("", " ", "-", ",", ";;", "1.", "\u3164", "x" * 41, "x" * 281, "kata " * 300)),
    )


def words(longest: int) -> st.SearchStrategy[str]:
    """Return legal stored words: cleaned, never empty, at most ``longest`` characters."""

    def cut(text: str) -> str:
        return clean_line(clean_line(text)[:longest])

    return typed_words().map(cut).filter(bool)


def entries(longest: int = limits.ENTRY_LENGTH) -> st.SearchStrategy[Entry]:
    """Return something an owner said."""
    chip = st.none() | st.sampled_from(("t.kopi.iklan_kopi", "g.more_buyers", "unknown.chip"))
    return st.builds(Entry, words(longest), chip, st.sampled_from(Standing))


def feelings() -> st.SearchStrategy[Feeling]:
    """Return a feeling of the list or of the owner's own."""
    score = st.integers(limits.LOWEST_SCORE, limits.HIGHEST_SCORE)
    return st.builds(Feeling, words(limits.FEELING_LENGTH), score, st.none() | st.just("f.kesal"))


@st.composite
def stages(draw: st.DrawFn, stage_id: str) -> Stage:
    """Draw a stage with up to six entries a cell and two feelings."""
    phases = draw(st.lists(st.sampled_from(Phase), min_size=1, max_size=3, unique=True))
    stage = Stage(
        id=stage_id,
        name=draw(words(limits.STAGE_NAME_LENGTH)),
        phases=tuple(phases),
        chip=draw(st.none() | st.just("umkm.kenal")),
        feelings=tuple(draw(st.lists(feelings(), max_size=limits.FEELINGS_PER_STAGE))),
    )
    for element in Element:
        if element is not Element.FEELINGS:
            stage = stage.with_entries(element, draw(st.lists(entries(), max_size=limits.ENTRIES_PER_CELL)))
    return stage


def plans() -> st.SearchStrategy[tuple[Plan, ...]]:
    """Return what an owner decided: about remedies we know, those of another release, and own words."""
    remedies = [remedy.id for remedy in the_knowledge().remedies]
    plan = st.builds(
        Plan,
        text=words(limits.ENTRY_LENGTH),
        state=st.sampled_from(PlanState),
        since=moments(),
        remedy=st.none() | st.sampled_from((*remedies, "unknown", "#0", "é" * 64)),
        stage=st.none() | st.sampled_from(("s1", "s9")),
        topic=st.none() | st.just("pengiriman_lama"),
    )
    return st.lists(plan, max_size=6).map(_one_a_remedy)


def _one_a_remedy(drawn: list[Plan]) -> tuple[Plan, ...]:
    latest = {plan.remedy or place: plan for place, plan in enumerate(drawn)}
    return tuple(latest.values())


def meanings() -> st.SearchStrategy[tuple[Meaning, ...]]:
    """Return what an owner meant: topics we know, one of another release, none of those offered."""
    topics = st.none() | st.sampled_from((*the_knowledge().topics, "unknown"))
    meaning = st.builds(Meaning, words(limits.ENTRY_LENGTH), topics)
    return st.lists(meaning, max_size=4, unique_by=lambda said: said.text).map(tuple)


def checkins() -> st.SearchStrategy[tuple[CheckIn, ...]]:
    """Return how customers felt: of stages that are there and of some that are gone, in any order."""
    score = st.builds(
        StageScore,
        stage=st.sampled_from(("s1", "s2", "s8", "gone")),
        phase=st.sampled_from(Phase),
        score=st.integers(2 * limits.LOWEST_SCORE, 2 * limits.HIGHEST_SCORE).map(lambda doubled: doubled / 2),
    )
    scores = st.lists(score, min_size=1, max_size=4, unique_by=lambda one: one.stage).map(tuple)
    return st.lists(st.builds(CheckIn, moments(), scores), max_size=4).map(tuple)


def moments() -> st.SearchStrategy[datetime]:
    """Return times to the microsecond, in UTC."""
    return st.datetimes(
        min_value=datetime(2026, 1, 1), max_value=datetime(2036, 1, 1), timezones=st.just(UTC)
    )


@st.composite
def journey_maps(draw: st.DrawFn, *, most_stages: int = limits.STAGES) -> JourneyMap:
    """Draw any legal map: 1 to 8 stages, every field there or not."""
    drawn = tuple(draw(stages(f"s{place}")) for place in range(1, draw(st.integers(1, most_stages)) + 1))
    persona = Persona()
    for field in PersonaField:
        longest = limits.PERSONA_NAME_LENGTH if field is PersonaField.NAME else limits.PERSONA_FIELD_LENGTH
        persona = persona.with_field(field, draw(st.none() | entries(longest)))
    journey_map = JourneyMap(
        id=draw(st.from_regex(r"[0-9a-z]{1,26}", fullmatch=True)),
        language=draw(st.sampled_from(Language)),
        created=draw(moments()),
        changed=draw(moments()),
        speed=draw(st.none() | st.sampled_from(Speed)),
        title=draw(st.none() | words(limits.TITLE_LENGTH)),
        shop=Shop(
            draw(st.none() | st.sampled_from(Business)), draw(st.none() | words(limits.SHOP_NAME_LENGTH))
        ),
        goal=draw(st.none() | entries(limits.GOAL_LENGTH)),
        persona=persona,
        preset=draw(st.none() | st.sampled_from(Preset).map(str)),
        stages=drawn,
        plans=draw(plans()),
        meanings=draw(meanings()),
        checkins=draw(checkins()),
    )
    return draw(_with_state(journey_map))


@st.composite
def _with_state(draw: st.DrawFn, journey_map: JourneyMap) -> JourneyMap:
    """Draw what was skipped and accepted; a finished map has no other gaps."""
    cells = st.frozensets(st.sampled_from(gaps.questions(journey_map)), max_size=6)
    finished = draw(st.none() | moments())
    accepted = frozenset(gaps.gaps(journey_map)) if finished else draw(cells)
    return JourneyMap(
        **{
            **{name: getattr(journey_map, name) for name in JourneyMap.__slots__},
            "status": Status.FINISHED if finished else Status.OPEN,
            "finished": finished,
            "skipped": draw(cells),
            "accepted": accepted,
        }
    )


@st.composite
def sessions(draw: st.DrawFn, journey_map: JourneyMap | None = None) -> Session:
    """Draw any place in the conversation, as another release may have left it, impossible ones too."""
    stage_ids = st.none() | st.sampled_from([f"s{place}" for place in range(1, 10)])
    pains = [pain.text for stage in journey_map.stages for pain in stage.pains] if journey_map else []
    said = st.sampled_from(pains or ["ribet"])
    typing = st.builds(
        Typing,
        message_id=st.integers(1, 9),
        step=st.sampled_from(StepId),
        stage=stage_ids,
        texts=st.lists(words(40), min_size=1, max_size=3).map(tuple),
    )
    return Session(
        owner=draw(st.integers(1, 2**52)),
        language=draw(st.sampled_from(Language)),
        revision=draw(st.integers(1, 10**6)),
        consent=draw(st.none() | st.builds(Consent, st.just("2026-11"), moments())),
        shop=Shop(draw(st.none() | st.sampled_from(Business)), draw(st.none() | words(60))),
        map_id=draw(st.sampled_from((journey_map.id, None, "gone") if journey_map else (None, "gone"))),
        step=draw(st.sampled_from(StepId)),
        stage=draw(stage_ids),
        side=draw(st.none() | st.sampled_from(StepId)),
        returns=draw(st.none() | st.sampled_from(_RETURNS)),
        several=draw(st.booleans()),
        page=draw(st.integers(0, 9)),
        misses=draw(st.integers(0, 9)),
        pending=draw(st.none() | words(40) | st.sampled_from((*map(str, Preset), *_SPOTS)) | said),
        tip=draw(st.none() | st.sampled_from(("#0", "#9", "r.gone", the_knowledge().remedies[0].id)) | said),
        just_said=draw(st.lists(words(40) | said, max_size=3).map(tuple)),
        picked=draw(st.sampled_from((None, "gone", journey_map.id if journey_map else "m1"))),
        typings=draw(st.lists(typing, max_size=3).map(tuple)),
        words=draw(st.none() | words_answers()),
        imported=draw(st.none() | sent_maps()),
        erases=draw(st.none() | moments()),
        reminder=draw(st.none() | reminders()),
        checkin=draw(st.none() | checking(journey_map)),
    )


def reminders() -> st.SearchStrategy[Reminder]:
    """Return what may be on the screen of a reminder."""
    return st.builds(Reminder, st.sampled_from(ReminderKind), moments(), st.sampled_from(("gone", "m1")))


def checking(journey_map: JourneyMap | None) -> st.SearchStrategy[CheckingIn]:
    """Return a check-in under way: of this map or of another, with stages that may be gone."""
    ids = st.sampled_from(("gone", journey_map.id if journey_map else "m1"))
    asked = st.lists(st.sampled_from(("s1", "s2", "s9")), max_size=3).map(tuple)
    return st.builds(CheckingIn, ids, moments(), asked)


def words_answers() -> st.SearchStrategy[WordsAnswer]:
    """Return what an owner said about keeping unknown words."""
    consent = st.none() | st.builds(Consent, st.just("2026-11"), moments())
    digests = st.lists(st.from_regex(r"[0-9a-f]{12}", fullmatch=True), max_size=3).map(tuple)
    return st.builds(WordsAnswer, refused=st.booleans(), consent=consent, kept=digests)


def events() -> st.SearchStrategy[Event]:
    """Return what can happen in a chat without looking at the screen."""
    revision = st.none() | st.integers(0, 10**6)
    return st.one_of(
        st.builds(Commanded, st.sampled_from(Command), st.just("") | typed_words()),
        st.builds(Chose, forged_options(), revision),
        st.builds(Typed, typed_words(), st.integers(1, 9)),
        st.builds(Corrected, typed_words(), st.integers(1, 9)),
        st.builds(Greeted, st.sampled_from(Courtesy)),
        st.builds(Sent, st.sampled_from(Medium)),
        st.builds(Received, files()),
    )


def files() -> st.SearchStrategy[JourneyMap | Unreadable]:
    """Return what a file that was sent can be: a map, or none for any reason."""
    place = st.sampled_from(("", "title", "stages[2].pains[0].text", "shop.x y", "plans", "a[b].[]"))
    broken = st.builds(
        Unreadable,
        flaw=st.sampled_from(Flaw),
        reason=st.just("is none"),
        place=place,
        fault=st.none() | st.sampled_from(Fault),
        most=st.integers(0, 280),
        found=st.sampled_from(("", "312", "x y", "<b>")),
    )
    return sent_maps() | broken


def sent_maps() -> st.SearchStrategy[JourneyMap]:
    """Return maps that a file can hold: of both languages, empty, finished, with a stage of a strange id."""
    return st.sampled_from(_sent_maps())


@cache
def _sent_maps() -> tuple[JourneyMap, ...]:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    shown = [the_interview().example.as_map(language, id="sent", now=now) for language in Language]
    finished = replace(shown[0], status=Status.FINISHED)
    strange = replace(shown[0], stages=(replace(shown[0].stages[0], id="☕" * 16),))
    empty = JourneyMap("empty", Language.ID, now, now)
    return (*shown, finished, strange, empty, replace(empty, status=Status.FINISHED))


def forged_options() -> st.SearchStrategy[str]:
    """Return ids of options that may belong to no screen."""
    steps = st.sampled_from(StepId).map(str)
    ids = st.sampled_from(
        (
            *("!back", "!skip", "!done", "!join", "!page.99", "!page.x", "begin", "erase_yes", "own.0"),
            *("undelete", "afresh", "take_out", "keep_data", "!hide", "restore.x"),
            *("score.9", "tip.#0", "tip.", "plan.planned", "plan.x", "take_back", "bring_back"),
            *("topic.harga_mahal", "topic.x", "not_that", "idea_use", "idea_edit", "unclear.0", "theirs"),
            *("words_keep", "words_leave", "words_ask_again", "words_stop"),
            *("exports", "xlsx", "csv", "json", "mermaid", "vector", "import_yes", "import_no"),
            *("!undo", "pick.m1", "map_rename", "map_copy", "map_archive", "map_erase", "keep_it", "maps"),
            *("felt.3", "felt.9", "felt.", "no_news", "check_now", "check_in_yes", "check_in_no", "trend"),
            *("map_check", "check_in_later", "stop_reminding"),
            *("entry.0", "entry_edit", "entry_move", "entry_remove", "add_entry", "archive"),
        )
    )
    named = st.sampled_from(("cell.", "fix.", "stage.", "map.", "restore.", "heal.", "said.", "")).flatmap(
        lambda prefix: steps.map(lambda step: f"{prefix}{step}.s1")
    )
    return st.one_of(ids, named, st.text(max_size=20))


def cells() -> st.SearchStrategy[Cell]:
    """Return any question of a map."""
    stage = st.none() | st.sampled_from(("s1", "s2"))
    return st.builds(Cell, st.sampled_from(StepId).map(str), stage)
