"""Several maps in the chat: listed, renamed, copied and archived, edited by the entry, with a way back."""

from dataclasses import replace

from conversations.steps import StepId
from journey.limits import MAPS_PER_OWNER
from journey.model import Language, Status
from tests.chat import Owner
from tests.journeys.conftest import BOTH
from tests.journeys.test_long_maps import keep


async def finishes(owner: Owner) -> None:
    """Answer a quick map with the first chips and finish it."""
    await owner.reaches_stages()
    await owner.taps_first(18)
    await owner.taps(owner.label("finish"))
    await owner.pictures(7)


async def begins_another(owner: Owner) -> None:
    """Begin a second map, up to its first stage."""
    await owner.says("/baru")
    await owner.taps(owner.label("speed.quick"))
    await owner.taps_first(6)


async def test_two_maps_are_kept_apart_copied_and_put_away(owner: Owner) -> None:
    """Rename one, copy it, archive the other, remove an entry and take it back, with restarts in between."""
    await finishes(owner)
    first = await owner.map()
    await begins_another(owner)
    second = await owner.map()

    await owner.says("/peta")
    owner.sees("Peta Kakak (2)", "Tahap 1/6 · Kenal", "✅ selesai")
    await owner.taps("✅ ")
    await owner.taps("Ganti nama")
    await owner.restart()
    await owner.says("Pelanggan lama Bandung")
    owner.sees("sekarang namanya", "Pelanggan lama Bandung")

    await owner.taps("Salin buat pelanggan lain")
    owner.sees("Salinannya jadi", "Siapa pelanggan yang mau dipetakan?")
    copied = await owner.map()
    assert [stage.touchpoints for stage in copied.stages] == [stage.touchpoints for stage in first.stages]
    assert copied.persona.name is None

    await owner.says("/peta")
    await owner.taps(owner.question.labels[1])
    await owner.taps("Arsipkan")
    owner.sees("masuk arsip", "Peta Kakak (2)")
    assert [row.map_id for row in await owner.maps() if row.archived] == [second.id]
    await owner.restart()
    await owner.says("/lanjut")
    assert (await owner.session()).step is StepId.PERSONA_NAME

    await owner.says("/peta")
    await owner.taps("Pelanggan lama Bandung")
    await owner.taps("Buka")
    await owner.taps("Ubah isi")
    await owner.taps("3. Beli")
    await owner.taps("Keluhan:")
    await owner.taps_first()
    before = await owner.map()
    await owner.taps("Hapus")
    owner.sees("Sudah dihapus")
    assert (await owner.map()).stages[2].pains == ()
    await owner.restart()
    await owner.taps("Batalkan yang tadi")

    assert await owner.map() == before
    assert before.status is Status.FINISHED
    assert before.stages == first.stages
    await owner.taps("Pasang lagi yang tadi")
    assert (await owner.map()).stages[2].pains == ()


@BOTH
async def test_an_entry_moves_to_another_stage(owner: Owner) -> None:
    """The list of a cell, one entry, the stage to move it to; the other stage says it then."""
    await owner.reaches_stages()
    await owner.taps_first(18)
    moved = (await owner.map()).stages[0].pains[0]
    await owner.taps("1. ")
    await owner.taps(owner.label("line.pains", prefix="", answer="")[:5])
    await owner.taps_first()
    await owner.restart()

    await owner.taps(owner.label("entry_move"))
    await owner.taps("4. ")

    stages = (await owner.map()).stages
    assert moved not in stages[0].pains
    assert stages[3].pains[-1] == moved


async def test_greeting_and_resuming_offer_both_unfinished_maps(owner: Owner) -> None:
    """/start and /lanjut say where each stands; a tap goes on there, also after a restart."""
    await owner.reaches_stages()
    await owner.taps_first(4)
    first = await owner.map()
    await begins_another(owner)

    await owner.says("/start")
    assert [label for label in owner.question.labels if "2/6 Timbang" in label]
    await owner.says("/lanjut")
    owner.sees("Ada 2 peta yang belum selesai", "Tahap 1/6 · Kenal", "Tahap 2/6 · Timbang")
    await owner.restart()
    await owner.taps("2/6 Timbang")

    assert (await owner.map()).id == first.id
    owner.sees("Tahap 2/6")


async def test_another_map_is_deleted_from_the_list(owner: Owner) -> None:
    """Named, confirmed and gone; the map that is open stays where it is."""
    await finishes(owner)
    await begins_another(owner)
    opened = await owner.map()

    await owner.says("/peta")
    await owner.taps("✅ ")
    await owner.taps("Hapus peta ini")
    await owner.taps("Nggak jadi")
    assert len(await owner.maps()) == 2
    await owner.taps("Hapus peta ini")
    await owner.taps("Ya, hapus")

    owner.sees("Petanya sudah dihapus.")
    assert [row.map_id for row in await owner.maps()] == [opened.id]
    await owner.says("/batal")
    owner.sees("Tahap 1/6")


@BOTH
async def test_a_deleted_map_is_looked_for_among_the_maps(owner: Owner, language: Language) -> None:
    """The list says that there is one, and brings it back as it was."""
    await finishes(owner)
    (before,) = await owner.maps()
    await owner.says("/hapus" if language is Language.ID else "/delete")
    await owner.taps("🗑")
    await owner.taps(owner.label("erase_yes"))

    await owner.says("/peta" if language is Language.ID else "/maps")
    assert await owner.maps() == ()
    await owner.taps(owner.label("deleted", count=1))
    await owner.taps(owner.label("undelete"))

    (after,) = await owner.maps()
    assert (after.map_id, after.document) == (before.map_id, before.document)
    await owner.says("/peta" if language is Language.ID else "/maps")
    assert owner.label("deleted", count=1) not in owner.question.labels


async def test_a_hundred_maps_are_enough(owner: Owner) -> None:
    """The limit is said kindly, with the way out; the list of all of them can be leafed through."""
    await owner.reaches_stages()
    journey_map = await owner.map()
    for number in range(MAPS_PER_OWNER - 1):
        await keep(owner, replace(journey_map, id=f"x{number}"))

    await owner.says("/baru")
    owner.sees("sudah 100 peta", "/peta")
    await owner.says("/peta")
    await owner.taps("Pilihan lain »")

    owner.sees("Peta Kakak (100)")
    assert len(await owner.maps()) == MAPS_PER_OWNER
