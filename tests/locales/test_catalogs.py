"""Both languages say the same things, to the same readers, within Telegram's limits."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.content import load_content
from bot.profile import command_list, profile_calls
from bot.shapes import SHAPE_OF
from conversations.commands import Command
from conversations.dating import AHEAD
from conversations.events import Courtesy, Medium
from conversations.interview import TABLE
from conversations.requests import DataFile, Drawing
from conversations.schedule import ReminderKind
from journey.dates import Misfit
from journey.health import Check
from journey.mapfile import Flaw
from journey.model import Element, Language, PersonaField, Speed, Status
from journey.phases import Phase
from journey.presets import Preset
from locales.catalog import PLAIN_SECTIONS, Catalog, UnknownKey, load_catalogs
from renderers.exports import WORDS
from renderers.messages import LONGEST_BUTTON, LONGEST_TOAST, SIDE_BY_SIDE, Messages
from renderers.words import PictureWords
from storage.records import FileKind
from tests.conversations.owner import MORNING

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("bot", "conversations", "renderers")
CATALOGS = load_catalogs()
DAY = MORNING.date()
EACH = pytest.mark.parametrize("catalog", list(CATALOGS.values()), ids=lambda catalog: catalog.language)

LONGEST_WORDS = {
    "title": "Ibu rumah tangga muda yang berhati-hati",
    "stage": "Mempertimbangkan & membanding-bandingkan",
    "answer": "mempertanggungjawabkan keterlambatan pengiriman barang dagangan",
    "prefix": "Mempertimbangkan · ",
    "number": 8,
    "count": 8,
    "most": 100,
    "step": "touchpoints",
}

BY_NAME: dict[str, list[str]] = {
    "ask": list(TABLE),
    "courtesy": list(Courtesy),
    "medium": list(Medium),
    "speed": list(Speed),
    "score": ["1", "2", "3", "4", "5"],
    "face": ["1", "2", "3", "4", "5"],
    "language": list(Language),
    "caption": [*Drawing, *DataFile],
    "file": [drawing for drawing, shape in SHAPE_OF.items() if shape.kind is FileKind.DOCUMENT]
    + ["data", "takeout"],
    "element": list(Element),
    "field": [field for field in PersonaField if field is not PersonaField.NAME],
    "picture": list(PictureWords.__slots__),
    "effort": ["15m", "1h", "1d", "1w"],
    "cost": ["free", "cheap", "moderate"],
    "month": [str(number) for number in range(1, 13)],
    "count": [str(number) for number in range(11)],
    "health": ["score", "fine", "all_fine", *Check],
    "heal": list(Check),
    "import": list(Flaw),
    "export": list(WORDS),
    "reject": ["pick", "empty", "long", *Misfit],
    "weekday": [str(number) for number in range(1, 8)],
    "button": [f"day_{days}" for days in AHEAD],
    "line": [
        *("business", "shop_name", "speed", "goal", "title", "preset"),
        *(f"persona_{field}" for field in PersonaField),
        *Element,
    ],
}
"""Sections whose keys are built from a name, with every name there is."""


def literals() -> Iterator[str]:
    """Yield every string that the rooms above the catalogue write out, templates included."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
    for path in (ROOT / "renderers" / "templates").glob("*.j2"):
        yield from re.findall(r'"([\w.]+)"', path.read_text(encoding="utf-8"))


def built() -> set[str]:
    """Return the keys that are put together from a section and a name."""
    names = {f"{section}.{name}" for section, found in BY_NAME.items() for name in found}
    kinds = {f"button.remind_{kind}" for kind in ReminderKind}
    return names | kinds | {f"button.map_{status}" for status in Status}


def said(catalog: Catalog, key: str) -> str:
    words = {name: LONGEST_WORDS.get(name, "x") for name in catalog.parameters(key)}
    return catalog.text(key, **words)


def plain_keys(*sections: str) -> list[str]:
    return [key for key in CATALOGS[Language.ID].sources if key.partition(".")[0] in sections]


