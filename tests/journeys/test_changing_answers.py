"""Going back, skipping, lists, own words, corrections: nothing that was said gets lost."""

from conversations.steps import StepId
from journey import gaps
from journey.model import Element
from tests.chat import Owner
from tests.journeys.conftest import BOTH


@BOTH
async def test_back_shows_the_old_answer_and_keeps_the_later_ones(owner: Owner) -> None:
    """Four questions back and forward again cost four taps and change nothing."""
    await owner.reaches_stages()
    before = await owner.map()
    back, keep = owner.label("back"), owner.label("keep")

    for _ in range(4):
        await owner.taps(back)
    shown = owner.question.text
    assert before.persona.name is not None
    assert before.persona.name.text in shown
    while (await owner.session()).step != StepId.TOUCHPOINTS:
        await owner.taps(keep)

    assert await owner.map() == before


async def test_an_answer_changed_after_going_back_leaves_the_others_alone(owner: Owner) -> None:
    """Another chip replaces the goal; persona and stages stay."""
    await owner.reaches_stages()
    before = await owner.map()
    for _ in range(5):
        await owner.taps("Kembali")

    await owner.taps(owner.question.labels[1])

    after = await owner.map()
    assert after.goal != before.goal
    assert (after.persona, after.stages) == (before.persona, before.stages)


@BOTH
async def test_what_was_skipped_is_offered_again_at_the_end(owner: Owner) -> None:
    """Two skipped questions are listed before the review, and a tap leads to each."""
    await owner.reaches_stages()
    skip = owner.label("skip")
    await owner.taps(skip)
    await owner.taps_first(16)
    await owner.taps(skip)

    assert (await owner.session()).step == StepId.LEFTOVERS
    assert len(gaps.leftovers(await owner.map())) == 2
    await owner.taps_first()
    await owner.taps_first()

    assert (await owner.session()).step == StepId.LEFTOVERS
    assert len(gaps.leftovers(await owner.map())) == 1
    await owner.taps(owner.label("enough"))
    assert (await owner.session()).step == StepId.REVIEW


async def test_a_typed_list_is_shown_back_and_can_be_joined(owner: Owner) -> None:
    """Three lines become three entries; *Jadikan satu aja* makes one of them again."""
    await owner.reaches_stages()

    await owner.says("1. lihat status WA\n2. dari tetangga\n3. lewat depan toko")

    owner.sees("Aku catat 3", "• lihat status WA", "• dari tetangga", "• lewat depan toko")
    assert len((await owner.map()).stages[0].touchpoints) == 3
    await owner.taps("Jadikan satu aja")
    (entry,) = (await owner.map()).stages[0].touchpoints
    assert entry.text == "lihat status WA, dari tetangga, lewat depan toko"


async def test_own_words_become_a_chip_of_the_next_stage(owner: Owner) -> None:
    """What was typed for one stage can be tapped in the next."""
    await owner.reaches_stages()
    await owner.says("grup RT")
    await owner.taps_first(2)

    assert owner.question.labels[0] == "grup RT"


@BOTH
async def test_an_own_feeling_is_given_a_score(owner: Owner) -> None:
    """A typed feeling asks how good or bad it is, and is stored with that."""
    await owner.reaches_stages()
    await owner.taps_first()

    await owner.says("deg-degan")
    assert "deg-degan" in owner.question.text
    await owner.taps(owner.label("score.2"))

    (feeling,) = (await owner.map()).stages[0].feelings
    assert (feeling.text, feeling.score) == ("deg-degan", 2)
    owner.sees("deg-degan")


async def test_a_low_feeling_is_understood(owner: Owner) -> None:
    """The bot answers the meaning, not only the tap."""
    await owner.reaches_stages()
    await owner.taps_first()

    await owner.taps("Kesal")

    owner.sees("bikin pelanggan", "kesal", "Kita cari sebabnya")


@BOTH
async def test_several_chips_are_ticked_and_unticked(owner: Owner) -> None:
    """*Pilih beberapa* turns the chips into ticks; *Selesai* says how many there are."""
    await owner.reaches_stages()
    await owner.taps(owner.label("several"))
    first, second = owner.question.labels[:2]
    assert first.startswith("⬜")

    await owner.taps(first)
    await owner.taps(second)
    assert [name[0] for name in owner.question.labels[:2]] == ["✅", "✅"]
    await owner.taps(owner.question.labels[0])
    await owner.taps(owner.label("done", count=1))

    assert len((await owner.map()).stages[0].touchpoints) == 1
    assert (await owner.session()).step == StepId.FEELINGS


