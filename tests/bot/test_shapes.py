"""Every shape of a map: drawn once, sent as what it is, named and described, healed when it is lost."""

from dataclasses import replace

import pytest
from telegram import Bot

from bot.captions import LONGEST_CAPTION, caption, card_caption, fitting
from bot.content import load_content
from bot.shapes import SHAPE_OF, file_name
from conversations.requests import SHAPES, Drawing
from journey.model import Entry, JourneyMap, Language
from locales.catalog import load_catalogs
from renderers.messages import Messages, utf16_length
from renderers.picture import Format, Layout, draw
from sandbox.markup import from_html
from storage.records import Call, FileKind, JsonValue
from tests.bot.flaky import FlakyDatabase
from tests.bot.studio import OWNER, ElevenCards, GatedRoom, Studio
from tests.drawers import PlainRoom
from tests.journeys.test_long_maps import largest_map

OTHER = 8
LOST_TWICE = "gambarnya gagal dibuat"


def test_every_drawing_has_a_shape() -> None:
    """Whatever the interview asks for can be drawn; what is printed goes as it was drawn."""
    assert set(SHAPE_OF) == set(Drawing)
    kinds = {drawing: SHAPE_OF[drawing].kind for drawing in SHAPES}
    assert [drawing for drawing, kind in kinds.items() if kind is FileKind.PHOTO] == [
        Drawing.PORTRAIT,
        Drawing.STORY,
    ]


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (Drawing.PORTRAIT, ("sendPhoto", "00.jpg")),
        (Drawing.STORY, ("sendMediaGroup", "00.jpg")),
        (Drawing.POSTER, ("sendDocument", "peta-kopi-susu-cap-jempol-poster.pdf")),
        (Drawing.PRINT, ("sendDocument", "peta-kopi-susu-cap-jempol-poster-hitam-putih.pdf")),
        (Drawing.POSTER_FILE, ("sendDocument", "peta-kopi-susu-cap-jempol-poster.png")),
    ],
)
async def test_a_shape_comes_as_what_it_is(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, drawing: Drawing, expected: tuple[str, str]
) -> None:
    """Photos to forward, files to print; files are called after the map; the question follows."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(drawing, replace(a_map, title="Kopi Susu “Cap Jempol”"))
        await studio.drawings.idle()

    (call,) = await studio.pictures()
    first = call.pictures[0]
    kept = await database.read(lambda transaction: transaction.pictures.get(first))
    assert kept is not None
    assert (call.method, kept.name) == expected
    assert studio.asked_again == [OWNER]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("peta-Kopi Susu: Bu Sri-poster", "peta-kopi-susu-bu-sri-poster.pdf"),
        ("peta-Café Ñandú-poster", "peta-cafe-nandu-poster.pdf"),
        ("peta-产品 ☕-poster", "peta-poster.pdf"),
        ("peta-../../etc/passwd\x00-poster", "peta-etc-passwd-poster.pdf"),
    ],
)
def test_a_file_name_is_plain(words: str, name: str) -> None:
    """Letters, digits and hyphens, whatever the title says."""
    assert file_name(words, "pdf") == name


async def test_the_same_map_is_drawn_once(database: FlakyDatabase, telegram: Bot, a_map: JourneyMap) -> None:
    """The example that a newcomer saw is sent to the next one without drawing, whatever the map's id."""
    room = PlainRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.EXAMPLE, a_map)
        await studio.drawings.idle()
        (first,) = await studio.pictures()
        await studio.wants(Drawing.EXAMPLE, replace(a_map, id="other"), OTHER)
        await studio.drawings.idle()
        (second,) = await studio.pictures()

    assert len(room.drawn) == 1
    assert second.pictures == first.pictures
    assert second.params == {**first.params, "chat_id": OTHER}
    assert studio.asked_again == [OWNER, OTHER]


