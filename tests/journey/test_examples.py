"""The worked example is the article's table, in both languages."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journey.document import dump_map, read_map
from journey.model import Element, JourneyMap, Language, Stage
from tests.content import the_example

FILE = Path(__file__).parents[2] / "docs" / "examples" / "coffee.json"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TABLE = """
Kesadaran | Melihat iklan kopi di Instagram | Kopi ini terlihat menarik. | Tertarik | Iklan Instagram | \
Tidak tahu banyak tentang produk | Meningkatkan informasi produk di iklan
Pertimbangan | Mencari informasi di website toko kopi | Apa saja varian kopi yang mereka tawarkan? | \
Ingin tahu | Website, Deskripsi Produk | Informasi produk kurang detail, navigasi sulit | \
Menyajikan informasi produk yang lengkap dan mudah diakses, desain website user-friendly
Keputusan | Memilih dan menambahkan kopi ke keranjang | Apakah proses pembayarannya aman? | \
Sedikit khawatir | Halaman Produk, Keranjang Belanja | Kekhawatiran tentang keamanan pembayaran | \
Menampilkan logo keamanan pembayaran, menyediakan berbagai opsi pembayaran
Pengalaman | Menerima dan mencoba kopi | Apakah rasanya sesuai dengan ekspektasi? | Antusias/Cemas | \
Produk, Kemasan | Pengiriman lama, kemasan kurang menarik | \
Mempercepat pengiriman, meningkatkan kualitas kemasan
Loyalitas | Merekomendasikan kopi ke teman | Saya suka kopi ini, teman saya juga pasti suka. | Puas | \
Produk, Interaksi Sosial | Tidak ada insentif untuk mereferensikan | \
Membuat program referral untuk mendorong loyalitas dan promosi dari mulut ke mulut
"""
"""The rows of the article: stage, actions, thoughts, feelings, touchpoints, pain points, opportunities."""
COLUMNS = (
    Element.ACTIONS,
    Element.THOUGHTS,
    Element.FEELINGS,
    Element.TOUCHPOINTS,
    Element.PAINS,
    Element.OPPORTUNITIES,
)
WHOLE = (Element.ACTIONS, Element.THOUGHTS)
"""Sentences; the other columns list items between commas, the feelings one with a slash."""


def example(language: Language) -> JourneyMap:
    return the_example().as_map(language, id="coffee", now=NOW)


def row(stage: Stage) -> list[str]:
    """Return a stage as the article's row."""
    cells = []
    for element in COLUMNS:
        texts = [entry.text for entry in stage.entries(element)]
        texts = [text if place == 0 else _like_the_article(text, element) for place, text in enumerate(texts)]
        cells.append(("/" if element is Element.FEELINGS else ", ").join(texts))
    return [stage.name, *cells]


def _like_the_article(text: str, element: Element) -> str:
    """Return an item as it stands behind a comma: sentences go on in lower case, names don't."""
    named = element in (Element.TOUCHPOINTS, Element.FEELINGS)
    return text if named else text[0].lower() + text[1:]


def test_the_example_is_the_articles_table() -> None:
    """All five rows and seven columns, entries split at the article's commas."""
    expected = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().split("\n")]

    assert [row(stage) for stage in example(Language.ID).stages] == expected


def test_the_curve_has_the_scores_we_gave_it() -> None:
    """Interested, curious, a little worried, excited and anxious, satisfied."""
    stages = example(Language.ID).stages

    assert [[feeling.score for feeling in stage.feelings] for stage in stages] == [[4], [3], [2], [5, 2], [4]]


@pytest.mark.parametrize("language", Language)
def test_the_example_is_complete_in_both_languages(language: Language) -> None:
    """Title, goal, shop, persona and every cell have words, and the map is legal."""
    found = example(language)

    assert found.title
    assert found.goal
    assert found.persona.name
    assert all(stage.entries(element) for stage in found.stages for element in Element)
    assert read_map(dump_map(found)) == found


def test_both_languages_have_the_same_shape() -> None:
    """What is two entries in one language is two in the other."""
    shapes = [
        [[len(stage.entries(element)) for element in Element] for stage in example(language).stages]
        for language in Language
    ]

    assert shapes[0] == shapes[1]


def test_the_shipped_document_is_the_example() -> None:
    """docs/examples/coffee.json is the Indonesian example in the open map format."""
    shipped = json.loads(FILE.read_text(encoding="utf-8"))

    assert shipped == dump_map(example(Language.ID))
    assert read_map(shipped) == example(Language.ID)
