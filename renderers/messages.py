"""Replies in the words of a language: what stands in a message, and which buttons are below it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, tzinfo
from functools import partial
from html import unescape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from conversations.replies import AdviceText, Key, MapText, Note, Option, Question, Said, Words
from journey.compare import compare
from journey.gaps import QUICK_ELEMENTS
from journey.knowledge import Knowledge, Remedy
from journey.model import CheckIn, Element, JourneyMap, Language, PersonaField, PlanState, Speed
from journey.plans import by_day, planned
from journey.suggestions import Advice, Suggestion, this_week
from journey.titles import shortened, title_of
from locales.catalog import Catalog, Catalogs
from renderers.comparing import told_stages
from renderers.words import PictureWords

LONGEST_MESSAGE = 4096
"""Telegram: a text has at most 4096 UTF-16 units after its entities are parsed."""
LONGEST_BUTTON = 34
"""Characters that a button alone in its row shows on a phone; longer labels end in an ellipsis."""
SIDE_BY_SIDE = 20
THREE_SIDE_BY_SIDE = 12
FIVE_SIDE_BY_SIDE = 3
TWO, THREE, FIVE = 2, 3, 5
"""So many buttons share a row when none is longer than that."""
LONGEST_TOAST = 200
MORE_OF_STAGE = 2
"""Further ideas for a stage: a longer list is not read."""
GENERAL_KNOWLEDGE = "GK"
UNHAPPY = 2
"""Feelings of this score or less go well with a complaint; others are followed by "but"."""

_FACES = {1: "😡", 2: "😟", 3: "😐", 4: "🙂", 5: "😍"}
_TAG = re.compile(r"<[^>]+>")
_SOURCE_END = re.compile(r"[/:,]")
_TEMPLATES = Environment(
    loader=PackageLoader("renderers", "templates"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a question: what it says, the option it stands for, or what it copies or opens instead."""

    label: str
    option: str
    copies: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message in Telegram HTML with its rows of buttons."""

    html: str
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Messages:
    """Says replies in any language of the catalogues."""

    catalogs: Catalogs
    knowledge: Knowledge

    def at(self, zone: tzinfo) -> "Messages":
        """Return the same with times as the clocks of another zone show them."""
        moved = {language: replace(catalog, zone=zone) for language, catalog in self.catalogs.items()}
        return replace(self, catalogs=moved)

    def question(self, question: Question, language: Language) -> tuple[Message, ...]:
        """Return a question as messages; the last asks and has the buttons, earlier ones hold a long map."""
        catalog = self.catalogs[language]
        above = [_line(catalog, words) for words in question.lead]
        if question.progress:
            above.append(_progress(catalog, question.progress))
        asked = _join([*above, *self._below(catalog, question)])
        rows = _rows(self._buttons(catalog, question))
        if question.map_text is None:
            return (Message(asked, rows),)
        parts = list(split_html(self.map_html(question.map_text, language)))
        if _fits(f"{parts[-1]}\n\n{asked}"):
            asked = f"{parts.pop()}\n\n{asked}"
        return (*(Message(part) for part in parts), Message(asked, rows))

    def note(self, note: Note, language: Language) -> tuple[Message, ...]:
        """Return a note as messages."""
        html = self.catalogs[language].html(note.key.name, **note.key.parameters)
        return tuple(Message(part) for part in split_html(html.strip()))

    def map_text(self, reply: MapText, language: Language) -> tuple[Message, ...]:
        """Return the whole map as messages, readable by a screen reader."""
        return tuple(Message(part) for part in split_html(self.map_html(reply.journey_map, language)))

    def advice(self, reply: AdviceText, advice: Advice, language: Language) -> tuple[Message, ...]:
        """Return the suggestions as messages: three for this week, then the others by stage."""
        catalog = self.catalogs[language]
        stages = {stage.id: stage.name for stage in reply.journey_map.stages}
        week = this_week(advice.suggestions)
        others = [
            suggestion
            for suggestion in advice.suggestions
            if suggestion not in week and suggestion.state is not PlanState.DONE
        ]
        html = _TEMPLATES.get_template("advice.html.j2").render(
            say=catalog.html,
            language=language,
            week=week,
            stages=stages,
            more=[
                (name, found[:MORE_OF_STAGE])
                for key, name in stages.items()
                if (found := _of_stage(others, key))
            ],
            unclear=[found.pain for found in advice.unclear],
            unanswered=[found.pain for found in advice.unanswered],
            effort={key: catalog.text(f"effort.{key}") for key in ("15m", "1h", "1d", "1w")},
            cost={key: catalog.text(f"cost.{key}") for key in ("free", "cheap", "moderate")},
            because=partial(_because, catalog=catalog, stages=stages),
            inside=inside_a_sentence,
            source_of=partial(self._source, catalog=catalog),
            checked=partial(_checked, catalog=catalog),
        )
        return tuple(Message(part) for part in split_html(html.strip()))

    def comparison(self, before: JourneyMap, after: JourneyMap, language: Language) -> tuple[Message, ...]:
        """Return what changed between two finished versions of a map as messages."""
        catalog, found = self.catalogs[language], compare(before, after)
        moments = (version.finished or version.changed for version in (before, after))
        days = (_day(moment.astimezone(catalog.zone), catalog) for moment in moments)
        html = _TEMPLATES.get_template("comparison.html.j2").render(
            say=catalog.html,
            title=self.title(after, language),
            days=tuple(days),
            found=found,
            counts={
                fate: _in_words(len(complaints), catalog)
                for fate, complaints in (("solved", found.solved), ("new", found.new), ("still", found.still))
            },
            stages=tuple(told_stages(found, inside_a_sentence)),
        )
        return tuple(Message(part) for part in split_html(re.sub(r"\n{3,}", "\n\n", html).strip()))

    def short_day(self, moment: datetime, language: Language) -> str:
        """Return on which day that was, short enough for a picture."""
        catalog = self.catalogs[language]
        local = catalog.local(moment)
        return f"{local.day} {catalog.text(f'month.{local.month}')[:3]} {local.year}"

    def as_told(self, checkins: tuple[CheckIn, ...], language: Language) -> tuple[CheckIn, ...]:
        """Return the check-ins with their times as the owner's clock shows them."""
        zone = self.catalogs[language].zone
        return tuple(replace(found, taken=found.taken.astimezone(zone)) for found in checkins)

    def say(self, key: Key, language: Language) -> str:
        """Return a plain sentence (a toast) or a sentence as HTML, by the section of its key."""
        catalog = self.catalogs[language]
        if catalog.is_plain(key.name):
            return shortened(catalog.text(key.name, **key.parameters), LONGEST_TOAST)
        return catalog.html(key.name, **key.parameters)

    def label(self, option: Option, language: Language) -> str:
        """Return what an option is called, without its tick."""
        return _plain(self.catalogs[language], option.label)

    def map_html(self, journey_map: JourneyMap, language: Language) -> str:
        """Return everything a map holds as Telegram HTML; every line closes its own tags."""
        catalog = self.catalogs[language]
        business = journey_map.shop.business
        asked = QUICK_ELEMENTS if journey_map.speed is not Speed.FULL else tuple(Element)
        html = _TEMPLATES.get_template("map.html.j2").render(
            say=catalog.html,
            map=journey_map,
            title=self.title(journey_map, language),
            shop=journey_map.shop,
            business=self.knowledge.businesses[business].name.say(language) if business else "",
            persona=_persona_lines(catalog, journey_map),
            elements=tuple(Element),
            asked=asked,
            faces=_FACES,
            plans=by_day(planned(journey_map)),
        )
        return re.sub(r"\n{3,}", "\n\n", html).strip()

    def title(self, journey_map: JourneyMap, language: Language) -> str:
        """Return what a map is called."""
        return title_of(journey_map, untitled=str(self.catalogs[language].html("map.untitled")))

    def picture_words(self, language: Language) -> PictureWords:
        """Return the words printed on pictures."""
        catalog = self.catalogs[language]
        return PictureWords(
            **{field.name: catalog.text(f"picture.{field.name}") for field in fields(PictureWords)}
        )

    def _below(self, catalog: Catalog, question: Question) -> list[str]:
        """Return the question itself and what helps to answer it."""
        below: list[str] = [catalog.html(question.key.name, **question.key.parameters).strip()]
        if question.remedy is not None:
            below.insert(0, self._card(catalog, question.remedy))
        if question.answered is not None:
            below.append(catalog.html("frame.answered", answer=_plain(catalog, question.answered)))
        if question.hint is not None:
            below.append(catalog.html("frame.hint", text=_plain(catalog, question.hint)))
        if question.aside is not None:
            below.append(catalog.html(question.aside.name, **question.aside.parameters).strip())
        return below

    def _buttons(self, catalog: Catalog, question: Question) -> Iterable[tuple[Button, bool]]:
        for option in (*question.options, *question.controls):
            tick = "" if option.chosen is None else "✅ " if option.chosen else "⬜ "
            label = shortened(f"{tick}{_plain(catalog, option.label)}", LONGEST_BUTTON)
            yield Button(label, option.id, option.copies, option.url), option.alone

    def _source(self, suggestion: Suggestion, catalog: Catalog) -> str:
        return self._named(suggestion.remedy, catalog)

    def _named(self, remedy: Remedy, catalog: Catalog) -> str:
        """Return the first source of a remedy, as short as it still says where it is from."""
        if remedy.source == GENERAL_KNOWLEDGE:
            return catalog.html("tips.general_knowledge")
        name = self.knowledge.sources[remedy.source.partition(",")[0]]
        return _SOURCE_END.split(name)[0]

    def _card(self, catalog: Catalog, remedy: Remedy) -> str:
        """Return all that is known of a remedy."""
        language = catalog.language
        return catalog.html(
            "tips.card",
            label=remedy.label.say(language),
            text=remedy.text.say(language),
            effort=catalog.text(f"effort.{remedy.effort}"),
            cost=catalog.text(f"cost.{remedy.cost}"),
            when=catalog.html("tips.when", when=inside_a_sentence(remedy.when.say(language))),
            source=self._named(remedy, catalog),
            checked="" if remedy.checked is None else _checked(remedy.checked, catalog),
        ).strip()


