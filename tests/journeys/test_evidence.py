"""Photos, voice notes and forwarded chats become evidence in the chat, and can be looked at again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conversations.attachments import EvidenceKind
from conversations.blocks import LABEL
from conversations.steps import StepId
from journey.document import read_map
from journey.model import Entry, JourneyMap, Standing
from journey.titles import shortened
from sandbox.files import FileKind
from sandbox.people import Person
from sandbox.views import ChatMessage
from storage.database import Database
from storage.records import EvidenceRow
from tests.bot_process import bot_process
from tests.chat import BUDI, TOKEN, House, Owner, house
from tests.journeys.conftest import BOTH
from tests.journeys.test_files import backup, document, reaches_review
from tests.journeys.test_kill import begun, confirmed

CLIPS = (FileKind.AUDIO, FileKind.VIDEO, FileKind.VIDEO_NOTE, FileKind.ANIMATION)


async def kept(owner: Owner) -> tuple[EvidenceRow, ...]:
    """Return all evidence of an owner."""
    return await owner.house.read(lambda transaction: transaction.evidence.of_owner(owner.person.id))


async def first_pain(owner: Owner) -> Entry:
    return (await owner.map()).stages[0].pains[0]


async def backs_first_pain(owner: Owner) -> None:
    """Choose the first complaint of the first stage on the screen that asks what something shows."""
    line = owner.label("line.pains", prefix="", answer=(await first_pain(owner)).text)
    await owner.taps("1. ")
    await owner.taps(shortened(line, LABEL))


async def opens_first_pain(owner: Owner) -> None:
    """Go from the review to the screen of the first complaint."""
    pain = await first_pain(owner)
    await owner.taps("1. ")
    await owner.taps(owner.label("line.pains", prefix="", answer=pain.text)[:12])
    await owner.taps(shortened(pain.text, LABEL))


def files(owner: Owner) -> list[ChatMessage]:
    """Return the messages with files that came by the last thing the owner did."""
    return [
        message
        for message in owner.news
        if message.photo or message.voice or message.audio or message.video or message.document
    ]


@BOTH
async def test_an_album_backs_a_complaint_and_comes_again(owner: Owner) -> None:
    """One screen for all of it, a restart in the middle, and the three photos again at a tap."""
    await reaches_review(owner)
    before = len(owner.messages)

    await owner.sends(lambda person: person.sends_album(3, caption="Hubungi 0812-3456-7890"))
    owner.sees(owner.label("evidence.numbers_hidden"))
    assert len(owner.messages) == before + 1
    await owner.restart()
    await backs_first_pain(owner)

    assert (await owner.session()).step is StepId.REVIEW
    rows = await kept(owner)
    assert [(row.kind, row.caption) for row in rows] == [("photo", "Hubungi …"), ("photo", ""), ("photo", "")]
    assert await first_pain(owner) == Entry(
        (await first_pain(owner)).text,
        (await first_pain(owner)).chip,
        Standing.EVIDENCE,
        tuple(row.evidence_id for row in rows),
    )
    await opens_first_pain(owner)
    await owner.taps(owner.label("evidence_show", count=3))
    assert [message.photo.file_id for message in files(owner) if message.photo] == [
        row.file_id for row in rows
    ]
    assert owner.question.message_id == owner.messages[-1].message_id
    assert owner.label("entry_edit") in owner.question.labels


async def test_the_question_that_waits_comes_back(owner: Owner) -> None:
    """Sent in the middle of an interview: the stage asked about is offered, and a no changes nothing."""
    await owner.reaches_stages()
    await owner.taps_first()
    before = await owner.session()
    waiting = owner.question.labels

    await owner.sends(lambda person: person.forwards_photo(caption="Lihat nih"))
    assert owner.question.labels[0].startswith("1. ")
    await owner.taps(owner.label("evidence_no"))

    assert owner.question.labels == waiting
    assert (await owner.session()).cell == before.cell
    assert await kept(owner) == ()


async def test_a_forwarded_chat_is_quoted(owner: Owner) -> None:
    """Words alone, without who wrote them; typed words stay an answer."""
    await reaches_review(owner)

    await owner.sends(
        lambda person: person.forwards("Kak <b>lama</b> ya\nresi 081234567890", written_by="Bu Rini")
    )
    owner.sees("Yang kucatat cuma tulisannya.")
    assert "Filenya" not in owner.question.text
    await backs_first_pain(owner)

    (row,) = await kept(owner)
    assert (row.kind, row.file_id, row.caption) == ("words", "", "Kak <b>lama</b> ya\nresi …")
    await opens_first_pain(owner)
    await owner.taps(owner.label("evidence_show", count=1))
    owner.sees("Kak <b>lama</b> ya\nresi …")
    assert "Rini" not in str(await owner.maps())


async def test_several_forwarded_messages_ask_once(owner: Owner) -> None:
    """Marked and forwarded together, they come one by one; they wait together."""
    await reaches_review(owner)

    def forward(person: Person) -> int:
        person.forwards("Satu")
        person.forwards_photo(caption="Dua")
        return person.forwards("Tiga")

    await owner.sends(forward)
    await backs_first_pain(owner)

    assert [row.caption for row in await kept(owner)] == ["Satu", "Dua", "Tiga"]


async def test_a_voice_note_is_asked_about_as_one(owner: Owner) -> None:
    """Nothing in it can be covered: a name is said, or not."""
    await reaches_review(owner)

    await owner.sends(Person.sends_voice)

    owner.sees("Ada nama atau nomor pelanggan kesebut?")
    assert "tutup dulu" not in owner.question.text


async def test_a_later_photo_asks_below_it(owner: Owner) -> None:
    """What joins while the screen is open is not answered far above."""
    await reaches_review(owner)
    await owner.sends(Person.sends_photo)

    sent = await owner.sends(Person.sends_voice)

    assert owner.question.message_id > sent
    owner.sees("Simpan 2 ini jadi bukti?")


@pytest.mark.parametrize(
    ("send", "kind"),
    [
        (Person.sends_photo, EvidenceKind.PHOTO),
        (Person.sends_voice, EvidenceKind.VOICE),
        (
            lambda person: person.sends_document(b"%PDF", "nota.pdf", mime="application/pdf"),
            EvidenceKind.DOCUMENT,
        ),
        *((lambda person, kind=kind: person.sends_clip(kind), EvidenceKind(kind)) for kind in CLIPS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_everything_comes_back_as_it_was_sent(
    owner: Owner, send: Callable[[Person], int], kind: EvidenceKind
) -> None:
    """By the id of its file, as a thing of its kind."""
    await reaches_review(owner)
    await owner.sends(send)
    sent = owner.person.messages[-2]
    await backs_first_pain(owner)
    await opens_first_pain(owner)

    await owner.taps(owner.label("evidence_show", count=1))

    (again,) = files(owner)
    assert [row.kind for row in await kept(owner)] == [kind]
    for name in ("photo", "voice", "audio", "video", "document"):
        assert getattr(again, name) == getattr(sent, name)


async def test_a_file_that_telegram_lost_is_told(owner: Owner) -> None:
    """In its place, the others come all the same."""
    await reaches_review(owner)
    await owner.sends(lambda person: person.sends_album(2))
    await backs_first_pain(owner)
    rows = await kept(owner)
    del owner.house.server.world.files.files[rows[0].file_id]
    await opens_first_pain(owner)

    await owner.taps(owner.label("evidence_show", count=2))

    owner.sees(owner.label("evidence.lost", number=1))
    assert len(files(owner)) == 1
    assert owner.label("entry_edit") in owner.question.labels


async def test_deleted_evidence_is_gone_for_good(owner: Owner) -> None:
    """Its row at once, and the step back with it: that would name what is no more."""
    await reaches_review(owner)
    await owner.sends(Person.sends_photo)
    await backs_first_pain(owner)
    await opens_first_pain(owner)

    await owner.taps(owner.label("evidence_drop"))
    await owner.taps(owner.label("evidence_all", count=1))

    assert (await first_pain(owner)).standing is Standing.CUSTOMER
    assert await kept(owner) == ()
    assert owner.label("undo") not in owner.question.labels
    map_id = (await owner.map()).id
    assert await owner.house.read(lambda found: found.maps.earlier(map_id, owner.person.id)) is None


async def test_who_gets_the_map_gets_no_evidence(owner: Owner, bot: House) -> None:
    """The backup names pieces that only their owner can look at."""
    await reaches_review(owner)
    await owner.sends(Person.sends_photo)
    await backs_first_pain(owner)
    (row,) = await kept(owner)
    content = await backup(owner)
    budi = bot.owner(BUDI)

    await budi.says("/start")
    await budi.sends(document(content))
    await budi.taps(budi.label("import_yes"))
    await opens_first_pain(budi)
    await budi.taps(budi.label("evidence_show", count=1))

    assert row.file_id.encode() not in content
    assert (await first_pain(budi)).evidence == (row.evidence_id,)
    budi.sees(budi.label("evidence.gone", number=1))
    assert files(budi) == []


async def test_deleting_everything_takes_the_evidence_along(owner: Owner) -> None:
    """Nothing of it is left."""
    await reaches_review(owner)
    await owner.sends(Person.sends_photo)
    await backs_first_pain(owner)

    await owner.says("/hapus")
    await owner.taps(owner.label("erase_all"))
    await owner.taps(owner.label("erase_yes"))
    await owner.taps(owner.label("afresh"))

    assert await kept(owner) == ()


@pytest.mark.slow
async def test_a_kill_at_any_moment_loses_no_evidence(tmp_path: Path) -> None:
    """Killed when the photo was stored, killed when the entry was chosen: it is kept once, and backs it."""
    async with house(tmp_path) as bot:
        owner = bot.owner()
        await reaches_review(owner)
        await bot.stop()
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": bot.server.url,
            "DATABASE_URL": bot.settings.database_url,
        }

        async with bot_process(environment, tmp_path / "log") as process:
            await begun(bot.server)
            update = owner.person.sends_album(2)
            for asked, wanted in (("Simpan 2 ini jadi bukti", "1. "), ("2 ini bukti buat yang mana", ": ")):
                await confirmed(bot.server, update)
                await process.kill()
                await process.start()
                await _asks(owner, asked)
                update = owner.press(wanted)
            await confirmed(bot.server, update)
            await process.kill()
            await process.start()
            await _asks(owner, "2 bukti tersimpan")

        reader = Database.open(bot.settings.database_url, read_only=True)
        rows = reader.read_now(lambda transaction: transaction.evidence.of_owner(owner.person.id))
        (stored,) = reader.read_now(lambda transaction: transaction.maps.list(owner.person.id))
        reader.close_now()
        assert [row.kind for row in rows] == ["photo", "photo"]
        assert _evidence_in(read_map(stored.document)) == {row.evidence_id for row in rows}


async def _asks(owner: Owner, words: str) -> None:
    """Return when the one question says these words."""
    await owner.house.server.wait_for(
        lambda: [words in message.text for message in owner.asking] == [True], timeout=30
    )


def _evidence_in(journey_map: JourneyMap) -> set[str]:
    return {piece for stage in journey_map.stages for pain in stage.pains for piece in pain.evidence}