@pytest.mark.parametrize(
    "drawing", [Drawing.PREVIEW, Drawing.PORTRAIT, Drawing.STORY, Drawing.PRINT, Drawing.POSTER_FILE]
)
async def test_another_shape_is_drawn(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, drawing: Drawing
) -> None:
    """What was drawn as something else, or of another map, is of no use."""
    room = PlainRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        for wanted, journey_map in (
            (Drawing.POSTER, a_map),
            (drawing, a_map),
            (Drawing.POSTER, replace(a_map, goal=Entry("Biar ramai"))),
        ):
            await studio.wants(wanted, journey_map)
            await studio.drawings.idle()

    assert len(room.drawn) == 3


async def test_a_tap_while_it_is_drawn_draws_nothing_more(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The picture comes once, however often it was asked for; another shape of the map comes as well."""
    room = GatedRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.POSTER, a_map)
        await room.begun.wait()
        await studio.wants(Drawing.POSTER, replace(a_map, changed=studio.time.now()))
        await studio.wants(Drawing.PORTRAIT, a_map)
        room.gate.set()
        await studio.drawings.idle()

    assert [layout for _, layout in room.drawn] == [Layout.POSTER, Layout.PORTRAIT]
    assert [call.method for call in await studio.queued()] == ["sendDocument", "sendPhoto"]


async def test_a_lost_picture_is_drawn_again_once(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The album comes again without its advice; lost once more, the text comes instead."""
    room = PlainRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.ALBUM, a_map)
        await studio.drawings.idle()
        await studio.loses()
        await studio.drawings.idle()
        *advice, again = await studio.queued()
        assert (again.method, len(again.pictures), len(room.drawn)) == ("sendMediaGroup", 6, 2)
        assert {call.method for call in advice} == {"sendMessage"}
        await database.write(lambda transaction: transaction.outbox.put(OWNER, [again], studio.time.now()))
        await studio.loses()
        await studio.drawings.idle()

    texts = await studio.queued()
    assert {call.method for call in texts} == {"sendMessage"}
    assert LOST_TWICE in str(texts[0].params["text"])
    assert len(room.drawn) == 2


async def test_a_lost_album_in_two_groups_comes_again_once_and_whole(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """What Telegram lost of the first group it lost of the second as well: neither is tried for itself."""
    room = ElevenCards()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.AGAIN, a_map)
        await studio.drawings.idle()
        await studio.loses()
        await studio.drawings.idle()

    assert [len(call.pictures) for call in await studio.pictures()] == [6, 5]
    assert len(room.drawn) == 2


async def test_of_an_album_half_shown_the_lost_half_comes_again(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Nobody sees the first six cards twice; the advice isn't said again either."""
    room = ElevenCards()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.ALBUM, a_map)
        await studio.drawings.idle()
        first = await studio.shows_a_group()
        await studio.loses()
        await studio.drawings.idle()

    (again,) = await studio.pictures()
    assert (len(first.pictures), len(again.pictures)) == (6, 5)
    assert not set(first.pictures) & set(again.pictures)


async def test_a_lost_half_drawn_otherwise_than_before_brings_the_whole_album(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """A newer release draws other cards: half of the one and half of the other is no album."""
    room = ElevenCards()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.AGAIN, a_map)
        await studio.drawings.idle()
        await studio.shows_a_group()
        room.shade = 100
        await studio.loses()
        await studio.drawings.idle()

    assert [len(call.pictures) for call in await studio.pictures()] == [6, 5]


