"""Acting on advice: it is read, something is chosen to do, and the choice is there after a restart."""

from pathlib import Path

from journey.model import Language, PlanState, Status
from renderers.picture import Layout
from tests.chat import Owner, chat, label
from tests.drawers import PlainRoom
from tests.journeys.conftest import BOTH


async def finishes(owner: Owner) -> None:
    """Answer all of a quick map with its first chips and finish it."""
    await owner.reaches_stages()
    await owner.taps_first(18)
    await owner.taps(owner.label("finish"))


@BOTH
async def test_what_an_owner_chose_to_do_is_there_after_a_restart(owner: Owner, language: Language) -> None:
    """Advice, a tap on one of it, *Kerjakan*; a new process marks it, and it can be ticked off."""
    await finishes(owner)
    await owner.taps(owner.label("tips"))
    owner.sees("3 aksi minggu ini" if language is Language.ID else "3 actions this week")
    wanted = owner.question.labels[0]
    message = owner.question.message_id

    await owner.taps_first()
    owner.sees(wanted, label(language, "cost.free"))
    await owner.taps(owner.label("will_do"))
    await owner.taps(owner.label("day_none"))
    assert owner.question.message_id == message  # taps edit the list in place
    chosen = (await owner.map()).plans

    await owner.restart()
    await owner.says("/saran" if language is Language.ID else "/tips")

    assert owner.question.labels[0] == f"📌 {wanted}"
    assert (await owner.map()).plans == chosen
    assert [(plan.state, plan.text != wanted) for plan in chosen] == [(PlanState.PLANNED, True)]
    await owner.taps_first()
    await owner.taps(owner.label("did_it"))
    journey_map = await owner.map()
    assert [plan.state for plan in journey_map.plans] == [PlanState.DONE]
    assert journey_map.status is Status.FINISHED
    assert (await owner.answers())[-1].value == [chosen[0].remedy, "done"]


async def test_deciding_draws_no_picture_anew(tmp_path: Path) -> None:
    """The pictures of the finished map are sent once more as they are: what was decided isn't drawn."""
    room = PlainRoom()
    async with chat(tmp_path, make_room=lambda: room) as owner:
        await finishes(owner)
        await owner.taps(owner.label("tips"))
        await owner.taps_first()
        await owner.taps(owner.label("will_do"))
        await owner.taps(owner.label("day_7"))
        await owner.taps(owner.label("back"))

        await owner.taps(owner.label("picture"))

        assert len(await owner.pictures(7)) == 7
        assert [layout for _, layout in room.drawn].count(Layout.ALBUM) == 1
        assert (await owner.map()).plans