def own_commands(language: Language) -> set[str]:
    return {f"command.{command.value if language is Language.ID else command.english}" for command in Command}


def test_both_languages_have_the_same_sentences() -> None:
    """Nothing is said in one language only; the commands are named differently."""
    spoken = {
        language: {key for key in catalog.sources if not key.startswith("command.")}
        for language, catalog in CATALOGS.items()
    }

    assert spoken[Language.ID] ^ spoken[Language.EN] == set()
    heard = set(Courtesy) - {Courtesy.AGREED, Courtesy.UNHEARD}  # depend on what is asked
    assert CATALOGS[Language.ID].heard.keys() == CATALOGS[Language.EN].heard.keys() == heard


@EACH
def test_every_command_is_described_under_its_name(catalog: Catalog) -> None:
    """The list that Telegram shows is complete, and nothing in it is left over."""
    described = {key for key in catalog.sources if key.startswith("command.")}

    assert described == own_commands(catalog.language)


@pytest.mark.parametrize(
    "key", [key for key in CATALOGS[Language.ID].sources if key in CATALOGS[Language.EN].sources]
)
def test_both_languages_speak_of_the_same_things(key: str) -> None:
    """A value that one sentence names is named by its translation; so are numbers."""
    indonesian, english = (CATALOGS[language].parameters(key) for language in Language)

    assert indonesian == english


def test_every_sentence_that_is_asked_for_exists() -> None:
    """Keys written in code, and those put together from a name, are all in the catalogue."""
    keys = CATALOGS[Language.ID].sources.keys()
    sections = {key.partition(".")[0] for key in keys} - {"command"}
    written = {
        text
        for text in literals()
        if re.fullmatch(r"[a-z]+\.[a-z_0-9]*[a-z0-9]", text) and text.partition(".")[0] in sections
    }

    assert (written | built()) - set(keys) == set()


def test_no_sentence_is_left_over() -> None:
    """What nobody asks for is not kept."""
    found = list(literals())
    words = {word for text in found for word in re.findall(r"[\w.]+", text)}
    unused = {
        key
        for key in CATALOGS[Language.ID].sources
        if key not in words
        and key not in built()
        and not key.startswith("command.")
        and not (key.startswith("button.") and key.removeprefix("button.") in words)
    }

    assert unused == set()


@EACH
def test_a_button_fits_its_row(catalog: Catalog) -> None:
    """Labels with nothing from outside in them are shown as they are."""
    keys = [key for key in plain_keys("button", "speed", "score", "language") if not catalog.parameters(key)]

    too_long = {key: label for key in keys if len(label := said(catalog, key)) > LONGEST_BUTTON}

    assert too_long == {}


@EACH
@pytest.mark.parametrize(
    "key",
    [
        "back",
        "skip",
        "example",
        "see_example",
        "explain",
        "review_shop",
        "review_persona",
        "earlier",
        "further",
    ],
)
def test_buttons_meant_side_by_side_are_short(catalog: Catalog, key: str) -> None:
    """Two of them share a row on a phone."""
    assert len(catalog.text(f"button.{key}")) <= SIDE_BY_SIDE


@EACH
def test_a_counting_button_fits_its_row(catalog: Catalog) -> None:
    """With the largest numbers and the longest names, after shortening the name."""
    for key in ("button.done", "button.use_stages"):
        assert len(catalog.text(key, count=100)) <= LONGEST_BUTTON


@EACH
def test_a_toast_fits_over_the_screen(catalog: Catalog) -> None:
    """Telegram shows 200 characters."""
    assert {key for key in plain_keys("toast") if len(said(catalog, key)) > LONGEST_TOAST} == set()