async def test_a_lost_half_takes_nothing_from_an_album_asked_for_meanwhile(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The album that waits to be drawn comes whole, and brings the lost half with it."""
    studio = Studio(database, telegram, ElevenCards())
    async with studio.open():
        await studio.wants(Drawing.AGAIN, a_map)
        await studio.drawings.idle()
    await studio.shows_a_group()
    await studio.wants(Drawing.AGAIN, a_map)
    await studio.loses()
    again = Studio(database, telegram, ElevenCards())
    async with again.open():
        again.drawings.wake()
        await again.drawings.idle()

    assert [len(call.pictures) for call in await again.pictures()] == [6, 5]


async def test_an_album_in_two_groups_lost_twice_comes_as_one_text(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """One word of regret and one map to read, however many groups were lost."""
    room = ElevenCards()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.AGAIN, a_map)
        await studio.drawings.idle()
        await studio.loses()
        await studio.drawings.idle()
        await studio.loses()
        await studio.drawings.idle()

    assert await studio.waiting_texts(LOST_TWICE) == 1
    assert await studio.pictures() == []
    assert len(room.drawn) == 2


async def test_a_lost_picture_of_another_release_is_given_up(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """What can't be understood can't be drawn; the chat goes on."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(Drawing.PORTRAIT, a_map)
        await studio.drawings.idle()
        (call,) = await studio.queued()
        strange = replace(call, redraw={"drawing": "hologram"})
        await database.write(lambda transaction: transaction.outbox.put(OWNER, [strange], studio.time.now()))
        await studio.loses()
        await studio.drawings.idle()

    assert await studio.queued() == []


@pytest.mark.parametrize("drawing", Drawing)
@pytest.mark.parametrize("language", Language)
def test_a_caption_says_what_the_picture_shows(language: Language, drawing: Drawing) -> None:
    """Of the largest map as well it fits; its words are in it, for those who can't see the picture."""
    messages = Messages(load_catalogs(), load_content().knowledge)
    largest = largest_map(language=language)

    html = caption(messages.catalogs[language], drawing, largest, messages.picture_words(language))

    shown = from_html(html)
    assert utf16_length(shown.text) <= LONGEST_CAPTION
    assert shown.text.count(largest.title or "-") >= 1
    assert "expandable_blockquote" in [entity.kind for entity in shown.entities]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("layout", [Layout.ALBUM, Layout.STORY])
def test_a_card_is_told_by_its_name_as_it_was_when_it_was_drawn(language: Language, layout: Layout) -> None:
    """Also a further card of a long stage; in UTF-16 units Telegram takes it."""
    messages = Messages(load_catalogs(), load_content().knowledge)
    words = messages.picture_words(language)
    largest = largest_map(language=language)
    largest = replace(largest, stages=largest.stages[:2])

    pictures = draw(largest, layout, Format.JPG, words)

    assert any("b." in picture.name for picture in pictures) == (layout is Layout.ALBUM)
    for picture in pictures:
        html = card_caption(messages.catalogs[language], picture.name, largest, words)

        shown = from_html(html)
        assert shown.text == fitting(picture.alternative, LONGEST_CAPTION)
        assert [entity.kind for entity in shown.entities] == ["expandable_blockquote"]


def test_a_picture_of_no_stage_has_no_words(a_map: JourneyMap) -> None:
    """A stored name of another release says nothing wrong."""
    messages = Messages(load_catalogs(), load_content().knowledge)

    for name in ("poster.jpg", "", "99.jpg"):
        words = messages.picture_words(Language.ID)
        assert card_caption(messages.catalogs[Language.ID], name, a_map, words) == ""


async def test_an_album_sent_again_is_told_in_the_same_words(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Nothing is drawn for that; every picture has its own, and above them stands their title."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(Drawing.AGAIN, a_map)
        await studio.drawings.idle()
        drawn = await studio.queued()
        await studio.wants(Drawing.AGAIN, a_map)
        await studio.drawings.idle()

    heading, album = again = await studio.queued()
    assert again == drawn
    assert len(studio.room.drawn) == 1
    assert str(heading.params["text"]).startswith("<b>")
    captions = [str(item.get("caption")) for item in items(album)]
    assert len(set(captions)) == 6
    assert all(stage.name in told for stage, told in zip(a_map.stages, captions[1:], strict=True))


def items(album: Call) -> list[dict[str, JsonValue]]:
    media = album.params["media"]
    return [item for item in media if isinstance(item, dict)] if isinstance(media, list) else []


@pytest.mark.parametrize(
    ("text", "units", "cut"),
    [
        ("kopi susu", 9, "kopi susu"),
        ("kopi susu", 8, "kopi…"),
        ("kopisusu", 5, "kopi…"),
        ("😡😡😡", 4, "😡…"),
        ("", 3, ""),
    ],
)
def test_words_are_cut_where_telegram_counts(text: str, units: int, cut: str) -> None:
    """In UTF-16 units, between words, and never in the middle of a character."""
    assert fitting(text, units) == cut
    assert utf16_length(cut) <= units
