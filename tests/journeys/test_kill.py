"""SIGKILL after every step of an interview: each chat goes on at its question, with all its answers.

Four owners do a quarter of the interview each, so that one kill tests four steps.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from conversations.session import dump_session, load_session
from journey.document import dump_map, read_map
from sandbox.people import Person
from sandbox.server import SandboxServer
from sandbox.views import ChatMessage
from storage.database import Database
from tests.bot_process import bot_process
from tests.chat import TOKEN, House, Owner, house

SCRIPT = (
    "say /start",
    "tap Mulai peta (±3 menit)",
    "tap first",
    "say Warung Bu Sri",
    "tap ⚡ Kilat (±3 menit)",
    "tap first",
    "say Ibu komplek",
    "tap first",
    "tap first",
    "tap first",
    "tap first",
    "tap 😡 Kesal",
    "say antreannya lama banget",
    "tap Lewati dulu",
    "say lihat status WA\nditanya tetangga",
    "tap Selesai (2) ›",
    "say deg-degan",
    "tap 😟 Kurang enak",
    "tap Lewati dulu",
    "tap Pilih beberapa",
    "tap first",
    "tap second",
    "tap Selesai (2) ›",
    "tap 😊 Puas",
    "tap ‹ Kembali",
    "tap Lanjut ›",
    "say ongkirnya mahal",
    "say /bahasa",
    "tap ⬜ English",
)
FINISHED = (
    "say /start",
    "tap Mulai peta (±3 menit)",
    "say /contoh",
    "tap Pakai contoh ini",
    "tap ✅ Selesai, buat gambarnya",
    "tap 🖼 Bentuk lain (status WA, cetak)",
)
OWNERS = 4
QUARTER = len(SCRIPT) // OWNERS


@dataclass(frozen=True)
class Standing:
    """Where an owner stands: what is asked, and what is stored of the place and the map."""

    buttons: tuple[tuple[str, str | None], ...]
    stored: object


def buttons(question: ChatMessage) -> tuple[tuple[str, str | None], ...]:
    return tuple((button.text, button.data) for row in question.buttons for button in row)


def question(person: Person) -> ChatMessage | None:
    return next((message for message in reversed(person.messages) if message.buttons), None)


def act(person: Person, line: str) -> int:
    """Do one step of the script and return its update's id."""
    kind, _, words = line.partition(" ")
    if kind == "say":
        return person.says(words)
    asked = question(person)
    assert asked is not None
    place = {"first": 0, "second": 1}.get(words)
    return person.taps(asked.message_id, words if place is None else asked.labels[place])


def stored(database: Database, person: Person) -> object:
    """Return what is stored of an owner, without what differs from owner to owner."""
    row = database.read_now(lambda transaction: transaction.owners.load(person.id))
    assert row is not None
    session = load_session(row.session)
    place = dump_session(session)
    typed = [typing.texts for typing in session.typings]
    for name in ("owner", "map_id", "consent", "typings"):
        del place[name]
    if session.map_id is None:
        return place, typed
    map_id = session.map_id
    kept = database.read_now(lambda transaction: transaction.maps.load(map_id, person.id))
    answers = database.read_now(lambda transaction: transaction.answers.of_map(map_id, person.id))
    assert kept is not None
    document = dict(dump_map(read_map(kept.document)))
    for name in ("id", "created", "changed"):
        del document[name]
    return place, typed, document, [(answer.step, answer.stage, answer.value) for answer in answers]


async def walked(owner: Owner, database: Database, lines: tuple[str, ...]) -> list[Standing]:
    """Let an owner walk undisturbed and return where they stood after each step."""
    standings = []
    for line in lines:
        await owner.house.settled(act(owner.person, line))
        standings.append(Standing(buttons(owner.question), stored(database, owner.person)))
    return standings


async def answered(server: SandboxServer, people: list[Person], expected: list[Standing]) -> None:
    """Return when everybody is asked the question they should be asked."""

    def is_so() -> bool:
        asked = [question(person) for person in people]
        return all(
            found is not None and buttons(found) == standing.buttons
            for found, standing in zip(asked, expected, strict=True)
        )

    try:
        await server.wait_for(is_so, timeout=30)
    except TimeoutError:
        shown = [buttons(found) for person in people if (found := question(person))]
        assert shown == [standing.buttons for standing in expected]


