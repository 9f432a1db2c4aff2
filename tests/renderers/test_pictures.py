"""Finished pictures: the same bytes every time, of legal size, and their text can be read."""

import hashlib
import io
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy
import pypdfium2
import pytest
from PIL import Image

from journey.model import JourneyMap
from renderers.alternative import LONGEST
from renderers.display import Canvas, Role, Text
from renderers.encoding import png
from renderers.layout.card import card
from renderers.layout.cover import cover
from renderers.layout.portrait import portrait
from renderers.layout.poster import poster
from renderers.layout.preview import preview
from renderers.painter import paint_bands, paint_pixels
from renderers.picture import LONG_SIDE, Format, Layout, draw
from renderers.theme import LIGHT, PRINT
from renderers.typefaces import Style
from tests.renderers.compared import compared
from tests.renderers.maps import coffee, fullest, scrambled, unfinished
from tests.renderers.pages import mirrored, phone_pages
from tests.renderers.words import INDONESIAN

GOLDEN = Path(__file__).parent / "golden"
PHOTO_BYTES = 10_000_000  # Telegram: a photo is at most 10 MB,
PHOTO_SIDES = 10_000  # its width and height together at most 10,000,
CAP = 1280  # pixels of the long side that a client may leave of a photo
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
        second = compared(coffee(), journey_map) if layout is Layout.COMPARISON else None
        for picture in draw(journey_map, layout, Format.JPG, INDONESIAN, second=second):
            with Image.open(io.BytesIO(picture.content)) as image:
                assert image.size == (picture.width, picture.height)
            assert len(picture.content) <= PHOTO_BYTES
            assert max(picture.width, picture.height) <= LONG_SIDE
            assert picture.width + picture.height <= PHOTO_SIDES
            assert max(picture.width, picture.height) <= PHOTO_RATIO * min(picture.width, picture.height)
            assert picture.digest == hashlib.sha256(picture.content).hexdigest()
            assert 0 < len(picture.alternative) <= LONGEST


def test_album_is_a_cover_and_a_card_a_stage() -> None:
    """The example makes six pictures of 1080 by 1350, named in their order."""
    album = draw(coffee(), Layout.ALBUM, Format.JPG, INDONESIAN)

    assert [picture.name for picture in album] == [
        "00-cover.jpg",
        "01.jpg",
        "02.jpg",
        "03.jpg",
        "04.jpg",
        "05.jpg",
    ]
    assert {(picture.width, picture.height) for picture in album} == {(1080, 1350)}


def test_story_is_a_cover_and_one_card_a_stage() -> None:
    """However full, a story has one card a stage, of 1080 by 1920."""
    story = draw(fullest(), Layout.STORY, Format.JPG, INDONESIAN)

    assert [picture.name for picture in story] == ["00-cover.jpg", *(f"{n:02}.jpg" for n in range(1, 9))]
    assert {(picture.width, picture.height) for picture in story} == {(1080, 1920)}


def test_further_cards_of_a_stage_follow_in_the_order_of_names() -> None:
    """Files sorted by name are in the order of the journey."""
    names = [picture.name for picture in draw(fullest(), Layout.ALBUM, Format.JPG, INDONESIAN)]

    assert names == sorted(names)
    assert names[1:4] == ["01.jpg", "01b.jpg", "01c.jpg"]


def test_png_holds_the_pixels_of_the_painter() -> None:
    """Our own PNG writer and a reader agree on every pixel."""
    pixels = paint_pixels(cover(coffee(), INDONESIAN, LIGHT), 0.3)
    with Image.open(io.BytesIO(png(pixels))) as image:
        read = image.convert("RGBA").tobytes()

    assert read == pixels.tobytes()


@pytest.mark.parametrize("rows", [64, 100, 256])
def test_bands_hold_the_pixels_of_the_whole(rows: int) -> None:
    """Where one band ends and the next begins nothing is missing, doubled or moved; dashes go on."""
    page, scale = poster(coffee(), INDONESIAN, PRINT, mirrored(coffee())), 0.73

    whole = paint_pixels(page, scale).astype(int)
    bands = [band.astype(int) for band in paint_bands(page, scale, rows=rows)]

    assert {len(band) for band in bands[:-1]} == {rows}
    assert numpy.abs(numpy.concatenate(bands) - whole).max() <= 2


