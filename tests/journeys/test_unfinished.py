"""Several unfinished maps: /start and /lanjut say where each stands, in the order one would look for them."""

from conversations.steps import StepId
from tests.chat import Owner
from tests.journeys.test_several_maps import begins_another, finishes


async def has_many_maps(owner: Owner) -> None:
    """Have one map just begun, one on the way, one archived, one deleted, and one edited after its end."""
    await finishes(owner)
    await owner.says("/baru")
    await owner.taps(owner.label("speed.quick"))
    await begins_another(owner)
    await owner.taps_first(4)
    await begins_another(owner)
    await owner.says("/peta")
    await owner.taps_first()
    await owner.taps("Arsipkan")
    await begins_another(owner)
    await owner.says("/peta")
    await owner.taps_first()
    await owner.taps("Hapus peta ini")
    await owner.taps("Ya, hapus")
    await owner.says("/peta")
    await owner.taps("✅ ")
    await owner.taps("Buka")
    await owner.taps("Ubah isi")
    await owner.taps("1. Kenal")
    await owner.taps("Keluhan:")
    await owner.taps("Tambah")
    await owner.says("antre panjang")


async def test_start_and_resume_show_where_each_stands(owner: Owner) -> None:
    """The open one first, then the latest changed; neither the archived nor the deleted one is offered."""
    await has_many_maps(owner)
    standing = [" · tinggal dicek", " · 2/6 Timbang", " · baru mulai"]

    await owner.says("/start")
    offered = [label for label in owner.question.labels if label.startswith("▶️")]
    assert [label[label.index(" · ") :] for label in offered] == standing
    owner.sees("Mau lanjut yang mana?")
    assert all(len(label) <= 34 for label in offered)

    await owner.says("/lanjut")
    owner.sees(
        "Ada 3 peta yang belum selesai.",
        "📝 tinggal dicek & diselesaikan",
        "📝 Tahap 2/6 · Timbang",
        "📝 baru mulai",
    )
    assert [label for label in owner.question.labels if label.startswith("▶️")] == offered
    await owner.restart()
    await owner.taps("2/6 Timbang")
    owner.sees("Tahap 2/6")
    await owner.says("/lanjut")
    assert [label[label.index(" · ") :] for label in owner.question.labels[:3]] == [
        " · 2/6 Timbang",
        " · tinggal dicek",
        " · baru mulai",
    ]


async def test_a_map_edited_after_its_end_goes_on_at_its_review(owner: Owner) -> None:
    """Nothing is left to ask in it: it only has to be looked through and finished again."""
    await has_many_maps(owner)
    await owner.says("/lanjut")
    await owner.taps("2/6 Timbang")

    await owner.says("/lanjut")
    await owner.taps("tinggal dicek")

    assert (await owner.session()).step is StepId.REVIEW
    owner.sees("antre panjang")