def inside_a_sentence(text: str) -> str:
    """Return the words as they stand within a sentence: a capital first letter alone becomes small."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def split_html(html: str) -> tuple[str, ...]:
    """Return the HTML in parts that fit a message, cut between lines; each line must close its own tags."""
    parts: list[str] = []
    current = ""
    for line in html.split("\n"):
        longer = f"{current}\n{line}" if current else line
        if _fits(longer):
            current = longer
        else:
            parts.append(current.strip())
            current = line
    return tuple(part for part in (*parts, current.strip()) if part)


def _fits(html: str) -> bool:
    return utf16_length(unescape(_TAG.sub("", html))) <= LONGEST_MESSAGE


def _line(catalog: Catalog, words: Words) -> str:
    match words:
        case Said(text=text):
            return Markup.escape(text)
        case Key(name=name, parameters=parameters):
            said = catalog.text(name, **parameters) if catalog.is_plain(name) else None
            return Markup.escape(said) if said is not None else catalog.html(name, **parameters).strip()


def _plain(catalog: Catalog, words: Words) -> str:
    match words:
        case Said(text=text):
            return text
        case Key(name=name, parameters=parameters):
            return catalog.text(name, **parameters)


def _progress(catalog: Catalog, progress: tuple[int, int, str]) -> str:
    number, count, name = progress
    bar = "▓" * number + "░" * (count - number)
    return catalog.html("frame.progress", number=number, count=count, name=name, bar=bar)


def _join(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _rows(buttons: Iterable[tuple[Button, bool]]) -> tuple[tuple[Button, ...], ...]:
    """Put two short buttons into a row, three very short ones, five faces, and a long one into its own."""
    rows: list[tuple[Button, ...]] = []
    row: tuple[Button, ...] = ()
    for button, alone in buttons:
        short = not alone and len(button.label) <= SIDE_BY_SIDE
        if row and not (short and _share_a_row((*row, button))):
            rows.append(row)
            row = ()
        row = (*row, button)
        if not short:
            rows.append(row)
            row = ()
    return (*rows, row) if row else tuple(rows)


def _share_a_row(buttons: tuple[Button, ...]) -> bool:
    if len(buttons) == TWO:
        return True
    longest = max(len(button.label) for button in buttons)
    if len(buttons) == THREE:
        return longest <= THREE_SIDE_BY_SIDE
    return len(buttons) <= FIVE and longest <= FIVE_SIDE_BY_SIDE


def _persona_lines(catalog: Catalog, journey_map: JourneyMap) -> list[tuple[str, str]]:
    return [
        (catalog.html(f"field.{field}"), entry.text)
        for field in PersonaField
        if field is not PersonaField.NAME and (entry := journey_map.persona.field(field))
    ]


def _of_stage(suggestions: Sequence[Suggestion], stage_id: str) -> list[Suggestion]:
    return [suggestion for suggestion in suggestions if suggestion.stage_id == stage_id]


def _because(suggestion: Suggestion, catalog: Catalog, stages: Mapping[str, str]) -> str:
    """Return why a suggestion is there: the stage, how customers feel there and what they complain about."""
    where = {"stage": stages[suggestion.stage_id], "pain": suggestion.pain}
    feeling = suggestion.feeling
    if feeling is None:
        return catalog.html("tips.because", **where)
    key = "tips.because_unhappy" if feeling.score <= UNHAPPY else "tips.because_though"
    return catalog.html(key, feeling=inside_a_sentence(feeling.text), **where)


def _checked(day: date, catalog: Catalog) -> str:
    """Return on which day a fact that ages was checked, in the words of the language."""
    month = catalog.text(f"month.{day.month}")
    return catalog.html("tips.checked", day=day.day, month=month, year=day.year)


def _day(moment: datetime, catalog: Catalog) -> str:
    day = catalog.local(moment)
    return f"{day.day} {catalog.text(f'month.{day.month}')} {day.year}"


def _in_words(count: int, catalog: Catalog) -> str:
    """Return a small number as a word, a larger one in digits."""
    return catalog.text(f"count.{count}") if catalog.has(f"count.{count}") else str(count)
