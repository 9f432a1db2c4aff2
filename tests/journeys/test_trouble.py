"""Trouble on Telegram's side, in the drawing room and in an update: nothing is lost, nobody else notices."""

import json
from pathlib import Path

import pytest

from bot import drawings
from conversations.steps import StepId
from journey.model import Status
from renderers.worker import DrawingRoom
from sandbox.faults import Moment
from tests import drawers
from tests.chat import BUDI, House, Owner, chat, house


async def changed(owner: Owner) -> None:
    """Let an owner tap, and return when another question is there, whatever else is going on."""
    before = owner.question.text
    owner.press(owner.question.labels[0])
    await owner.house.server.wait_for(lambda: owner.question.text != before)


@pytest.mark.parametrize("drawer", [drawers.crashing, drawers.hanging], ids=["crash", "hang"])
async def test_a_renderer_that_fails_gives_the_text_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawer: object
) -> None:
    """After a second try the owner gets the map as text, advice and question; a tap tries again."""
    monkeypatch.setattr(drawings, "AGAIN_SECONDS", 0.0)

    def failing() -> DrawingRoom:
        return DrawingRoom(drawer=drawer, time_limit=0.5)  # type: ignore[arg-type]  # one of the two above

    async with chat(tmp_path, make_room=failing) as owner:
        await owner.begins()
        await owner.says("/contoh")
        await owner.taps("Pakai contoh ini")
        await owner.taps("Selesai, buat gambarnya")
        await owner.house.server.wait_for(
            lambda: any("gambarnya gagal dibuat" in message.text for message in owner.news), timeout=30
        )
        await owner.house.settled()

        owner.sees("Peta selesai", "Yang dilakukan", "aksi minggu ini")
        assert owner.question.message_id == owner.messages[-1].message_id
        assert (await owner.map()).status is Status.FINISHED
        owner.house.make_room = drawers.PlainRoom
        await owner.restart()
        await owner.taps("Kirim gambar lagi")
        assert len(await owner.pictures(6)) == 6


async def test_a_picture_being_drawn_at_the_end_of_the_bot_comes_after_the_restart(tmp_path: Path) -> None:
    """A drawing that a restart interrupts is a job that waits."""
    async with chat(tmp_path, make_room=lambda: DrawingRoom(drawer=drawers.hanging)) as owner:
        await owner.says("/start")
        update = owner.person.says("/contoh")
        await owner.house.taken(update)
        await owner.house.parts.lanes.idle()
        owner.house.make_room = drawers.PlainRoom

        await owner.restart()

        await owner.house.server.wait_for(lambda: len(owner.photos) == 6)


async def test_a_busy_painter_keeps_nobody_waiting(tmp_path: Path) -> None:
    """While one picture keeps its process busy for seconds, another chat's taps are answered."""
    async with house(tmp_path, make_room=lambda: DrawingRoom(drawer=drawers.slow)) as bot:
        owner, budi = bot.owner(), bot.owner(BUDI)
        update = owner.person.says("/contoh")
        await bot.taken(update)
        await bot.parts.lanes.idle()

        pressed = budi.person.says("/start")
        await bot.server.wait_for(lambda: budi.asking)
        for _ in range(3):
            await changed(budi)

        assert owner.photos == []
        assert pressed > update
        await bot.server.wait_for(lambda: len(owner.photos) == 6, timeout=20)


FAULTS = {
    "429": lambda bot: bot.server.faults.fail("*", status=429, retry_after=1),
    "500": lambda bot: bot.server.faults.fail("editMessageText", status=500, times=2),
    "502 as a page": lambda bot: bot.server.faults.fail("*", status=502, html=True),
    "500 though it was done": lambda bot: bot.server.faults.fail(
        "editMessageText", status=500, moment=Moment.AFTER
    ),
    "reset": lambda bot: bot.server.faults.reset("editMessageText"),
    "reset though it was done": lambda bot: bot.server.faults.reset("editMessageText", moment=Moment.AFTER),
    "409": lambda bot: bot.server.faults.fail("getUpdates", status=409),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_telegrams_troubles_lose_nothing(owner: Owner, fault: str) -> None:
    """In the middle of a stage a call fails; the owner goes on and every answer is there."""
    await owner.reaches_stages()
    FAULTS[fault](owner.house)

    await owner.taps_first(3)

    stage = (await owner.map()).stages[0]
    assert all((stage.touchpoints, stage.feelings, stage.pains))
    assert owner.house.server.faults.waiting == []
    assert "Tahap 2/6" in owner.question.text


async def test_a_message_whose_sending_is_unsure_is_sent_again(owner: Owner) -> None:
    """A reset after Telegram carried it out shows a message twice at worst; the question still works."""
    await owner.begins()
    await owner.taps_first()
    owner.house.server.faults.reset("sendMessage", moment=Moment.AFTER)
    owner.person.says("Warung Bu Sri")

    await owner.house.server.wait_for(lambda: "Mau bikin peta yang mana" in owner.messages[-1].text)
    await owner.house.settled()

    press = owner.person.taps(owner.messages[-1].message_id, owner.messages[-1].labels[0])
    await owner.house.settled(press)
    assert (await owner.session()).step is StepId.GOAL


async def test_a_poisoned_update_is_parked_and_the_owner_is_told(owner: Owner, bot: House) -> None:
    """What can't be parsed is put aside after three tries; its owner is asked again, the others go on."""
    budi = bot.owner(BUDI)
    await owner.begins()
    await budi.begins()
    asked = owner.question
    chat = {"id": owner.person.id, "type": "private", "first_name": "Sari"}
    broken = {"message_id": "not a number", "date": "yesterday", "chat": chat, "from": 5}

    bot.server.updates.poison({"message": json.loads(json.dumps(broken))})
    await budi.taps_first(2)
    assert (await budi.session()).step is StepId.SPEED
    await bot.server.wait_for(
        lambda: any("gagal kuproses" in message.text for message in owner.messages), timeout=20
    )
    await bot.settled()

    assert owner.question.labels == asked.labels
    await owner.taps_first()
    assert (await owner.session()).step is StepId.SHOP_NAME


async def test_an_update_that_belongs_to_nobody_stops_nobody(owner: Owner, bot: House) -> None:
    """Updates of no chat, and kinds unknown to us, are passed by."""
    bot.server.updates.poison()
    bot.server.updates.poison({"something_of_next_year": {"x": 1}})

    await owner.begins()

    assert (await owner.session()).step is StepId.BUSINESS