@pytest.mark.parametrize("language", list(Language))
def test_telegrams_profile_fits(language: Language) -> None:
    """Descriptions: 256 characters a command, 120 short, 512 long; names of 1 to 32 small letters."""
    for row in command_list(CATALOGS, language):
        assert isinstance(row, dict)
        assert re.fullmatch(r"[a-z_0-9]{1,32}", str(row["command"]))
        assert 1 <= len(str(row["description"])) <= 256
    assert len(CATALOGS[language].text("profile.short")) <= 120
    assert len(CATALOGS[language].text("profile.long")) <= 512
    assert len(profile_calls(CATALOGS, language)) == 9


@EACH
def test_chips_and_presets_have_labels_that_fit(catalog: Catalog) -> None:
    """What the knowledge puts on buttons fits as well."""
    knowledge = load_content().knowledge
    language = catalog.language
    labels = [
        *(knowledge.preset_names[preset].say(language) for preset in Preset),
        *(knowledge.phases[phase].name.say(language) for phase in Phase),
        *(facts.name.say(language) for facts in knowledge.businesses.values()),
        *(chip.label.say(language) for chips in knowledge.chips.values() for chip in chips),
        *(f"{face.emoji} {face.text.say(language)}" for face in knowledge.feelings),
    ]

    assert [label for label in labels if len(label) > LONGEST_BUTTON] == []


@EACH
def test_values_from_outside_are_escaped(catalog: Catalog) -> None:
    """A value is never markup, whatever sentence it stands in."""
    broken = "<b>&</i>"
    lists = {"texts": [broken], "resembles": [broken], "stages": [broken], "lines": [broken]}
    moments = dict.fromkeys(("changed", "finished", "given", "until", "last", "since"), MORNING)
    known = {**lists, **moments, **dict.fromkeys(("due", "begin", "end"), DAY)}
    numbers = {"number", "count", "most", "length", "gaps", "days", "face", "times"}

    for key in catalog.sources:
        if catalog.is_plain(key) or key == "ask.stage_add":
            continue
        words = {name: 2 if name in numbers else known.get(name, broken) for name in catalog.parameters(key)}

        assert broken not in catalog.html(key, **words), key


def test_times_are_said_as_the_owners_clock_shows_them() -> None:
    """The zone is the operator's setting; what is stored stays in UTC."""
    jakarta = load_catalogs(timezone(timedelta(hours=7)))[Language.ID]

    assert MORNING.hour == 1
    assert "jam 08.00" in jakarta.html("ask.leaving", until=MORNING)


@EACH
def test_a_missing_value_is_an_error(catalog: Catalog) -> None:
    """Nobody ever reads "undefined"."""
    with pytest.raises(UndefinedError):
        catalog.html("lead.mood_low", stage="Beli")


@EACH
def test_an_unknown_sentence_is_an_error(catalog: Catalog) -> None:
    """A key without a sentence names itself."""
    with pytest.raises(UnknownKey, match=r"lead\.nothing_like_it"):
        catalog.html("lead.nothing_like_it")
    assert not catalog.has("lead.nothing_like_it")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Halo!", "hello"),
        ("MAKASIH", "thanks"),
        ("makasih kak", "thanks"),
        ("halo apa kabar toko", None),
        ("", None),
    ],
)
def test_small_talk_is_a_whole_message(words: str, expected: str | None) -> None:
    """A sentence that only begins with a greeting is an answer."""
    assert CATALOGS[Language.ID].hears(words) == expected


def test_plain_sections_have_no_markup() -> None:
    """What stands on buttons and in toasts would show its tags."""
    marked = [
        key
        for catalog in CATALOGS.values()
        for key in catalog.sources
        if key.partition(".")[0] in PLAIN_SECTIONS and re.search(r"</?[a-z]+>|&[a-z]+;", catalog.sources[key])
    ]

    assert marked == []


@EACH
def test_the_picture_has_all_its_words(catalog: Catalog) -> None:
    """Every word printed on a picture is there."""
    words = Messages(CATALOGS, load_content().knowledge).picture_words(catalog.language)

    assert all(getattr(words, name) for name in PictureWords.__slots__)
