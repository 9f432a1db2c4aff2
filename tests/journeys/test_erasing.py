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


@BOTH
async def test_after_erasing_everything_no_word_is_left_in_the_files(owner: Owner) -> None:
    """Maps, session, log of answers, inbox, outbox and jobs: nothing, in the file and in its log."""
    await fill(owner)
    database = owner.house.database_path
    assert set(traces(database)) == set(SECRETS)

    await owner.says("/hapus")
    await owner.taps(owner.label("erase_all"))
    await owner.taps(owner.label("erase_yes"))

    assert traces(database) == []
    assert owner.asking == []
    await owner.house.stop()
    assert traces(database) == []
    await owner.house.start()


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

    await owner.says("/hapus")
    await owner.taps("Semua data saya")
    await owner.taps("Ya, hapus")

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
    await owner.says("/hapus")
    await owner.taps("Semua data saya")
    await owner.taps("Ya, hapus")
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

    await owner.says("/hapus")
    await owner.taps("Semua data saya")
    await owner.taps("Ya, hapus")

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
    """Only the open map goes, after a question."""
    await owner.reaches_stages()
    await owner.says("/hapus")
    await owner.taps("🗑 Peta “")

    await owner.taps("Ya, hapus")

    assert await owner.maps() == ()
    owner.sees("Petanya sudah dihapus")
