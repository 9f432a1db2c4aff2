"""/hapus removes everything of a person: not a word of theirs stays in the files."""

from pathlib import Path

from sqlalchemy import func, select

from storage.tables import pictures, recipes
from storage.transactions import Transaction
from tests.chat import BUDI, House, Owner
from tests.journeys.conftest import BOTH

SECRETS = ("Warung Rahasia Zulaikha", "pelanggan Zorbo", "nomor antrean xyzzy", "kurirnya plugh")


def traces(database: Path) -> list[str]:
    """Return which secrets stand anywhere in the database's files."""
    files = database.parent.glob(f"{database.name}*")
    content = b"".join(file.read_bytes() for file in files)
    spellings = {secret: (secret.encode(), secret.encode("utf-16-le")) for secret in SECRETS}
    return [secret for secret, forms in spellings.items() if any(form in content for form in forms)]


async def fill(owner: Owner) -> None:
    shop, persona, touchpoint, pain = SECRETS
    await owner.begins()
    await owner.taps_first()
    await owner.says(shop)
    await owner.taps_first(2)
    await owner.says(persona)
    await owner.taps_first(3)
    await owner.says(touchpoint)
    await owner.taps_first()
    await owner.says(pain)
    await owner.says("/masukan xyzzy masukan")


async def leaves(owner: Owner) -> None:
    await owner.says("/hapus")
    await owner.taps(owner.label("erase_all"))
    await owner.taps(owner.label("erase_yes"))


async def a_day_passes(house: House, days: float = 1.01) -> None:
    """Let the time in which things can be undone pass, and the bot look what is due."""
    house.days_pass(days)
    await house.parts.forgetting.look()
    await house.settled()


@BOTH
async def test_after_erasing_everything_no_word_is_left_in_the_files(owner: Owner) -> None:
    """Maps, session, log of answers, inbox, outbox and jobs: nothing, in the file and in its log."""
    await fill(owner)
    database = owner.house.database_path
    assert set(traces(database)) == set(SECRETS)

    await leaves(owner)
    await a_day_passes(owner.house)

    assert traces(database) == []
    assert owner.asking == []
    await owner.house.stop()
    assert traces(database) == []
    await owner.house.start()


async def test_who_begins_afresh_has_no_word_left_in_the_files(owner: Owner) -> None:
    """At once, without waiting for the next day; the next map begins from nothing."""
    await fill(owner)
    await leaves(owner)

    await owner.taps("Hapus sekarang")

    assert traces(owner.house.database_path) == []
    owner.sees("Halo Kak, aku Jejak")
    await owner.taps("Mulai peta")
    owner.sees("Jualannya apa")


@BOTH
async def test_erasing_everything_can_be_undone_for_a_day(owner: Owner) -> None:
    """Nothing is said of the old data meanwhile; a restart and a new /start change nothing of it."""
    await fill(owner)
    before, session = await owner.map(), await owner.session()
    await leaves(owner)
    await owner.restart()
    await owner.says("/start")
    await owner.says("/peta")
    await owner.says("Warung lain")
    shown = "\n".join(message.text for message in owner.news)
    assert [secret for secret in SECRETS if secret in shown] == []
    assert owner.question.labels == [owner.label("undelete"), owner.label("afresh")]
    await a_day_passes(owner.house, 0.9)

    await owner.taps(owner.label("undelete"))

    assert await owner.map() == before
    assert (await owner.session()).cell == session.cell
    await a_day_passes(owner.house, 2)
    assert await owner.map() == before


async def test_after_erasing_no_picture_of_theirs_is_kept(owner: Owner, bot: House) -> None:
    """Drawn pictures and what they were drawn from go too; the example that others saw stays."""
    budi = bot.owner(BUDI)
    await budi.says("/contoh")
    await owner.begins()
    await owner.says("/contoh")
    await owner.taps("Pakai contoh ini")
    await owner.taps("🏪 Toko & tujuan")
    await owner.taps("Toko: ")
    await owner.says(SECRETS[0])
    await owner.taps("Kembali")
    await owner.taps("Selesai, buat gambarnya")
    await owner.taps(owner.label("shapes"))
    await owner.taps(owner.label("poster"))
    before = await bot.read(rows)

    await leaves(owner)
    await a_day_passes(bot)

    after = await bot.read(rows)
    assert (before["recipes"], after["recipes"]) == (13, 6)
    assert (before["pictures"], after["pictures"]) == (7, 6)
    assert traces(bot.database_path) == []


def rows(transaction: Transaction) -> dict[str, int]:
    """Return how many rows the tables of pictures have."""
    connection = transaction.pictures.connection
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (pictures, recipes)
    }


async def test_after_erasing_the_owner_is_a_stranger(owner: Owner) -> None:
    """/start greets as the first time; the consent is asked for again."""
    await fill(owner)
    await leaves(owner)
    await a_day_passes(owner.house)
    assert await owner.house.read(lambda transaction: transaction.owners.load(owner.person.id)) is None

    await owner.says("/start")

    owner.sees("Halo Kak, aku Jejak")
    session = await owner.session()
    assert (session.consent, session.map_id) == (None, None)


async def test_erasing_one_leaves_the_other_alone(owner: Owner, bot: House) -> None:
    """The neighbour's map isn't touched."""
    budi = bot.owner(BUDI)
    await fill(owner)
    await budi.reaches_stages()
    before = await budi.map()

    await leaves(owner)
    await a_day_passes(bot)

    assert await budi.map() == before


async def test_the_safe_button_comes_first(owner: Owner) -> None:
    """Whoever taps the first button of a deletion keeps everything."""
    await owner.reaches_stages()
    before = await owner.map()
    await owner.says("/hapus")
    await owner.taps("Semua data saya")

    await owner.taps_first()

    assert await owner.map() == before
    owner.sees("Tahap 1/6")


async def test_one_map_can_be_erased(owner: Owner) -> None:
    """Only the open map goes, after a question; thirty days later it is gone for good, with every answer."""
    await fill(owner)
    await owner.says("/hapus")
    await owner.taps("🗑 Peta “")

    await owner.taps("Ya, hapus")

    assert await owner.maps() == ()
    owner.sees("Petanya sudah dihapus", "bisa dibalikin sampai")
    await a_day_passes(owner.house, 30.01)
    # What the owner said of us and of the shop is not the map's.
    assert set(traces(owner.house.database_path)) <= {SECRETS[0]}


@BOTH
async def test_erasing_a_map_can_be_undone_weeks_later(owner: Owner) -> None:
    """At once by one tap, later from /hapus; the map is as it was."""
    await fill(owner)
    before = await owner.map()
    await owner.says("/hapus")
    await owner.taps("🗑")
    await owner.taps(owner.label("erase_yes"))
    await owner.taps(owner.label("undelete"))
    assert await owner.map() == before

    await owner.says("/hapus")
    await owner.taps("🗑")
    await owner.taps(owner.label("erase_yes"))
    await owner.taps(owner.label("back"))
    await a_day_passes(owner.house, 29)
    await owner.says("/hapus")
    await owner.taps(owner.label("deleted", count=1))
    await owner.taps(owner.label("undelete"))

    assert await owner.map() == before
    await a_day_passes(owner.house, 5)
    assert await owner.map() == before
