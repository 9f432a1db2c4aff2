"""Finished pictures: the same bytes every time, of legal size, and their text can be read."""

import hashlib
import io
import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from journey.model import JourneyMap
from renderers.alternative import LONGEST
from renderers.layout.card import card
from renderers.layout.cover import cover
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.preview import preview
from renderers.picture import Format, Layout, Picture, draw, draw_album, draw_poster, draw_preview
from renderers.theme import LIGHT, Accent, contrast
from tests.renderers.maps import coffee, fullest, scrambled, unfinished
from tests.renderers.words import INDONESIAN

GOLDEN = Path(__file__).parent / "golden"
PHOTO_BYTES = 10_000_000  # Telegram: a photo is at most 10 MB,
PHOTO_SIDES = 10_000  # its width and height together at most 10,000,
PHOTO_RATIO = 20  # and one at most 20 times the other
PAGES = {
    "cover": lambda: cover(coffee(), INDONESIAN, LIGHT),
    "card": lambda: card(coffee(), coffee().stages[1], INDONESIAN, LIGHT)[0],
    "card-two-feelings": lambda: card(coffee(), coffee().stages[3], INDONESIAN, LIGHT)[0],
    "preview": lambda: preview(unfinished(), INDONESIAN, LIGHT),
    "poster": lambda: poster(coffee(), INDONESIAN, LIGHT),
    "portrait": lambda: portrait(coffee(), INDONESIAN, LIGHT),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_look_as_agreed(name: str) -> None:
    """The display lists are those in golden/; RENEW_GOLDEN=1 writes them anew after a wanted change."""
    path = GOLDEN / f"{name}.json"

    drawn = PAGES[name]().as_json()
    if os.environ.get("RENEW_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")

    assert drawn.splitlines() == path.read_text(encoding="utf-8").splitlines()
    assert json.loads(drawn)


def digests(journey_map: JourneyMap, layout: Layout, kind: Format) -> list[str]:
    return [picture.digest for picture in draw(journey_map, layout, kind, INDONESIAN)]


@pytest.mark.parametrize("kind", Format)
def test_same_map_same_bytes(kind: Format) -> None:
    """Drawing a map twice gives the same file, also in another process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as elsewhere:
        there = elsewhere.submit(digests, coffee(), Layout.POSTER, kind).result()

    here = [digests(coffee(), Layout.POSTER, kind) for _ in range(2)]

    assert here == [there, there]


@pytest.mark.parametrize(
    "journey_map", [coffee(), fullest(), scrambled(3)], ids=lambda journey_map: journey_map.id
)
def test_pictures_can_be_sent_as_photos(journey_map: JourneyMap) -> None:
    """Every picture is what its header says and within Telegram's limits, and has a text alternative."""
    for layout in Layout:
        for picture in draw(journey_map, layout, Format.JPG, INDONESIAN):
            with Image.open(io.BytesIO(picture.content)) as image:
                assert image.size == (picture.width, picture.height)
            assert len(picture.content) <= PHOTO_BYTES
            assert picture.width + picture.height <= PHOTO_SIDES
            assert max(picture.width, picture.height) <= PHOTO_RATIO * min(picture.width, picture.height)
            assert picture.digest == hashlib.sha256(picture.content).hexdigest()
            assert 0 < len(picture.alternative) <= LONGEST


def test_album_is_a_cover_and_a_card_a_stage() -> None:
    """The example makes six pictures of 1080 by 1350, named in their order."""
    album = draw_album(coffee(), INDONESIAN)

    assert [picture.name for picture in album] == [
        "00-cover.jpg",
        "01.jpg",
        "02.jpg",
        "03.jpg",
        "04.jpg",
        "05.jpg",
    ]
    assert {(picture.width, picture.height) for picture in album} == {(1080, 1350)}


def test_png_holds_the_pixels_of_the_painter() -> None:
    """Our own PNG writer and a reader agree on every pixel."""
    from renderers.encoding import png
    from renderers.painter import paint_pixels

    pixels = paint_pixels(cover(coffee(), INDONESIAN, LIGHT), 0.3)
    with Image.open(io.BytesIO(png(pixels))) as image:
        read = image.convert("RGBA").tobytes()

    assert read == pixels.tobytes()


def test_text_of_the_pdf_can_be_found() -> None:
    """A PDF of the poster contains every complaint as text."""
    picture = draw_poster(coffee(), INDONESIAN, Format.PDF)
    document = pypdfium2.PdfDocument(picture.content)
    page = document[0]
    text_page = page.get_textpage()
    words = text_page.get_text_range().split()
    text_page.close()
    page.close()
    document.close()

    wanted = [word for stage in coffee().stages for entry in stage.pains for word in entry.text.split()]

    assert [word for word in wanted if word not in words] == []


def test_album_can_be_one_pdf() -> None:
    """As PDF the album is one file with a page each."""
    (picture,) = draw(coffee(), Layout.ALBUM, Format.PDF, INDONESIAN)
    document = pypdfium2.PdfDocument(picture.content)
    count = len(document)
    document.close()

    assert (picture.name, count) == ("album.pdf", 6)


def test_alternatives_tell_what_is_seen() -> None:
    """The cover's alternative names persona, stages, feelings and moments; the preview says how far it is."""
    album, so_far = draw_album(coffee(), INDONESIAN), draw_preview(unfinished(), INDONESIAN)

    assert album[0].alternative == (
        "Pembelian Kopi Online. Tipe pelanggan: Pembeli kopi online. 5 tahap: Kesadaran (Tertarik), "
        "Pertimbangan (Ingin tahu), Keputusan (Sedikit khawatir), Pengalaman (Antusias / Cemas), "
        "Loyalitas (Puas). Momen terbaik: Loyalitas. Momen terberat: Keputusan."
    )
    assert "2 dari 6 tahap" in so_far.alternative
    assert isinstance(so_far, Picture)


def test_colours_keep_their_contrast() -> None:
    """Every pair of text and ground keeps 4.5:1, neighbouring feelings stay apart."""

    def pairs_of(accent: Accent) -> list[tuple[str, str]]:
        return [(accent.ink, accent.ground), (accent.strong, accent.ground), (accent.strong, LIGHT.card)]

    pairs = [
        (ink, ground)
        for ink in (LIGHT.ink, LIGHT.ink_soft, LIGHT.ink_quiet)
        for ground in (LIGHT.paper, LIGHT.card)
    ]
    pairs += [(LIGHT.ink, accent.ground) for accent in LIGHT.stages]
    pairs += [(LIGHT.on_strong, accent.strong) for accent in (*LIGHT.stages, LIGHT.pain, LIGHT.opportunity)]
    pairs += [
        (LIGHT.ink_soft, LIGHT.card),
        (LIGHT.ink, LIGHT.positive_ground),
        (LIGHT.ink, LIGHT.negative_ground),
    ]
    pairs += [pair for accent in (*LIGHT.stages, LIGHT.pain, LIGHT.opportunity) for pair in pairs_of(accent)]

    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert [colour for colour in LIGHT.feelings if contrast(LIGHT.ink, colour) < 3] == []
    assert all(first != second for first, second in pairwise(LIGHT.feelings))