def test_emoji_go_over_from_band_to_band() -> None:
    """A picture that lies in two bands is whole."""
    canvas = Canvas(100, 100, "#FFFFFF")
    canvas.text(10, 68, "☕", style=Style.MEDIUM, size=50, colour="#000000", role=Role.BODY, cell=canvas.page)
    page = canvas.finish()

    whole = paint_pixels(page)
    bands = [band.copy() for band in paint_bands(page, rows=50)]

    assert [int(band.min()) < 128 for band in bands] == [True, True]
    assert numpy.array_equal(numpy.concatenate(bands), whole)


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.6, 2.0])
def test_lines_are_as_thick_as_the_scale_says(scale: float) -> None:
    """A line of ten units is ten pixels times the scale, and so are its dashes."""
    whole, dashed = Canvas(400, 100, "#FFFFFF"), Canvas(400, 100, "#FFFFFF")
    whole.line((0, 50), (400, 50), stroke="#000000", thickness=10)
    dashed.line((0, 50), (400, 50), stroke="#000000", thickness=10, dash=20)

    column = paint_pixels(whole.finish(), scale)[:, 10, 0]
    row = paint_pixels(dashed.finish(), scale)[round(50 * scale), :, 0]

    assert abs((column < 128).sum() - 10 * scale) <= 1
    assert abs((row < 128).sum() - 200 * scale) <= 20 * scale
    assert abs((numpy.diff(row.astype(int)) > 128).sum() - 10) <= 1


def test_text_of_the_pdf_can_be_found() -> None:
    """A PDF of the poster contains every complaint as text."""
    picture = draw(coffee(), Layout.POSTER, Format.PDF, INDONESIAN)[0]
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
    album, so_far = (
        draw(coffee(), Layout.ALBUM, Format.JPG, INDONESIAN),
        draw(unfinished(), Layout.PREVIEW, Format.JPG, INDONESIAN)[0],
    )

    assert album[0].alternative == (
        "Pembelian Kopi Online. Tipe pelanggan: Pembeli kopi online. 5 tahap: Kesadaran (Tertarik), "
        "Pertimbangan (Ingin tahu), Keputusan (Sedikit khawatir), Pengalaman (Antusias / Cemas), "
        "Loyalitas (Puas). Momen terbaik: Loyalitas. Momen terberat: Keputusan."
    )
    assert "2 dari 6 tahap" in so_far.alternative


def test_alternatives_tell_of_a_second_curve() -> None:
    """Who can't see the second line hears its scores."""
    (picture,) = draw(coffee(), Layout.POSTER, Format.PNG, INDONESIAN, second=mirrored(coffee()))

    assert "Garis kedua, Sebelumnya: Kesadaran 2/5, Pertimbangan 3/5, Pengalaman 2.5/5" in picture.alternative


def test_album_and_story_are_legible_after_the_cap_of_a_chat() -> None:
    """Where a client shrinks pictures to 1280 pixels, body text of a phone page keeps 22 of them."""
    for name, page in phone_pages(fullest(), INDONESIAN):
        if name == "preview":
            continue  # it grows with the map, and is only for a moment
        shrunk = min(1.0, CAP / max(page.width, page.height))
        sizes = [
            operation.size
            for operation in page.operations
            if isinstance(operation, Text) and operation.role is Role.BODY
        ]

        assert min(sizes) * shrunk >= 22


def test_threads_draw_what_one_draws_alone() -> None:
    """Different maps drawn side by side in four threads have the bytes that they have one after another."""
    orders = [
        (journey_map, layout, kind)
        for journey_map in (coffee(), scrambled(3), scrambled(8))
        for layout, kind in (
            (Layout.ALBUM, Format.JPG),
            (Layout.POSTER, Format.PNG),
            (Layout.PORTRAIT, Format.PDF),
            (Layout.PREVIEW, Format.SVG),
        )
    ]
    alone = [digests(*order) for order in orders]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda order: digests(*order), orders))

    assert together == alone
