"""Kilat: from /start to the album with taps alone."""

from pathlib import Path

from conversations.asides import CONSENT_VERSION
from conversations.schedule import Zone
from journey.model import Language, Status
from renderers.worker import DrawingRoom
from tests.chat import Owner, chat
from tests.journeys.conftest import BOTH


@BOTH
async def test_a_quick_map_takes_thirty_taps_and_no_typing(tmp_path: Path, language: Language) -> None:
    """From /start to the album and the advice over six stages, one tap at a time."""
    async with chat(tmp_path, language=language, make_room=DrawingRoom) as owner:
        await owner.reaches_stages()
        await owner.taps_first(17)
        await owner.taps_first()
        await owner.taps(owner.label("finish"))
        album = await owner.pictures(7)

        assert owner.taps_made <= 30
        assert owner.typed == 1  # /start
        assert len({photo.media_group_id for photo in album}) == 1
        assert all((photo.photo.width, photo.photo.height) == (1080, 1350) for photo in album if photo.photo)
        owner.sees("3 aksi minggu ini" if language is Language.ID else "3 actions this week")
        journey_map = await owner.map()
        assert journey_map.status is Status.FINISHED
        assert len(journey_map.stages) == 6


async def test_a_stage_counts_up_and_fills_its_bar(owner: Owner) -> None:
    """The owner sees how far they are, in words and as a bar."""
    await owner.reaches_stages()
    await owner.taps_first(6)

    owner.sees("Tahap 3/6 · Beli ▓▓▓░░░")


async def test_the_first_stage_is_rewarded_with_a_preview(owner: Owner) -> None:
    """A small picture comes after the first stage, and the question follows once more below it."""
    await owner.reaches_stages()

    await owner.taps_first(3)

    (preview,) = await owner.pictures(1)
    assert preview.message_id < owner.question.message_id
    owner.sees("Begini petanya sejauh ini", "Tahap 2/6")


async def test_beginning_is_the_consent_and_is_kept(owner: Owner) -> None:
    """Which text was agreed to, and when, is stored with the first tap on *Mulai peta*."""
    await owner.says("/start")
    before = (await owner.session()).consent

    await owner.taps("Mulai peta")

    consent = (await owner.session()).consent
    assert before is None
    assert consent is not None
    assert consent.version == CONSENT_VERSION
    assert abs((owner.house.parts.clock.now() - consent.given).total_seconds()) < 60
    await owner.says("/privasi")
    owner.sees(f"{consent.given.astimezone(Zone.WIB.clock):%d-%m-%Y}", CONSENT_VERSION)
