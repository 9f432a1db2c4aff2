"""The monthly check-in in the chat: a yes, a month, a tap a stage, a restart in the middle, the picture."""

from pathlib import Path

from conversations.steps import StepId
from journey.model import Language, Status
from renderers.worker import DrawingRoom
from tests.chat import House, Owner, chat
from tests.journeys.conftest import BOTH
from tests.journeys.test_versions import finishes, numbers


async def months_pass(house: House, months: float = 1.0) -> None:
    """Let the time pass, and the bot look whom to remind: by day, when the owner is awake."""
    house.days_pass(months * 30)
    for _ in range(24):
        await house.parts.reminding.look()
        await house.settled()
        house.days_pass(1 / 24)


async def asked_monthly(owner: Owner) -> int:
    """Return how often the owner was invited to a check-in."""
    said = "sudah sebulan" if owner.language is Language.ID else "It's been a month"
    return sum(said in message.text for message in owner.messages)


@BOTH
async def test_a_month_later_the_owner_is_asked_and_sees_how_it_moved(
    owner: Owner, language: Language
) -> None:
    """A yes below the finished map; then a line a month, five faces a stage, the picture and its words."""
    await finishes(owner)
    await owner.taps(owner.label("check_in_yes"))
    assert await asked_monthly(owner) == 0
    await months_pass(owner.house)
    assert await asked_monthly(owner) == 1

    await owner.taps(owner.label("check_now"))
    owner.sees("Tahap 1/5" if language is Language.ID else "Stage 1/5")
    assert owner.question.labels[:5] == ["😡 1", "😟 2", "😐 3", "🙂 4", "😍 5"]
    await owner.taps("😍 5")
    await owner.taps("🙂 4")
    await owner.restart()
    await owner.taps("😡 1")
    await owner.says("5")
    await owner.taps(owner.label("skip"))
    await owner.taps(owner.label("no_news"))

    (picture,) = await owner.pictures(1)
    assert "→ 5" in picture.text
    owner.sees("Paling turun" if language is Language.ID else "Fell most")
    journey_map = await owner.map()
    assert journey_map is not None
    assert [one.score for one in journey_map.checkins[-1].scores] == [5, 4, 1, 5]
    assert journey_map.status is Status.FINISHED
    assert owner.question.message_id == owner.messages[-1].message_id
    assert await numbers(owner) == [1]


@BOTH
async def test_a_new_complaint_can_be_compared_at_once(owner: Owner, language: Language) -> None:
    """Typed at the end of the check-in, put into its stage, and a version of its own."""
    await finishes(owner)
    await owner.taps(owner.label("check_in_menu"))
    await owner.taps(owner.label("check_now"))
    for _ in range(5):
        await owner.taps("😐 3")
    await owner.says("kotaknya penyok waktu sampai")
    await owner.taps("4. ")

    await owner.taps(owner.label("no_news"))

    assert await numbers(owner) == [1, 2]
    await owner.taps(owner.label("compare"))
    owner.sees("kotaknya penyok waktu sampai")


async def test_who_never_said_yes_is_never_asked(owner: Owner) -> None:
    """Not after a month, not after two."""
    await finishes(owner)

    await months_pass(owner.house)
    await months_pass(owner.house)

    assert await asked_monthly(owner) == 0


async def test_two_unanswered_check_ins_are_followed_by_silence(owner: Owner) -> None:
    """Until the owner is back: then the next one is due within days."""
    await finishes(owner)
    await owner.taps(owner.label("check_in_yes"))
    for _ in range(4):
        await months_pass(owner.house)
    assert await asked_monthly(owner) == 2

    await owner.says("/peta")
    await months_pass(owner.house, 0.3)

    assert await asked_monthly(owner) == 3


async def test_a_map_can_be_checked_from_its_menu(owner: Owner) -> None:
    """By hand, at any time; the screen stays at the question when the app is closed in between."""
    await finishes(owner)
    await owner.says("/peta")
    await owner.taps("✅ 1. ")

    await owner.taps(owner.label("map_check"))

    assert (await owner.session()).step is StepId.CHECK_IN
    await owner.says("/bantuan")
    owner.sees("Tahap 1/5")


async def test_the_picture_is_a_real_one(tmp_path: Path) -> None:
    """Drawn by the worker, not by the stand-in of the tests."""
    async with chat(tmp_path, make_room=DrawingRoom) as owner:
        await finishes(owner)
        await owner.taps(owner.label("check_in_menu"))
        await owner.taps(owner.label("check_now"))
        await owner.taps("😍 5")
        for _ in range(4):
            await owner.taps(owner.label("skip"))

        await owner.taps(owner.label("no_news"))

        (picture,) = await owner.pictures(1)
        assert picture.text
