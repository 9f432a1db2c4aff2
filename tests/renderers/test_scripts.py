"""Every script on a machine without fonts of its own: shaped, broken and ordered as its readers expect."""

import multiprocessing
import re
import tomllib
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from renderers import typefaces
from renderers.directions import levels, mirrored, visual_order
from renderers.display import Canvas, Emoji, Text
from renderers.emoji import can_draw, emoji_picture, split_emoji
from renderers.letters import atoms, graphemes
from renderers.shaping import Run, outline, shape
from renderers.text import Align, Lettering, paragraph
from renderers.typefaces import SHIPPED, Style, font_set
from renderers.wrapping import clean, wrap

ROOT = Path(__file__).parents[2]
JOINER, NON_JOINER = "\u200d", "\u200c"
SAMPLES = {
    "Indonesian": "Kopi susu gula aren “enak” – 50% lebih murah…",
    "Vietnamese": "Chất lượng tốt nhất, giá rẻ, ưỡn ợ Ỹ",
    "Latin": "Àéîõü Łódź Çiğ Őrség Ǎǎ Ħŋ ɓaɗe Ƙano Ǝ Ș ẞ",
    "Cyrillic": "Кофе вкусный",
    "Greek": "Καφές",
    "Arabic": "السلام عليكم",
    "Devanagari": "हिन्दी क्षत्रिय श्री",
    "Thai": "ราคาไม่แพง น้ำผึ้ง",
    "Javanese": "ꦲꦏ꧀ꦱꦫꦗꦮ ꦏꦿꦶꦁ",
}

pytestmark = pytest.mark.usefixtures("bare_machine")


def numbers(runs: tuple[Run, ...]) -> list[int]:
    return [glyph.number for run in runs for glyph in run.glyphs]


@pytest.mark.parametrize("script", SAMPLES)
@pytest.mark.parametrize("style", [Style.MEDIUM, Style.EXTRABOLD])
def test_every_letter_is_drawn(script: str, style: Style) -> None:
    """No sample needs a box, and every word of it leaves ink."""
    runs = shape(style, clean(SAMPLES[script]))

    assert all(numbers(runs))
    assert all(
        any(outline(run.typeface, glyph.number) for glyph in run.glyphs) for run in runs if run.string.strip()
    )


@pytest.mark.parametrize("script", ["Arabic", "Devanagari", "Thai", "Javanese"])
def test_fonts_are_shipped_or_locked(script: str) -> None:
    """The scripts of owners never fall to matplotlib's own font."""
    assert "DejaVuSans.ttf" not in {
        run.typeface.path.name for run in shape(Style.MEDIUM, clean(SAMPLES[script]))
    }


def test_a_bold_title_is_bold_in_every_script() -> None:
    """Arabic, Devanagari, Thai and Javanese letters get heavier with the style."""
    for script in ("Arabic", "Devanagari", "Thai", "Javanese"):
        wide = [
            sum(run.advance for run in shape(style, SAMPLES[script])) for style in (Style.MEDIUM, Style.BOLD)
        ]

        assert wide[1] > wide[0]


def test_arabic_letters_join() -> None:
    """The letters of a word have other shapes than alone; a non-joiner keeps them apart."""
    word = "سلم"
    alone = [numbers(shape(Style.MEDIUM, letter))[0] for letter in reversed(word)]

    assert set(numbers(shape(Style.MEDIUM, word))).isdisjoint(alone)
    kept_apart = clean(NON_JOINER.join(word))
    assert [n for n in numbers(shape(Style.MEDIUM, kept_apart)) if n in alone] == alone


def test_devanagari_syllables_are_formed() -> None:
    """Ksha is one sign, a non-joiner shows its killer, and a short i stands before its consonant."""
    ksha = numbers(shape(Style.MEDIUM, "क्ष"))
    (run,) = shape(Style.MEDIUM, "कि")

    assert len(ksha) == 1
    assert len(numbers(shape(Style.MEDIUM, clean(f"क्{NON_JOINER}ष")))) > 1
    assert numbers(shape(Style.MEDIUM, clean(f"क्{JOINER}ष"))) != ksha
    assert run.glyphs[0].number != numbers(shape(Style.MEDIUM, "क"))[0]


