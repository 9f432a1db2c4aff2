"""The drawing room survives what its workers don't."""

import os
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from journey.model import JourneyMap
from renderers.picture import Format, Layout, Picture, draw
from renderers.second import SecondCurve
from renderers.theme import PRINT, Theme
from renderers.words import PictureWords
from renderers.worker import DrawingFailed, DrawingRoom, Trouble
from tests.renderers.maps import coffee
from tests.renderers.pages import mirrored
from tests.renderers.words import INDONESIAN


def misbehave(
    journey_map: JourneyMap,
    layout: Layout,
    format: Format,
    words: PictureWords,
    *,
    theme: Theme,
    second: SecondCurve | None,
) -> tuple[Picture, ...]:
    """Crash, hang, eat memory or stumble as the map's id says, else draw."""
    match journey_map.id:
        case "crash":
            os._exit(7)
        case "hang":
            time.sleep(60)
        case "memory":
            return (Picture(bytes(3_000_000_000), "", 0, 0, "", ""),)
        case "stumble":
            raise ValueError(journey_map.id)
    return draw(journey_map, layout, format, words, theme=theme, second=second)


@pytest_asyncio.fixture
async def room() -> AsyncIterator[DrawingRoom]:
    opened = DrawingRoom(workers=1, time_limit=5.0, drawer=misbehave)
    yield opened
    opened.close()


async def test_draws_what_this_process_would(room: DrawingRoom) -> None:
    """A worker's picture has the same bytes as ours."""
    second = mirrored(coffee())

    drawn = await room.draw(coffee(), Layout.PORTRAIT, Format.JPG, INDONESIAN, theme=PRINT, second=second)

    assert drawn == draw(coffee(), Layout.PORTRAIT, Format.JPG, INDONESIAN, theme=PRINT, second=second)


async def test_goes_on_after_every_trouble(room: DrawingRoom) -> None:
    """A crash, a hang, too much memory and a mistake are told apart, and the next map is drawn."""
    from dataclasses import replace

    reasons = []
    for name in ("crash", "hang", "memory", "stumble"):
        with pytest.raises(DrawingFailed) as failure:
            await room.draw(replace(coffee(), id=name), Layout.PREVIEW, Format.JPG, INDONESIAN)
        reasons.append(failure.value.reason)

    (picture,) = await room.draw(coffee(), Layout.PREVIEW, Format.JPG, INDONESIAN)

    assert reasons == [Trouble.CRASH, Trouble.TIMEOUT, Trouble.MEMORY, Trouble.ERROR]
    assert picture.name == "preview.jpg"