async def begun(server: SandboxServer) -> None:
    """Return when a new process begins to ask for updates."""
    starts = len(server.messages_of("deleteWebhook"))
    await server.wait_for(lambda: len(server.messages_of("deleteWebhook")) > starts, timeout=30)


async def confirmed(server: SandboxServer, update_id: int) -> None:
    """Return when the bot has confirmed an update: from then on Telegram has forgotten it."""
    await server.wait_for(lambda: all(each.update_id > update_id for each in server.updates.pending))


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["answered", "confirmed"])
async def test_a_kill_after_any_step_loses_nothing(tmp_path: Path, moment: str) -> None:
    """After each step the process dies, a new one starts, and everybody stands where they should."""
    async with house(tmp_path) as bot:
        reader = Database.open(bot.settings.database_url, read_only=True)
        expected = await walked(bot.owner(5000), reader, SCRIPT)
        people = [await prepared(bot, reader, number) for number in range(OWNERS)]
        await bot.stop()
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": bot.server.url,
            "DATABASE_URL": bot.settings.database_url,
        }

        async with bot_process(environment, tmp_path / "log") as process:
            for step in range(QUARTER):
                due = [number * QUARTER + step for number in range(OWNERS)]
                standings = [expected[place] for place in due]
                update = max(act(person, SCRIPT[place]) for person, place in zip(people, due, strict=True))
                if moment == "answered":
                    await answered(bot.server, people, standings)
                else:
                    await confirmed(bot.server, update)
                await process.kill()
                await process.start()
                await begun(bot.server)
                await answered(bot.server, people, standings)

                assert [stored(reader, person) for person in people] == [each.stored for each in standings]
        reader.close_now()


@pytest.mark.slow
async def test_a_kill_while_a_picture_is_on_its_way_loses_no_picture(tmp_path: Path) -> None:
    """Killed when the tap was stored, drawn from the start; killed again while it is drawn or sent."""
    async with house(tmp_path) as bot:
        owner = bot.owner()
        for line in FINISHED:
            await bot.settled(act(owner.person, line))
        asked = buttons(owner.question)
        await bot.stop()
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": bot.server.url,
            "DATABASE_URL": bot.settings.database_url,
        }

        async with bot_process(environment, tmp_path / "log") as process:
            await begun(bot.server)
            update = act(owner.person, "tap 🖨 Poster warna A4 (PDF)")
            await confirmed(bot.server, update)
            await process.kill()
            await process.start()
            await bot.server.wait_for(lambda: bot.server.messages_of("sendChatAction"), timeout=30)
            await process.kill()
            await process.start()
            await bot.server.wait_for(lambda: bot.server.messages_of("sendDocument"), timeout=30)
            await process.kill()
            await process.start()
            await bot.server.wait_for(lambda: has_come(owner, asked), timeout=30)


def has_come(owner: Owner, asked: tuple[tuple[str, str | None], ...]) -> bool:
    """Tell whether the poster is there, and the same screen below it."""
    last = [label for label, _ in buttons(owner.messages[-1])]
    return any(message.document for message in owner.messages) and last == [label for label, _ in asked]


async def prepared(bot: House, reader: Database, number: int) -> Person:
    """Return an owner who has done everything before their quarter."""
    owner = bot.owner(6000 + number)
    await walked(owner, reader, SCRIPT[: number * QUARTER])
    return owner.person


@pytest.mark.slow
async def test_a_bot_that_is_asked_to_end_ends_in_time_and_goes_on_later(tmp_path: Path) -> None:
    """SIGTERM: exit code 0 within five seconds; what came meanwhile is answered by the next process."""
    async with house(tmp_path) as bot:
        await bot.stop()
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": bot.server.url,
            "DATABASE_URL": bot.settings.database_url,
        }
        sari = bot.server.person(1001)
        async with bot_process(environment, tmp_path / "log") as process:
            sari.says("/start")
            await bot.server.wait_for(lambda: question(sari), timeout=30)

            async with asyncio.timeout(5):
                assert await process.stop() == 0
            sari.says("/bahasa")
            await process.start()

            await bot.server.wait_for(lambda: "⬜ English" in sari.messages[-1].labels, timeout=30)
            assert TOKEN not in process.log.read_text()
