"""Sessions, and all that can happen to one, of every kind."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from hypothesis import strategies as st

from conversations.attachments import Attachment, EvidenceKind, Offered
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
    Reminded,
    Sent,
    Typed,
)
from conversations.schedule import Reminder, ReminderKind, Reminding, Zone
from conversations.session import CheckingIn, Consent, Deed, Session, Typing, Waiting, WordsAnswer
from conversations.steps import StepId
from conversations.turns import ABOUT_PLANS
from journey import limits
from journey.mapfile import Flaw, Unreadable
from journey.model import (
    Business,
    JourneyMap,
    Language,
    Shop,
    Status,
)
from journey.presets import Preset
from journey.reading import Fault
from tests.content import the_interview, the_knowledge
from tests.strategies import (
    moments,
    typed_words,
    words,
)

_RETURNS = (StepId.REVIEW, StepId.LEFTOVERS, StepId.HEALTH, StepId.REVIEW_CELL, StepId.CHECK_IN_NEWS)
_SPOTS = ("pains", "pains.0", "feelings.1", "feelings.0.senang", "thoughts.9", "pains.x", "pains.1.2")


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
        returns=draw(st.none() | st.sampled_from(_RETURNS) | st.sampled_from(StepId)),
        several=draw(st.booleans()),
        page=draw(st.integers(0, 9)),
        misses=draw(st.integers(0, 9)),
        pending=draw(st.none() | words(40) | st.sampled_from((*map(str, Preset), *_SPOTS)) | said),
        tip=draw(
            st.none()
            | st.sampled_from(("#0", "#9", "r.gone", "holiday", "orders", the_knowledge().remedies[0].id))
            | said
        ),
        just_said=draw(st.lists(words(40) | said, max_size=3).map(tuple)),
        picked=draw(st.sampled_from((None, "gone", journey_map.id if journey_map else "m1"))),
        typings=draw(st.lists(typing, max_size=3).map(tuple)),
        words=draw(st.none() | words_answers()),
        imported=draw(st.none() | sent_maps()),
        erases=draw(st.none() | moments()),
        reminding=draw(reminding()),
        reminder=draw(st.none() | reminders(journey_map)),
        season=draw(st.sampled_from((None, "eclipse.2027", "natal.2026", "twin_date.2027.9"))),
        share=draw(st.sampled_from((None, "s1", "s9", "token"))),
        offered=draw(st.none() | offers_of_evidence()),
        deed=draw(st.none() | deeds()),
        checkin=draw(st.none() | checking(journey_map)),
        waiting=draw(st.none() | questions_left(journey_map)),
    )


def reminding() -> st.SearchStrategy[Reminding]:
    """Return what an owner said about reminders."""
    kinds = st.frozensets(st.sampled_from(ReminderKind))
    zones = st.none() | st.sampled_from(Zone)
    return st.builds(Reminding, zone=zones, wanted=kinds, refused=kinds, asked=st.booleans())


def reminders(journey_map: JourneyMap | None = None) -> st.SearchStrategy[Reminder]:
    """Return what an owner can be reminded of: of the open map, of another, of a strange day."""
    days = st.dates(date(2026, 1, 1), date(2036, 1, 1)).map(date.isoformat)
    map_ids = st.sampled_from((None, "gone", journey_map.id if journey_map else "m1"))
    return st.builds(
        Reminder, st.sampled_from(ReminderKind), moments(), map_ids, days | st.just("x"), st.integers(0, 3)
    )


def deeds() -> st.SearchStrategy[Deed]:
    """Return which plan a question is about, of any state and of any stage."""
    stage = st.none() | st.sampled_from(("s1", "s9"))
    step = st.none() | st.sampled_from(StepId)
    return st.builds(Deed, st.integers(-1, 6), stage, step, st.booleans())


def questions_left(journey_map: JourneyMap | None = None) -> st.SearchStrategy[Waiting]:
    """Return which question a side trip led away from: about a plan, unless another release knows more."""
    side = st.sampled_from(sorted(ABOUT_PLANS)) | st.sampled_from(StepId)
    picked = st.sampled_from((None, "gone"))
    return st.builds(Waiting, side, st.none() | deeds(), st.none() | reminders(journey_map), picked)


def attachments() -> st.SearchStrategy[Attachment]:
    """Return what an owner sends or forwards: of every kind, with words of any kind or without."""
    kinds = st.sampled_from([kind for kind in EvidenceKind if kind is not EvidenceKind.WORDS])
    numbered = st.just("hubungi 0812-3456-7890 ya") | typed_words()
    file = st.builds(Attachment, kinds, st.sampled_from(("AgACAgUAAx", "BQAC")), st.just("") | numbered)
    return file | st.builds(Attachment, st.just(EvidenceKind.WORDS), st.just(""), numbered)


def offers_of_evidence() -> st.SearchStrategy[Offered]:
    """Return what waits to become evidence, for a stage that may be gone."""
    piece = st.builds(Attachment, st.sampled_from(EvidenceKind), st.just("AgAC"), words(40))
    pieces = st.lists(piece, min_size=1, max_size=limits.EVIDENCE_PER_ENTRY).map(tuple)
    return st.builds(Offered, pieces, st.sampled_from((None, "s1", "s9")), st.booleans())


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
        st.builds(Commanded, st.just(Command.START), st.sampled_from(("s_", "s_token", "s_" + "x" * 62))),
        st.builds(Chose, forged_options(), revision),
        st.builds(Typed, typed_words(), st.integers(1, 9)),
        st.builds(Corrected, typed_words(), st.integers(1, 9)),
        st.builds(Greeted, st.sampled_from(Courtesy)),
        st.builds(Sent, st.sampled_from(Medium), st.none() | attachments()),
        st.builds(Received, files()),
        st.builds(
            Reminded,
            reminders(),
            seen=moments(),
            unanswered=st.integers(0, 3),
            last=st.none() | moments(),
        ),
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
            *("stop_reminding", "remind.unfinished", "remind.season", "remind.x", "!zone.wit", "!zone.x"),
            *("undelete", "afresh", "take_out", "keep_data", "!hide", "restore.x"),
            *("score.9", "tip.#0", "tip.", "plan.planned", "plan.x", "take_back", "bring_back"),
            *("topic.harga_mahal", "topic.x", "not_that", "idea_use", "idea_edit", "unclear.0", "theirs"),
            *("words_keep", "words_leave", "words_ask_again", "words_stop"),
            *("exports", "xlsx", "csv", "json", "mermaid", "vector", "import_yes", "import_no"),
            *("!undo", "pick.m1", "map_rename", "map_copy", "map_archive", "map_erase", "keep_it", "maps"),
            *(
                "seasons",
                "season.natal.2026",
                "season.x",
                "season_yes",
                "season_no",
                "draft.orders",
                "draft.x",
            ),
            *("share", "share_map", "share_stage", "share_picture", "term.7", "link.token", "revoke"),
            *("own_action", "plan_day", "day.3", "day.none", "idea.s1.0", "feel_same", "act_later"),
            *("gone.0", "pain_still", "due_done", "due_later", "due_drop", "compare", "stage.s1"),
            *("felt.3", "felt.9", "felt.", "no_news", "check_now", "check_in_yes", "check_in_no", "trend"),
            *("map_check", "check_in_later", "stop_reminding"),
            *("entry.0", "entry_edit", "entry_move", "entry_remove", "add_entry", "archive"),
            *("evidence_no", "evidence_show", "evidence_drop", "backs.pains.0", "piece.0", "piece.all"),
        )
    )
    named = st.sampled_from(("cell.", "fix.", "stage.", "map.", "restore.", "heal.", "said.", "")).flatmap(
        lambda prefix: steps.map(lambda step: f"{prefix}{step}.s1")
    )
    return st.one_of(ids, named, st.text(max_size=20))
