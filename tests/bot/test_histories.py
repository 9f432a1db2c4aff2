"""Two versions on their way from the database to the chat: drawn, told, drawn again, never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from bot import drawings as module
from bot.content import load_content
from bot.histories import comparison_wish, latest_of, versions_of
from bot.wishes import Wish, put_wish, read_wish
from conversations.events import VersionSummary
from conversations.requests import CompareVersions, Drawing
from conversations.schedule import Zone
from conversations.session import Deed, Session, dump_session
from conversations.steps import StepId
from conversations.turns import beside
from journey.document import dump_map
from journey.model import Entry, JourneyMap, Language, Plan, PlanState, Status
from sandbox.markup import from_html
from storage.transactions import Transaction
from tests.bot.faketime import START
from tests.bot.flaky import FlakyDatabase
from tests.bot.studio import OWNER, FailingRoom, Studio
from tests.drawers import PlainRoom

OTHER = 8
LATER = START + timedelta(days=40)
CONTENT = load_content()


def finished(journey_map: JourneyMap, **changes: object) -> JourneyMap:
    """Return the map as it was finished, with changes."""
    done = replace(journey_map, status=Status.FINISHED, finished=START)
    return replace(done, **changes)  # type: ignore[arg-type]  # fields of a map


def later_version(journey_map: JourneyMap) -> JourneyMap:
    """Return the map forty days on, with one complaint fewer."""
    first = replace(journey_map.stages[0], pains=())
    return finished(journey_map.with_stage(first), finished=LATER)


async def keeps(database: FlakyDatabase, *versions: JourneyMap) -> None:
    """Store an owner with a map and its versions, the last one being the map as it is."""
    session = Session(OWNER, Language.ID, map_id=versions[-1].id)

    def store(transaction: Transaction) -> None:
        transaction.owners.save(OWNER, dump_session(session), expected=None, now=START)
        transaction.maps.save(OWNER, dump_map(versions[-1]), START)
        for number, version in enumerate(versions, start=1):
            transaction.versions.keep(OWNER, number, dump_map(version), version.finished or START)

    await database.write(store)


def wish_of(a_map: JourneyMap) -> Wish:
    return Wish(Drawing.COMPARISON, Language.ID, later_version(a_map), before=finished(a_map))


async def draws(studio: Studio, wish: Wish) -> None:
    await studio.database.write(lambda kept: put_wish(kept, OWNER, wish, studio.time.now()))
    studio.drawings.wake()


def test_a_wish_survives_a_restart(a_map: JourneyMap) -> None:
    """Both versions and both dates are in its payload; other times are not."""
    wish = wish_of(a_map)

    read = read_wish(wish.payload())

    assert read.before is not None
    assert (read.before.finished, read.journey_map.finished) == (START, LATER)
    assert read.before.stages == a_map.stages
    assert read.payload() == wish.payload()
    assert read_wish(replace(wish, zone=Zone.WITA).payload()).zone is Zone.WITA
    moved = replace(wish, journey_map=replace(wish.journey_map, changed=LATER))
    assert moved.payload() == wish.payload()


async def test_two_comparisons_asked_for_at_once_both_come(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The second tap asks for another picture; the same tap twice for one."""
    between = finished(a_map, finished=START + timedelta(days=20))
    versions = (finished(a_map), between, later_version(a_map))
    await keeps(database, *versions)
    wishes = [Wish(Drawing.COMPARISON, Language.ID, versions[-1], before=before) for before in versions[:2]]

    for wish in (*wishes, wishes[0]):
        await database.write(lambda kept, wish=wish: put_wish(kept, OWNER, wish, START))  # type: ignore[misc]

    jobs = await database.read(lambda kept: kept.jobs.due(START, 9))
    assert [read_wish(job.payload).before for job in jobs] == [read_wish(w.payload()).before for w in wishes]


async def test_versions_are_summed_up_by_map(database: FlakyDatabase, a_map: JourneyMap) -> None:
    """Those of the maps asked for, and nobody else's."""
    await keeps(database, finished(a_map), later_version(a_map))

    found = await database.read(lambda kept: versions_of(kept, OWNER, a_map.id, None, a_map.id, "m9"))
    strange = await database.read(lambda kept: versions_of(kept, OTHER, a_map.id))

    assert found == (VersionSummary(a_map.id, 1, START), VersionSummary(a_map.id, 2, LATER))
    assert strange == ()