def test_thai_and_javanese_marks_stand_on_their_letter() -> None:
    """A tone is raised over a vowel, and a pasangan hangs below without taking room of its own."""
    (tone,) = shape(Style.MEDIUM, "ที่")
    subjoined, apart = (sum(run.advance for run in shape(Style.MEDIUM, text)) for text in ("ꦏ꧀ꦏ", "ꦏꦏ"))

    assert len({(glyph.number, glyph.y) for glyph in tone.glyphs}) == 3
    assert (
        numbers(shape(Style.MEDIUM, "ที่"))[2] != numbers(shape(Style.MEDIUM, "ท่"))[1] or tone.glyphs[2].y < 0
    )
    assert subjoined < apart


def test_lines_break_between_letters_never_inside_them() -> None:
    """Thai, Javanese and Chinese lines begin with a letter that may stand first."""
    thai, javanese = "ราคาไม่แพงน้ำผึ้งเก้าอี้ที่สุดจริงๆ", "ꦲꦏ꧀ꦱꦫꦗꦮꦏꦿꦶꦁꦧꦱꦗꦮ"
    chinese = "这个产品，很好！「真的」吗？"
    for text in (thai, javanese, chinese):
        for measure in range(120, 400, 20):
            lines = [line.string for line in wrap(Style.MEDIUM, 36, text, measure)]

            assert "".join(lines) == text
            assert not any(unicodedata.category(line[0]).startswith("M") for line in lines)
            assert not any(line[0] in "ะาำๆ，！」？" for line in lines)
            assert not any(line[-1] in "เแโใไ「" or line.endswith("꧀") for line in lines[:-1])


def test_letters_are_whole() -> None:
    """Marks, joined consonants and emoji belong to one letter; nobody can join without end."""
    assert graphemes("น้ำกี่") == ["น้ำ", "กี่"]
    assert graphemes("क्षत्रि") == ["क्ष", "त्रि"]
    assert graphemes("ꦲꦏ꧀ꦱꦫ") == ["ꦲ", "ꦏ꧀ꦱ", "ꦫ"]
    assert graphemes("a👨‍👩‍👧‍👦b") == ["a", "👨‍👩‍👧‍👦", "b"]
    assert max(map(len, graphemes("ꦏ꧀" * 100))) <= 10
    assert atoms("kopi/teh-susu") == ["kopi/", "teh-", "susu"]


def test_unseen_characters_are_dropped_and_joiners_kept() -> None:
    """Blanks, overrides, tags and noncharacters go; joiners inside a word stay, once."""
    assert clean(f"a\u00ad\u2063\U000e0041\ufdd0\u3164\u202e\u2067b{JOINER}") == f"ab{JOINER}"
    assert clean(f"می{NON_JOINER}{NON_JOINER}خواهم {JOINER}x") == f"می{NON_JOINER}خواهم x"
    assert clean(f"e{''.join(f'{chr(0x301)}{JOINER}' for _ in range(50))}").count("\u0301") <= 4


def test_a_letter_that_no_font_has_is_a_box() -> None:
    """Each unknown letter is one box that is seen, also one that is newer than this Python."""
    for letter in ("产", "한", "\u1c89", "\U00010940"):
        (run,) = shape(Style.MEDIUM, clean(letter * 2))

        assert run.missing
        assert len(run.glyphs) == 2
        assert all(outline(run.typeface, glyph.number) for glyph in run.glyphs)


# Levels by hand from UAX 9; the right column is what a reader sees, from left to right.
SEEN = [
    ("abc אבג def", False, "abc גבא def"),
    ("abc אבג def", True, "def גבא abc"),
    ("אבג abc דהו", True, "והד abc גבא"),
    ("אב 123 גד", True, "דג 123 בא"),
    ("אב 1,234.5% גד", True, "דג 1,234.5% בא"),
    ("علي 12-34", True, "34-12 يلع"),
    ("a (אב) c", False, "a (בא) c"),
    ("א (b) ג", True, "ג (b) א"),
    ("אב (c)", True, "(c) בא"),
    ("a “אב” (גד) e", False, "a “בא” (דג) e"),
    ("אב!  ", True, "  !בא"),
    ("Rp10.000 אב", False, "Rp10.000 בא"),
]


@pytest.mark.parametrize(("line", "from_the_right", "seen"), SEEN)
def test_directions_follow_unicode(line: str, from_the_right: bool, seen: str) -> None:
    """Words, numbers, brackets and quotes stand where Unicode's algorithm puts them."""
    found = levels(line, from_the_right=from_the_right)

    assert (
        "".join(mirrored(line[place]) if found[place] % 2 else line[place] for place in visual_order(found))
        == seen
    )


