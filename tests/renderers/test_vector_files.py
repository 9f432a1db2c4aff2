"""PDF and SVG: they look like the pictures, and whoever searches or copies finds what was typed."""

import io
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageColor

from journey.model import JourneyMap
from renderers.display import Canvas, DisplayList
from renderers.embedding import letters
from renderers.layout.poster import poster
from renderers.painter import paint_pixels
from renderers.pdf import A4, write_pdf
from renderers.shaping import shape
from renderers.svg import write_svg
from renderers.text import Align, Lettering, paragraph
from renderers.theme import LIGHT
from renderers.typefaces import Style
from tests.renderers.maps import coffee, entries, scrambled
from tests.renderers.words import INDONESIAN

LARGEST_PDF = 80 * 1024
LARGEST_SVG = 300 * 1024
SVG = "{http://www.w3.org/2000/svg}"
PAPER, INK = "#FAF6EE", "#1B1F3B"
SAMPLES = [
    "Apakah “prosesnya” aman (100%)?",
    "Chất lượng tốt nhất x̱ ffi",
    "السلام عليكم ورحمة الله “قهوة” (طيبة) لَا إِلَٰهَ",
    "عندي 12 kopi اليوم",
    "हिन्दी क्षत्रिय श्री किताब",
    "ราคาไม่แพง น้ำผึ้ง",
    "ꦲꦏ꧀ꦱꦫꦗꦮ ꦏꦿꦶꦁ",
    "产品 这个很好",
    "Enak ☕ sekali 👍🏽 👨‍👩‍👧‍👦",
]

SYLLABLES = ("ꦱꦸꦒꦼꦁ ꦫꦮꦸꦃ", "ꦏꦿꦶꦁ ꦲꦏ꧀ꦱꦫꦗꦮ ꦫꦒ", "हिन्दी क्षत्रिय श्री", "किताब महँगी है (५०%)")


def page() -> DisplayList:
    """One paragraph a script, as layouts draw them."""
    canvas = Canvas(1000, 1000, "#FFFFFF")
    y = 20.0
    for sample in SAMPLES:
        text = paragraph(sample, Lettering(Style.MEDIUM, 32, "#1B1F3B"), 800)
        text.draw(canvas, 20, y, canvas.page, Align.START)
        y += text.height + 12
    return canvas.finish(y)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    sheet = document[0]
    text_page = sheet.get_textpage()
    text = str(text_page.get_text_range())
    text_page.close()
    sheet.close()
    document.close()
    return text