async def test_chips_beyond_eight_are_on_a_further_page(owner: Owner) -> None:
    """The further page shows other chips, and the way back."""
    await owner.reaches_stages()
    first = set(owner.question.labels)

    await owner.taps("Pilihan lain")

    assert "« Sebelumnya" in owner.question.labels
    assert owner.question.labels[0] not in first


async def test_editing_the_latest_typed_answer_changes_it(owner: Owner) -> None:
    """The corrected message takes the place of the first one, also in the map."""
    await owner.begins()
    await owner.taps_first()
    message = await owner.says("Warung Bu Sri")

    await owner.edits(message, "Warung Bu Sari")

    assert (await owner.map()).shop.name == "Warung Bu Sari"
    owner.sees("Sudah aku ganti: Warung Bu Sari")


async def test_editing_an_older_answer_offers_a_button_to_it(owner: Owner) -> None:
    """An older message isn't changed behind the owner's back; a button leads to its question."""
    await owner.begins()
    await owner.taps_first()
    older = await owner.says("Warung Bu Sri")
    await owner.taps_first()
    await owner.says("biar pembeli balik lagi")

    await owner.edits(older, "Warung Bu Sari")
    assert (await owner.map()).shop.name == "Warung Bu Sri"
    await owner.taps("Ubah jawaban itu")

    assert (await owner.session()).step == StepId.SHOP_NAME


async def test_editing_a_message_that_answered_nothing_is_answered(owner: Owner) -> None:
    """The owner hears that the edit wasn't understood, and is asked again."""
    message = await owner.says("halo")
    await owner.begins()

    await owner.edits(message, "halo kak")

    owner.sees("Aku nggak tahu pesan itu jawaban yang mana", "Jualannya apa")


async def test_typing_a_chips_label_is_choosing_it(owner: Owner) -> None:
    """Whoever types what stands on a button gets what the button does."""
    await owner.begins()

    await owner.says(owner.question.labels[3].upper())

    assert (await owner.map()).shop.business is not None
    assert (await owner.session()).step == StepId.SHOP_NAME


async def test_three_answers_that_do_not_fit_end_in_an_offer_to_skip(owner: Owner) -> None:
    """First what is needed, then an example, then the way out."""
    await owner.reaches_stages()
    too_long = "kata " * 80

    await owner.says(too_long)
    owner.sees("Kepanjangan, Kak", "paling banyak 280")
    await owner.says(too_long)
    owner.sees("💡 Contoh:")
    await owner.says(too_long)

    owner.sees("Lewati dulu")
    assert (await owner.map()).stages[0].touchpoints == ()


async def test_the_review_leads_to_every_line_and_back(owner: Owner) -> None:
    """From the review to a stage's complaints, one more typed below them, and back to the stage's place."""
    await owner.reaches_stages()
    await owner.taps_first(18)
    await owner.taps("3. Beli")
    await owner.taps("Keluhan:")
    before = (await owner.map()).stages[2].pains

    await owner.says("ongkirnya mahal banget")

    assert (await owner.session()).step == StepId.REVIEW_CELL
    assert len((await owner.map()).stages[2].pains) == len(before) + 1


async def test_the_complete_interview_asks_for_every_element(owner: Owner) -> None:
    """Lengkap fills the whole persona and all six elements of all six stages."""
    await owner.reaches_stages("full")
    done = owner.label("done", count=1)
    for _ in range(6 * len(Element)):
        await owner.taps_first()
        if done in owner.question.labels:
            await owner.taps(done)
    await owner.taps("Selesai, buat gambarnya")
    await owner.pictures(7)

    journey_map = await owner.map()
    assert all(stage.entries(element) for stage in journey_map.stages for element in Element)
    assert all(getattr(journey_map.persona, name) for name in journey_map.persona.__slots__)


async def test_a_quick_map_can_be_completed_later(owner: Owner) -> None:
    """*Lengkapi petanya* asks only for what Kilat left out."""
    await owner.reaches_stages()
    await owner.taps_first(18)
    await owner.taps("Selesai, buat gambarnya")

    await owner.taps("Lengkapi petanya")

    assert (await owner.session()).step == StepId.PERSONA_WHO
    owner.sees("Yang sudah dijawab nggak aku tanya lagi")