def test_quotes_open_towards_their_word() -> None:
    """Around Arabic the left quote looks like 66 and the right one like 99, however the paragraph runs."""
    for text in ("“علي”", "قال “علي” ثم", "kata “علي” itu", "”علي“"):
        seen = "".join(run.string for run in shape(Style.MEDIUM, text))

        assert [letter for letter in seen if letter in "“”"] == ["“", "”"]


def drawn(text: str, measure: float = 900) -> list[Text | Emoji]:
    canvas = Canvas(1000, 1000, "#FFFFFF")
    paragraph(text, Lettering(Style.MEDIUM, 36, "#000000"), measure).draw(
        canvas, 0, 0, canvas.page, Align.START
    )
    return [part for part in canvas.finish().operations if isinstance(part, Text | Emoji)]


def test_right_to_left_paragraphs_stand_on_the_right() -> None:
    """Every line ends at the right edge, also one that begins with a Latin word; emoji keep their place."""
    lines = drawn("قهوة طيبة kopi susu gula aren قهوة", measure=260)
    first, cup, last = drawn("علي ☕ سلام")

    assert all(part.x + part.width == pytest.approx(260) for part in lines if isinstance(part, Text))
    assert len(lines) > 1
    assert last.x < cup.x < first.x


def test_emoji_of_the_product_are_shipped() -> None:
    """Every emoji the product says is in emoji.toml's font, in colour; what owners type isn't ours."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("locales", "journey/knowledge")
        for path in (ROOT / folder).rglob("*.toml")
    ]
    wanted = set(re.findall("[\U0001f300-\U0001faff](?![\U0001f1e6-\U0001f1ff])\ufe0f?", "".join(texts)))

    assert len(wanted) > 10
    assert [emoji for emoji in wanted if not can_draw(emoji)] == []


def test_chosen_emoji_are_drawn_in_colour() -> None:
    """The font has each emoji of emoji.toml as one picture, hands in all skin tones."""
    groups = tomllib.loads((SHIPPED / "emoji.toml").read_text(encoding="utf-8"))
    chosen = [emoji for group in groups.values() for emoji in group.split()]
    tones = [hand.rstrip("\ufe0f") + tone for hand in groups["skin"].split() for tone in "🏻🏼🏽🏾🏿"]

    assert [emoji for emoji in (*chosen, *tones) if split_emoji(emoji) != ((True, emoji),)] == []
    for emoji in ("☕", "👍🏽", "🇮🇩", "👨‍👩‍👧‍👦", "5️⃣", "❤️"):
        picture = emoji_picture(emoji)
        assert picture is not None
        assert len(picture.convert("RGB").getcolors(maxcolors=20_000) or ()) > 8
    assert emoji_picture("👍🏻") is not emoji_picture("👍🏿")


def test_rare_emoji_become_the_nearest_that_can_be_drawn() -> None:
    """A flag shows its letters, a rare skin tone or family its parts; what has no picture is left out."""
    assert clean("dari 🇲🇲") == "dari MM"
    assert clean("👩🏽‍🍳") == "👩‍🍳"
    assert clean("👨‍👩‍👦") == "👨👩👦"
    assert clean("🤷🏽‍♂️") == "🤷"
    assert clean("a 🧿 b 🏴󠁧󠁢󠁥󠁮󠁧󠁿") == "a b"


def test_font_set_names_the_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The hash stays while the fonts stay, wherever they lie, and changes with a font added."""
    before = font_set()
    typefaces.forget()
    again = font_set()
    hashes = []
    for name in ("here", "there"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "NotoSansHebrew-Regular.ttf").write_bytes((SHIPPED / "NotoSans-Regular.ttf").read_bytes())
        monkeypatch.setattr(typefaces, "SYSTEM_FOLDERS", (folder,))
        typefaces.forget()
        hashes.append(font_set())

    assert before == again
    assert hashes[0] == hashes[1] != before
    assert len(before) == 16


def test_font_set_is_the_same_in_every_process() -> None:
    """Two processes of one machine name the same fonts."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as elsewhere:
        there = elsewhere.submit(font_set).result()
        again = elsewhere.submit(font_set).result()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as elsewhere:
        other = elsewhere.submit(font_set).result()

    assert there == again == other
