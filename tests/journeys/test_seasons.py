"""A busy season through the real bot: looked at by hand, and reminded of ten days ahead."""

from datetime import UTC, datetime, timedelta

from conversations.schedule import ReminderKind
from conversations.steps import StepId
from journey.model import Language
from journey.seasons import AHEAD, Occurrence, next_to_announce
from storage.records import ReminderRow
from tests.chat import BUDI, House, Owner
from tests.content import the_seasons
from tests.journeys.conftest import BOTH
from tests.journeys.test_drafts import finishes

SEASONS = the_seasons()
JAKARTA = timedelta(hours=7)


def next_season() -> Occurrence:
    """Return the season that is announced next, from today on."""
    found = next_to_announce((datetime.now(UTC) + JAKARTA).date(), SEASONS)
    assert found is not None
    return found


def button_of(owner: Owner, occurrence: Occurrence) -> str:
    """Return what the button of a season begins with."""
    name = SEASONS.name(occurrence, owner.language)
    return f"{name[:1].upper()}{name[1:]} · "


async def kept(owner: Owner) -> tuple[ReminderRow, ...]:
    rows = await owner.house.read(lambda transaction: transaction.reminders.of_owner(owner.person.id))
    return tuple(row for row in rows if row.kind == ReminderKind.SEASON)


async def says_yes(owner: Owner) -> None:
    """Ask to be reminded, on the list of seasons."""
    await finishes(owner)
    await owner.taps(owner.label("drafts"))
    await owner.taps(owner.label("seasons"))
    await owner.taps(owner.label("season_start"))


async def time_comes(house: House, until: datetime) -> None:
    """Move the clock there, and let the bot look what is due."""
    house.days_pass((until - house.parts.clock.now()) / timedelta(days=1))
    await house.parts.reminding.look()
    await house.settled()


@BOTH
async def test_every_season_can_be_looked_at(owner: Owner, language: Language) -> None:
    """List, season, each of its messages and back, and Telegram takes every one of them."""
    await finishes(owner)
    await owner.taps(owner.label("drafts"))
    await owner.taps(owner.label("seasons"))
    names = [text for text in owner.question.labels if " · " in text]
    assert len(names) >= 5

    for name in names:
        await owner.taps(name)
        drafts = [text for text in owner.question.labels if text.startswith("✉️")]
        assert drafts
        for draft in drafts:
            await owner.taps(draft)
            assert owner.label("open_whatsapp") in owner.question.labels
            await owner.taps(owner.label("back"))
        await owner.taps(owner.label("back"))

    await owner.taps(owner.label("back"))
    assert (await owner.session()).side is None
    assert language is owner.language


async def test_ten_days_ahead_the_list_comes_by_itself(owner: Owner, bot: House) -> None:
    """In the morning, once, also after a restart; a tap leads to the message, and the next season is kept."""
    season = next_season()
    await says_yes(owner)
    (row,) = await kept(owner)
    assert (row.due + JAKARTA).date() == season.begin - AHEAD
    assert (row.due + JAKARTA).hour == 9
    before = len(owner.messages)

    await owner.restart()
    await time_comes(bot, row.due + timedelta(minutes=1))

    assert (await owner.session()).side is StepId.SEASON_COMES
    assert len(owner.messages) == before + 1
    assert SEASONS.name(season, Language.ID)[1:] in owner.question.text
    assert "1. " in owner.question.text
    (following,) = await kept(owner)
    assert following.due > row.due
    await bot.parts.reminding.look()
    await bot.settled()
    assert len(owner.messages) == before + 1
    await owner.taps("✉️")
    assert owner.label("open_whatsapp") in owner.question.labels


async def test_a_tap_ends_the_reminders(owner: Owner, bot: House) -> None:
    """What was kept is gone, and the list says how to have them back."""
    await says_yes(owner)
    (row,) = await kept(owner)
    await time_comes(bot, row.due + timedelta(minutes=1))

    await owner.taps(owner.label("season_stop"))

    assert await kept(owner) == ()
    await owner.taps(owner.label("seasons"))
    assert owner.label("season_start") in owner.question.labels


async def test_who_left_or_blocked_the_bot_hears_nothing(bot: House) -> None:
    """Neither somebody who wants everything erased, nor somebody who shut the door."""
    sari, budi = bot.owner(), bot.owner(BUDI)
    await says_yes(sari)
    await says_yes(budi)
    (row,) = await kept(sari)
    await sari.blocks()
    await budi.says("/hapus")
    await budi.taps(budi.label("erase_all"))
    await budi.taps(budi.label("erase_yes"))
    counts = [len(someone.messages) for someone in (sari, budi)]

    await time_comes(bot, row.due + timedelta(minutes=1))

    assert [len(someone.messages) for someone in (sari, budi)] == counts