def rendered(content: bytes, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    sheet = document[0]
    image: Image.Image = sheet.render(scale=width / sheet.get_width()).to_pil().convert("RGB")
    sheet.close()
    document.close()
    return image


@pytest.mark.usefixtures("bare_machine")
def test_pdf_tells_every_script_in_reading_order() -> None:
    """Every word of every script is found as it was typed, line after line, letters without a font too."""
    text = unicodedata.normalize("NFC", text_of(write_pdf([page()])))
    told = [" ".join(line.split()) for line in text.splitlines()]

    assert [line for line in told if line] == [unicodedata.normalize("NFC", sample) for sample in SAMPLES]


def test_pdf_tells_the_example_from_top_to_bottom() -> None:
    """Title, stages and rows of the coffee map follow each other, each text in one piece."""
    told = " ".join(text_of(write_pdf([poster(coffee(), INDONESIAN, LIGHT)])).split())
    places = [told.find(entry.text) for stage in coffee().stages for entry in stage.actions[:1]]

    assert told.find("Pembelian Kopi Online") < places[0]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("sample", [*SAMPLES, *SYLLABLES])
def test_letters_of_a_word_come_from_one_font(sample: str) -> None:
    """Some readers tear a word apart whose plain letters and syllables come from two fonts."""
    for style in Style:
        kinds = {(letter.typeface, letter.is_plain) for letter in letters(shape(style, sample))}

        assert len(kinds) == len({typeface for typeface, _ in kinds})


@pytest.mark.parametrize(("title", "pain"), [SYLLABLES[:2], SYLLABLES[2:]], ids=["Javanese", "Devanagari"])
def test_pdf_keeps_syllables_of_a_poster_in_one_piece(title: str, pain: str, tmp_path: Path) -> None:
    """Title and pains of an ordinary poster are found line by line, by Poppler too where it is installed."""
    example = coffee()
    stage = replace(example.stages[0], name=title, pains=entries(pain, title))
    file = tmp_path / "poster.pdf"
    file.write_bytes(write_pdf([poster(replace(example, title=title, stages=(stage,)), INDONESIAN, LIGHT)]))
    poppler = shutil.which("pdftotext")
    told = [text_of(file.read_bytes())]
    told += [subprocess.check_output([poppler, file, "-"], text=True)] if poppler else []

    for text in told:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        assert [line.endswith(title) for line in lines].count(True) == len(("title", "stage", "pain"))
        assert pain in lines


def test_pdf_of_the_example_is_small_and_always_the_same() -> None:
    """A4 of the coffee poster stays below 80 KiB, byte for byte the same."""
    drawn = poster(coffee(), INDONESIAN, LIGHT)

    first, second = write_pdf([drawn]), write_pdf([drawn])

    assert first == second
    assert len(first) <= LARGEST_PDF


@pytest.mark.parametrize("journey_map", [coffee(), scrambled(3)], ids=lambda journey_map: journey_map.id)
def test_pdf_looks_like_the_picture(journey_map: JourneyMap) -> None:
    """Rendered by another program, hardly any part of the page differs from our pixels."""
    drawn = poster(journey_map, INDONESIAN, LIGHT)
    sheet = rendered(write_pdf([drawn]), 1600)
    scale = min(sheet.width / drawn.width, sheet.height / drawn.height)
    left, top = (sheet.width - drawn.width * scale) / 2, (sheet.height - drawn.height * scale) / 2
    box = (left, top, sheet.width - left, sheet.height - top)
    pixels = numpy.ascontiguousarray(paint_pixels(drawn, scale)[:, :, :3])
    ours = Image.fromarray(pixels).resize((600, 300), Image.Resampling.BOX)
    theirs = sheet.resize((600, 300), Image.Resampling.BOX, box)

    difference = numpy.abs(numpy.asarray(ours, dtype=int) - numpy.asarray(theirs, dtype=int))

    assert difference.mean() < 2.5
    assert (difference.max(axis=2) > 96).mean() < 0.002


@pytest.mark.parametrize(("wide", "high"), [(2400, 900), (1000, 900), (900, 1000), (500, 3000)])
def test_pdf_is_on_a4_that_has_the_colour_of_its_paper(wide: float, high: float) -> None:
    """The sheet is A4 along the page, which lies in its middle, and nothing of the sheet stays white."""
    canvas = Canvas(wide, high, PAPER)
    canvas.box(canvas.page.inset(20, 20), fill=INK)

    content = write_pdf([canvas.finish()])
    document = pypdfium2.PdfDocument(content)
    size = document[0].get_size()
    document.close()
    image = rendered(content, round(size[0]))
    left, top, right, bottom = ImageChops.difference(
        image, Image.new("RGB", image.size, PAPER)
    ).getbbox() or (0, 0, 0, 0)

    assert size == pytest.approx(A4 if wide > high else A4[::-1], abs=0.01)
    assert image.getpixel((0, 0)) == image.getpixel((image.width - 1, image.height - 1))
    assert image.getpixel((0, 0)) == ImageColor.getrgb(PAPER)
    assert (left, top) == pytest.approx((image.width - right, image.height - bottom), abs=1)
    assert (right - left) / (bottom - top) == pytest.approx((wide - 40) / (high - 40), rel=0.03)


def test_pdf_says_what_it_is_called_and_in_which_language() -> None:
    """Readers show the title whatever its script and signs; without one, nothing is claimed."""
    title = "Kopi (50%) \\ ꦏꦺꦴꦥꦶ ☕ 👍🏽"
    drawn = page()

    content = write_pdf([drawn], title=title, language="id")
    document = pypdfium2.PdfDocument(content)
    told = document.get_metadata_dict(skip_empty=True)
    document.close()

    assert told == {"Title": title}
    assert b"/DisplayDocTitle true" in content
    assert f"/Lang <feff{'id'.encode('utf-16-be').hex()}>".encode() in content
    assert content == write_pdf([drawn], title=title, language="id")
    assert not re.search(rb"/Info|/Lang|/DisplayDocTitle", write_pdf([drawn]))


def test_svg_says_what_it_shows() -> None:
    """Screen readers find a picture with title, description and language; without these, none is claimed."""
    title, description = "Kopi & <susu>", "Peta “Kopi”\nTahap 1\x07 ]]>"

    content = write_svg(page(), title=title, description=description, language="id")
    root = ElementTree.fromstring(content)
    bare = ElementTree.fromstring(write_svg(page()))

    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert [root[0].text, root[1].text] == [title, description.replace("\x07", "")]
    assert (root.get("role"), root.get("lang")) == ("img", "id")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "id"
    assert bare[0].tag == f"{SVG}defs"
    assert not {"role", "lang"} & bare.attrib.keys()


def test_svg_text_can_be_copied_and_is_not_seen() -> None:
    """Each text stands unseen at the place of its outlines, as wide as these, emoji included."""
    root = ElementTree.fromstring(write_svg(page()))
    hidden = root.findall(f"{SVG}g")[-1]
    texts = [element.text or "" for element in hidden.iter(f"{SVG}text")]

    assert hidden.get("fill-opacity") == "0"
    for sample in SAMPLES:
        assert "".join(unicodedata.normalize("NFC", sample).split()) in "".join("".join(texts).split())
    assert all(float(element.get("textLength", "0")) > 0 for element in hidden.iter(f"{SVG}text"))


def test_svg_stands_alone() -> None:
    """Nothing outside the file is asked for, every reference is defined, and it is the same again."""
    drawn = poster(coffee(), INDONESIAN, LIGHT)

    content = write_svg(drawn)

    assert content == write_svg(drawn)
    assert len(content) <= LARGEST_SVG
    assert not re.search(rb"url\(|<script|@font-face|href=\"(?!#|data:)", content)
    defined = set(re.findall(rb'id="(\w+)"', content))
    assert set(re.findall(rb'href="#(\w+)"', content)) <= defined


def test_svg_escapes_what_owners_type() -> None:
    """Angle brackets and ampersands stay text."""
    canvas = Canvas(500, 100, "#FFFFFF")
    paragraph("<b>A&B</b> ]]>", Lettering(Style.MEDIUM, 32, "#1B1F3B"), 400).draw(canvas, 0, 0, canvas.page)

    root = ElementTree.parse(io.BytesIO(write_svg(canvas.finish()))).getroot()

    assert "".join(root.itertext()).strip() == "<b>A&B</b> ]]>"