@pytest.mark.parametrize(
    ("step", "option", "known"),
    [
        (StepId.REVIEW, "finish", True),
        (StepId.FINISH_SURE, "anyway", True),
        (StepId.REVIEW, "stages", False),
        (StepId.DONE, "finish", False),
    ],
)
async def test_the_latest_version_is_read_where_the_map_is_finished(
    database: FlakyDatabase, a_map: JourneyMap, step: StepId, option: str, known: bool
) -> None:
    """Nowhere else is it needed."""
    versions = (finished(a_map), later_version(a_map))
    await keeps(database, *versions)
    session = Session(OWNER, Language.ID, map_id=a_map.id, step=step)

    latest = await database.read(
        lambda kept: latest_of(kept, session, option, versions_of(kept, OWNER, a_map.id))
    )

    assert latest == (versions[1] if known else None)


@pytest.mark.parametrize("finished_before", [True, False])
async def test_the_latest_version_is_read_where_an_action_was_carried_out(
    database: FlakyDatabase, a_map: JourneyMap, finished_before: bool
) -> None:
    """Whatever an owner does in the midst of these questions, or on a side trip from them, may end them."""
    await keeps(database, finished(a_map))
    deed = Deed(0, "s1", StepId.DONE, finished_before)
    asked = Session(OWNER, Language.ID, map_id=a_map.id, side=StepId.ACTION_FEELING, deed=deed)
    away = beside(asked, StepId.PRIVACY)

    for session in (asked, away):
        latest = await database.read(
            lambda kept, session=session: latest_of(kept, session, "", versions_of(kept, OWNER, a_map.id))  # type: ignore[misc]
        )
        assert latest == (finished(a_map) if finished_before else None)


async def test_a_comparison_is_said_in_the_language_of_the_chat(
    database: FlakyDatabase, a_map: JourneyMap
) -> None:
    """Chips of either version are translated; what was carried out since counts, too."""
    chip = next(iter(CONTENT.knowledge.goals))
    before = finished(a_map, goal=Entry(chip.text.say(Language.ID), chip.id))
    await keeps(database, before, later_version(a_map))
    plan = Plan("Kasih resi", PlanState.DONE, LATER)
    now = replace(later_version(a_map), plans=(plan,))
    await database.write(lambda kept: kept.maps.save(OWNER, dump_map(now), LATER))

    def wanted(
        language: Language, map_id: str = a_map.id, owner: int = OWNER
    ) -> Callable[[Transaction], Wish | None]:
        asked = CompareVersions(map_id, 1, 2)
        return lambda kept: comparison_wish(kept, owner, asked, language, CONTENT.knowledge)

    wish = await database.read(wanted(Language.EN))

    assert wish is not None
    assert wish.before is not None
    assert (wish.drawing, wish.language) == (Drawing.COMPARISON, Language.EN)
    assert wish.before.goal == Entry(chip.text.say(Language.EN), chip.id)
    assert wish.journey_map.plans == (plan,)
    assert await database.read(wanted(Language.ID, "m9")) is None
    assert await database.read(wanted(Language.ID, owner=OTHER)) is None


async def test_the_picture_comes_with_the_words(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """One picture with its caption, then what changed, then the question."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await draws(studio, wish_of(a_map))
        await studio.drawings.idle()

    picture, words = await studio.queued()
    assert picture.method == "sendPhoto"
    assert "Beres (1)" in str(picture.params["caption"])
    assert "Keluhan: satu beres, nol baru" in from_html(str(words.params["text"])).text
    assert studio.asked_again == [OWNER]


@pytest.mark.parametrize(
    ("zone", "day"), [(None, "1 Mar 2026"), (Zone.WIB, "1 Mar 2026"), (Zone.WIT, "2 Mar 2026")]
)
async def test_days_are_those_where_the_owner_lives(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, zone: Zone | None, day: str
) -> None:
    """Half past four in London: still the same evening in Jakarta, past midnight in Jayapura."""
    late = finished(a_map, finished=datetime(2026, 3, 1, 16, 30, tzinfo=UTC))
    wish = replace(wish_of(a_map), before=late, zone=zone)
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await draws(studio, wish)
        await studio.drawings.idle()

    picture, words = await studio.queued()
    assert day in str(picture.params["caption"])
    assert f"\n{day[0]} Maret 2026 →" in from_html(str(words.params["text"])).text


async def test_a_lost_picture_comes_again_without_the_words(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """They stand in the chat already."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await draws(studio, wish_of(a_map))
        await studio.drawings.idle()
        await studio.loses()
        await studio.drawings.idle()

    calls = await studio.queued()
    assert [bool(call.pictures) for call in calls] == [False, True]


async def test_what_cannot_be_drawn_is_told(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kind word, then what changed; not the whole map."""
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)
    studio = Studio(database, telegram, FailingRoom(2))
    async with studio.open():
        await draws(studio, wish_of(a_map))
        await studio.drawings.idle()

    texts = [from_html(str(call.params["text"])).text for call in await studio.queued()]
    assert "gagal dibuat" in texts[0]
    assert texts[1].startswith("🔀 Sebelum–sesudah")
    assert len(texts) == 2
