"""What Hypothesis draws: legal maps in many scripts, places in the conversation, and what owners do."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from conversations.steps import StepId
from journey import gaps, limits
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
from journey.wording import clean_line
from tests.content import the_knowledge

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
    evidence = st.sampled_from(((), ("a-1",), ("a-1", "b c", "☕" * 40)))
    return st.builds(Entry, words(longest), chip, st.sampled_from(Standing), evidence)


def feelings() -> st.SearchStrategy[Feeling]:
    """Return a feeling of the list or of the owner's own."""
    score = st.integers(limits.LOWEST_SCORE, limits.HIGHEST_SCORE)
    chip = st.none() | st.sampled_from(("f.kesal", "f.unknown"))
    return st.builds(Feeling, words(limits.FEELING_LENGTH), score, chip)


@st.composite
def stages(draw: st.DrawFn, stage_id: str) -> Stage:
    """Draw a stage with up to six entries a cell and two feelings."""
    phases = draw(st.lists(st.sampled_from(Phase), min_size=1, max_size=3, unique=True))
    stage = Stage(
        id=stage_id,
        name=draw(words(limits.STAGE_NAME_LENGTH)),
        phases=tuple(phases),
        chip=draw(st.none() | st.sampled_from(("umkm.kenal", "umkm.unknown"))),
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
        due=st.none() | st.dates(date(2026, 1, 1), date(2036, 1, 1)),
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
    found = st.builds(CheckIn, moments(), scores)
    return st.lists(found, max_size=4, unique_by=lambda one: one.taken).map(tuple)


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


def cells() -> st.SearchStrategy[Cell]:
    """Return any question of a map."""
    stage = st.none() | st.sampled_from(("s1", "s2"))
    return st.builds(Cell, st.sampled_from(StepId).map(str), stage)
