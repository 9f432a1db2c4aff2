"""From wanting a picture to seeing it: every shape of a finished map, drawn once, healed when lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import drawings
from conversations.requests import SHAPES, Drawing
from conversations.steps import StepId
from journey.model import Language
from renderers.worker import DrawingRoom
from tests import drawers
from tests.bot.studio import ElevenCards
from tests.chat import BUDI, House, Owner, chat, house
from tests.drawers import PlainRoom
from tests.journeys.conftest import BOTH

SENT = {
    Drawing.PORTRAIT: ["photo"],
    Drawing.STORY: ["photo"] * 6,
    Drawing.POSTER: ["document"],
    Drawing.PRINT: ["document"],
    Drawing.POSTER_FILE: ["document"],
}


def came(owner: Owner) -> list[str]:
    """Return the pictures among the news, as what they came."""
    return [
        "photo" if message.photo else "document"
        for message in owner.news
        if message.photo or message.document
    ]


async def finishes(owner: Owner) -> None:
    """Finish the map of the example, with its five stages."""
    await owner.begins()
    await owner.says("/contoh" if owner.language is Language.ID else "/example")
    await owner.taps(owner.label("copy"))
    await owner.taps(owner.label("finish"))


async def opens_shapes(owner: Owner) -> None:
    await finishes(owner)
    await owner.taps(owner.label("shapes"))


@BOTH
async def test_every_shape_is_a_tap_away(owner: Owner, language: Language) -> None:
    """Each comes as what it is, says in words what it shows, and the same screen is below it again."""
    await opens_shapes(owner)
    offered = owner.question.labels

    for shape, sent in SENT.items():
        await owner.taps(owner.label(shape))

        assert came(owner) == sent, shape
        pictures = [message for message in owner.news if message.photo or message.document]
        assert all("blockquote expandable" in message.html for message in pictures)
        assert len({message.html for message in pictures}) == len(sent)
        place = owner.news.index(pictures[0])
        assert len(pictures) == 1 or owner.news[place - 1].html.startswith("<b>")
        assert owner.question.message_id == owner.messages[-1].message_id
        assert owner.question.labels == offered
    names = [message.document.name for message in owner.messages if message.document]
    start = "peta-" if language is Language.ID else "map-"
    assert all(name.startswith(start) and name.isascii() for name in names)
    assert [name.rpartition(".")[2] for name in names] == ["pdf", "pdf", "png"]
    await owner.taps(owner.label("text"))
    owner.sees(owner.label("element.touchpoints"))
    await owner.taps(owner.label("back"))
    assert owner.label("shapes") in owner.question.labels


async def test_the_shapes_of_a_map_in_the_list_can_be_had(owner: Owner) -> None:
    """A finished map that is opened by /peta later offers them as well."""
    await finishes(owner)
    await owner.says("/baru")
    await owner.says("/peta")
    await owner.taps("✅ ")
    await owner.taps(owner.label("map_look"))

    await owner.taps(owner.label("shapes"))
    await owner.taps(owner.label("portrait"))

    assert came(owner) == ["photo"]


async def test_a_double_tap_brings_one_picture(owner: Owner) -> None:
    """Two presses of one button, before and after the bot answered: the second is told so."""
    await opens_shapes(owner)
    old = owner.question
    poster = owner.label("poster")

    owner.press(poster)
    await owner.taps(poster)

    assert came(owner) == ["document"]
    assert owner.toast == "Sudah kucatat 👍"
    await owner.taps_old(old, poster)
    assert came(owner) == []
    assert owner.toast is not None


async def test_commands_come_back_to_the_shapes(owner: Owner) -> None:
    """While shapes are offered every command works, and /batal asks for a shape again."""
    await opens_shapes(owner)
    offered = owner.question.labels

    for command in ("/bantuan", "/contoh", "/bahasa", "/saran", "/bagikan"):
        await owner.says(command)
        await owner.says("/batal")

        assert owner.question.labels == offered
    assert (await owner.session()).step is StepId.SHAPES


async def test_the_example_is_drawn_for_the_first_newcomer_only(tmp_path: Path) -> None:
    """Everybody after that is sent what Telegram has, also after a restart."""
    rooms: list[PlainRoom] = []

    def room() -> PlainRoom:
        rooms.append(PlainRoom())
        return rooms[-1]

    async with house(tmp_path, make_room=room) as bot:
        sari, budi = bot.owner(), bot.owner(BUDI)
        await sari.says("/contoh")
        await bot.restart()
        await budi.says("/contoh")

        assert [len(each.drawn) for each in rooms] == [1, 0]
        assert len(budi.photos) == len(sari.photos) == 6
        assert [each.photo for each in budi.photos] == [each.photo for each in sari.photos]
        budi.sees("Contoh: ")
        assert [each.html for each in budi.photos] == [each.html for each in sari.photos]
        assert budi.question.message_id == budi.messages[-1].message_id


async def test_pictures_that_telegram_lost_come_again(owner: Owner, bot: House) -> None:
    """Nobody has the bytes any more: they are drawn anew, and the owner gets every picture."""
    await opens_shapes(owner)
    await owner.taps(owner.label("poster"))
    bot.server.world.files.files.clear()

    await owner.taps(owner.label("poster"))
    assert came(owner) == ["document"]
    await owner.taps(owner.label("back"))
    await owner.taps(owner.label("picture"))

    assert came(owner) == ["photo"] * 6
    assert len({message.media_group_id for message in owner.news if message.photo}) == 1
    assert owner.question.message_id == owner.messages[-1].message_id


async def test_an_album_of_eleven_leaves_none_alone(tmp_path: Path) -> None:
    """Six and five; each of a stage has its words, and what is of no stage of this map has none."""
    async with chat(tmp_path, make_room=ElevenCards) as owner:
        await owner.says("/contoh")
        album = owner.photos

    groups = [message.media_group_id for message in album]
    assert sorted(groups.count(group) for group in set(groups)) == [5, 6]
    assert [bool(message.text) for message in album] == [True] * 6 + [False] * 5


async def test_an_album_of_eleven_that_telegram_lost_comes_again_once(tmp_path: Path) -> None:
    """Both its groups are gone: every picture comes, and none comes twice."""
    async with chat(tmp_path, make_room=ElevenCards) as owner:
        await finishes(owner)
        owner.house.server.world.files.files.clear()

        await owner.taps(owner.label("picture"))

        assert came(owner) == ["photo"] * 11
        assert owner.question.message_id == owner.messages[-1].message_id


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("drawer", [drawers.crashing, drawers.hanging], ids=["crash", "hang"])
async def test_a_shape_that_cannot_be_drawn_comes_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawer: Callable[..., object], shape: Drawing
) -> None:
    """A kind word and the whole map to read; the bot goes on, and a later tap brings the picture."""
    monkeypatch.setattr(drawings, "AGAIN_SECONDS", 0.0)
    async with chat(tmp_path) as owner:
        await opens_shapes(owner)
        owner.house.make_room = lambda: DrawingRoom(drawer=drawer, time_limit=0.3)  # type: ignore[arg-type]  # one of the two above
        await owner.restart()

        await owner.taps(owner.label(shape))

        assert came(owner) == []
        owner.sees("gambarnya gagal dibuat", "Yang dilakukan", "Tempat ketemu")
        assert owner.question.message_id == owner.messages[-1].message_id
        owner.house.make_room = PlainRoom
        await owner.restart()
        await owner.taps(owner.label(shape))
        assert came(owner) == SENT[shape]


async def test_a_shape_being_drawn_at_the_end_of_the_bot_comes_after_the_restart(tmp_path: Path) -> None:
    """A restart interrupts the drawing, and nothing of the wish is lost."""
    async with chat(tmp_path) as owner:
        await opens_shapes(owner)
        owner.house.make_room = lambda: DrawingRoom(drawer=drawers.hanging)
        await owner.restart()
        update = owner.press(owner.label("story"))
        await owner.house.taken(update)
        await owner.house.parts.lanes.idle()
        before = len(owner.photos)
        owner.house.make_room = PlainRoom

        await owner.restart()

        await owner.house.server.wait_for(lambda: len(owner.photos) == before + 6)
        await owner.house.settled()
        assert owner.question.message_id == owner.messages[-1].message_id
