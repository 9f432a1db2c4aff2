"""A map goes out as a file and comes in again, through the real bot and the sandbox."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conversations.requests import FILES, DataFile
from conversations.steps import StepId
from journey.mapfile import LARGEST_FILE, read_file, write_file
from journey.model import Entry, JourneyMap, Language
from renderers.exports import ENDINGS
from sandbox.people import Person
from tests.chat import BUDI, House, Owner, chat
from tests.journeys.conftest import BOTH


async def reaches_review(owner: Owner) -> None:
    """Copy the example, which stands at its review then."""
    await owner.begins()
    await owner.says("/contoh" if owner.language is Language.ID else "/example")
    await owner.taps(owner.label("copy"))


async def opens_exports(owner: Owner) -> None:
    await reaches_review(owner)
    await owner.taps(owner.label("exports"))


def sent(owner: Owner) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that came by the last thing the owner did."""
    (message,) = [message for message in owner.news if message.document]
    assert message.document is not None
    files = owner.house.server.world.files.files.values()
    stored = [file for file in files if file.name == message.document.name]
    return stored[-1].name, stored[-1].data


def document(
    content: bytes, name: str = "peta.json", mime: str = "application/json"
) -> Callable[[Person], int]:
    return lambda person: person.sends_document(content, name, mime=mime)


async def backup(owner: Owner) -> bytes:
    """Return the backup of the open map, from its review."""
    await owner.taps(owner.label("exports"))
    await owner.taps(owner.label("json"))
    return sent(owner)[1]


@BOTH
async def test_every_file_is_a_tap_away(owner: Owner, language: Language) -> None:
    """Of an unfinished map too; each comes with what it is good for, and the same screen below it."""
    await opens_exports(owner)
    offered = owner.question.labels

    for file in (*DataFile, *FILES):
        await owner.taps(owner.label(file))

        name, content = sent(owner)
        assert name.isascii()
        assert name.endswith(ENDINGS[file] if isinstance(file, DataFile) else ("pdf", "png", "svg"))
        assert content
        assert owner.question.message_id == owner.messages[-1].message_id
        assert owner.question.labels == offered
    await owner.taps(owner.label("back"))
    assert owner.label("finish") in owner.question.labels


async def test_the_files_say_what_the_map_says(owner: Owner) -> None:
    """In tables, with Indonesian headings."""
    await opens_exports(owner)
    journey_map = await owner.map()

    await owner.taps(owner.label("csv"))
    lines = list(csv.reader(io.StringIO(sent(owner)[1].decode("utf-8-sig")), delimiter=";"))
    await owner.taps(owner.label("xlsx"))
    sheet = load_workbook(io.BytesIO(sent(owner)[1])).worksheets[0]
    await owner.taps(owner.label("mermaid"))
    diagram = sent(owner)[1].decode()

    assert lines[0] == ["Tahap", "Bagian", "Isi", "Dasarnya", "Nilai (1-5)", "Sampai tanggal"]
    assert sheet.max_row == len(lines)
    for stage in journey_map.stages:
        assert any(line[0] == stage.name for line in lines)
        assert f"section {stage.name}" in diagram


async def test_a_file_that_telegram_has_is_not_uploaded_again(owner: Owner) -> None:
    """The second tap sends the same file id."""
    await opens_exports(owner)
    await owner.taps(owner.label("xlsx"))
    first = [message.document for message in owner.news if message.document]
    await owner.taps(owner.label("xlsx"))

    assert [message.document for message in owner.news if message.document] == first


async def test_a_file_that_telegram_lost_comes_again(owner: Owner) -> None:
    """It is written anew."""
    await opens_exports(owner)
    await owner.taps(owner.label("csv"))
    owner.house.server.world.files.files.clear()

    await owner.taps(owner.label("csv"))

    assert sent(owner)[1]
    assert owner.question.message_id == owner.messages[-1].message_id


async def test_a_map_comes_back_equal(owner: Owner) -> None:
    """Its backup is sent, shown, kept after a yes, and is the same map under another id."""
    await reaches_review(owner)
    before = await owner.map()
    content = await backup(owner)

    await owner.sends(document(content))
    owner.sees("5 tahap", "Simpan jadi peta Kakak?")
    await owner.restart()
    await owner.taps(owner.label("import_yes"))

    owner.sees("Petanya sudah jadi punya Kakak")
    after = await owner.map()
    assert after.id != before.id
    assert after == replace(before, id=after.id)
    assert len(await owner.maps()) == 2


