"""Acting on a plan: a day is named, the reminder comes on it, once, and the map becomes a new version."""

from journey.model import Language, PlanState, Status
from tests.chat import House, Owner
from tests.journeys.conftest import BOTH
from tests.journeys.test_advice import finishes


async def time_passes(house: House, days: float) -> None:
    """Let time pass, and the bot look who is to be reminded."""
    house.days_pass(days)
    await house.parts.reminding.look()
    await house.settled()


async def until_morning(owner: Owner) -> None:
    """Let the morning after tomorrow come, whatever the time is now."""
    for _ in range(5):
        await time_passes(owner.house, 0.5)


@BOTH
async def test_a_plan_is_asked_about_on_its_day_and_the_map_is_renewed(
    owner: Owner, language: Language
) -> None:
    """Own words, *Besok*, a restart; the reminder, how customers feel now, and before and after."""
    await finishes(owner)
    await owner.says("/saran" if language is Language.ID else "/tips")
    await owner.taps(owner.label("own_action"))
    await owner.says("Balas chat paling lambat 1 jam")
    await owner.says("besok" if language is Language.ID else "tomorrow")
    owner.sees("⏰")
    await owner.taps(owner.label("back"))
    await owner.restart()

    await until_morning(owner)

    asked = [message for message in owner.messages if "Balas chat paling lambat 1 jam" in message.text]
    assert asked[-1].labels[:3] == [owner.label("did_it"), owner.label("not_yet"), owner.label("drop_plan")]
    reminded = len(owner.messages)
    await owner.restart()
    await until_morning(owner)
    assert len(owner.messages) == reminded

    await owner.taps(owner.label("did_it"))
    await owner.taps_first()
    await owner.taps("😍")
    await owner.taps_first()
    while owner.label("act_later") in owner.question.labels:
        await owner.taps(owner.label("act_later"))

    journey_map = await owner.map()
    assert [plan.state for plan in journey_map.plans] == [PlanState.DONE]
    assert [feeling.chip for feeling in journey_map.stages[0].feelings] == ["f.senang"]
    assert journey_map.status is Status.FINISHED
    await owner.taps(owner.label("compare"))
    assert len(await owner.pictures(1)) == 1
    await owner.taps(owner.label("keep"))
    assert owner.label("text") in owner.question.labels


async def test_not_yet_is_reminded_of_once_more(owner: Owner) -> None:
    """*Belum*, three days more; *Nggak jadi* ends it, and nothing comes after that."""
    await finishes(owner)
    await owner.taps(owner.label("tips"))
    await owner.taps_first()
    await owner.taps(owner.label("will_do"))
    await owner.taps(owner.label("day_1"))
    await owner.taps(owner.label("back"))
    await until_morning(owner)

    await owner.taps(owner.label("not_yet"))
    await owner.taps(owner.label("day_3"))
    await time_passes(owner.house, 1)
    assert owner.label("not_yet") not in owner.question.labels
    for _ in range(3):
        await time_passes(owner.house, 1)

    await owner.taps(owner.label("drop_plan"))

    assert (await owner.map()).plans == ()
    rows = await owner.house.read(lambda transaction: transaction.reminders.of_owner(owner.person.id))
    assert rows == ()


async def test_a_plan_of_another_map_is_answered_from_the_one_in_hand(owner: Owner) -> None:
    """The reminder names its map; *Sudah* opens that one, and one tap leads back to what waited."""
    await finishes(owner)
    about = await owner.map()
    await owner.says("/saran")
    await owner.taps(owner.label("own_action"))
    await owner.says("Balas chat paling lambat 1 jam")
    await owner.taps(owner.label("day_1"))
    await owner.says("/baru")
    await owner.taps_first()
    waiting = await owner.session()

    await until_morning(owner)
    assert "Balas chat paling lambat 1 jam" in owner.question.text
    await owner.restart()
    await owner.taps(owner.label("did_it"))
    await owner.taps_first()
    await owner.taps(owner.label("feel_same"))
    await owner.taps(owner.label("act_later"))
    assert (await owner.map()).id == about.id
    await owner.taps("▶️")

    session = await owner.session()
    assert (session.map_id, session.cell) == (waiting.map_id, waiting.cell)
    (plans,) = [row.document["plans"] for row in await owner.maps() if row.map_id == about.id]
    assert isinstance(plans, list)
    assert len(plans) == 1