async def test_a_map_of_somebody_else_is_brought_along(owner: Owner, bot: House) -> None:
    """A newcomer starts with it; the other's map stays the other's."""
    await reaches_review(owner)
    content = await backup(owner)
    budi = bot.owner(BUDI)

    await budi.sends(document(content))
    question = budi.question
    await budi.taps(budi.label("import_yes"))
    await budi.taps_old(question, budi.label("import_yes"))

    assert len(await budi.maps()) == len(await owner.maps()) == 1
    assert (await budi.session()).consent is not None
    assert (await budi.map()).stages == (await owner.map()).stages


async def test_a_no_keeps_nothing(owner: Owner) -> None:
    """The question that was due is due again."""
    await reaches_review(owner)
    content = await backup(owner)
    await owner.sends(document(content))

    await owner.taps(owner.label("import_no"))

    owner.sees("nggak kusimpan")
    assert len(await owner.maps()) == 1
    assert (await owner.session()).step is StepId.REVIEW


def too_long(journey_map: JourneyMap) -> bytes:
    stage = replace(journey_map.stages[2], pains=(Entry("a"), Entry("x" * 281)))
    return write_file(journey_map.with_stage(stage))


FILES_WITH_TROUBLE: dict[str, tuple[Callable[[JourneyMap], bytes], str]] = {
    "too long": (too_long, "tahap 3, keluhan 2: lebih dari 280 huruf (ada 281)"),
    "no JSON": (lambda _: b"halo", "nggak kebaca"),
    "another JSON": (lambda _: b'{"a": 1}', "bukan peta Jejak"),
    "newer": (lambda _: b'{"format": "jejak-map/2"}', "lebih baru"),
    "nested": (lambda _: b"[" * 1_000_000, "terlalu ruwet"),
    "too large": (lambda _: b"[" * (LARGEST_FILE + 1), "lebih dari 1 MB"),
    "unknown field": (
        lambda found: write_file(found).replace(b'"shop": {', b'"shop": {"warna": 1, '),
        "toko: ada bagian yang nggak kukenal, “warna”",
    ),
    "twice": (
        lambda found: write_file(found).replace(b'"shop": {', b'"shop": {"name": null, '),
        "ada dua kali, “name”",
    ),
}


@pytest.mark.parametrize("name", FILES_WITH_TROUBLE)
async def test_a_file_that_is_no_map_is_answered_kindly(owner: Owner, name: str) -> None:
    """The place in words, what is wrong there, and the question again; nothing is stored."""
    make, told = FILES_WITH_TROUBLE[name]
    await reaches_review(owner)
    offered = owner.question.labels

    await owner.sends(document(make(await owner.map())))

    owner.sees(told)
    assert owner.question.labels == offered
    assert len(await owner.maps()) == 1


async def test_another_kind_of_file_is_not_opened(owner: Owner) -> None:
    """A spreadsheet is no map; what can be opened is said. Where it can back an entry, that is asked."""
    sheet = document(b"PK", "peta.xlsx", "application/vnd.ms-excel")
    await owner.says("/start")

    await owner.sends(sheet)
    owner.sees("cadangan peta Jejak (.json)")
    await reaches_review(owner)
    await owner.sends(sheet)

    owner.sees("Simpan jadi bukti?")


async def test_a_file_that_can_no_longer_be_fetched_is_asked_for_again(owner: Owner) -> None:
    """Telegram has forgotten it when the bot looks."""
    await reaches_review(owner)
    world = owner.house.server.world

    def vanishes(person: Person) -> int:
        update = person.sends_document(b"{}", "peta.json", mime="application/json")
        world.files.files.clear()
        return update

    await owner.sends(vanishes)

    owner.sees("Coba kirim ulang")


async def test_a_file_in_the_middle_of_a_question_waits_for_an_answer(tmp_path: Path) -> None:
    """The offer stands before the question, which is the same afterwards."""
    async with chat(tmp_path) as owner:
        await reaches_review(owner)
        content = await backup(owner)
        assert isinstance(read_file(content), JourneyMap)
        await owner.says("/baru")
        await owner.taps_first(2)
        asked, offered = owner.question.text.splitlines()[-1], owner.question.labels

        await owner.sends(document(json.dumps(json.loads(content)).encode(), "peta.txt", "text/plain"))
        await owner.taps(owner.label("import_no"))

        assert asked in owner.question.text
        assert owner.question.labels == offered
