"""The catalogue: sentences by key, in both languages, said with what they speak of.

Sentences are Jinja2 templates. Those for buttons, toasts and the like are plain text; all others are Telegram
HTML in which every value is escaped. A value that a sentence asks for and doesn't get is an error.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, meta
from markupsafe import Markup

from journey.model import Language
from journey.wording import plain

PLAIN_SECTIONS = frozenset(
    {
        "button",
        "line",
        "toast",
        "speed",
        "score",
        "face",
        "language",
        "command",
        "profile",
        "picture",
        "file",
        "effort",
        "cost",
        "month",
        "weekday",
        "count",
        "heal",
        "export",
    }
)
"""Sections of plain text: Telegram shows no markup on buttons, toasts and menus."""
HEARD, MEANT = "hears", "means"
_FILLERS = "fillers"
"""In ``means``: words that go with others and say nothing, as *kak* and *nih* do."""
_SHORT = 3
"""Letters of a month that are enough to know it by."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as sentences name it: ``short`` is "5 Des", ``long`` is "Sabtu, 5 Desember"."""

    short: str
    long: str


class UnknownKey(KeyError):
    """The catalogue has no sentence of that key."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sentences of one language; times in them are said as the clocks of ``zone`` show them."""

    language: Language
    templates: Mapping[str, Template]
    sources: Mapping[str, str]
    heard: Mapping[str, frozenset[str]]
    meant: Mapping[str, frozenset[str]]
    fillers: frozenset[str]
    zone: tzinfo = UTC

    def html(self, key: str, **speaks_of: object) -> Markup:
        """Return a sentence as Telegram HTML, values escaped."""
        return Markup(self._template(key).render(self._local(speaks_of)))  # noqa: S704  the template escaped its values

    def text(self, key: str, **speaks_of: object) -> str:
        """Return a sentence of a plain section."""
        return self._template(key).render(self._local(speaks_of))

    def is_plain(self, key: str) -> bool:
        """Tell whether a sentence is plain text."""
        return key.partition(".")[0] in PLAIN_SECTIONS

    def has(self, key: str) -> bool:
        """Tell whether there is a sentence of that key."""
        return key in self.templates

    def hears(self, words: str) -> str | None:
        """Return the small talk that an owner's whole message is (``hello``, ``thanks`` …), or None."""
        return self._kind_of(words, self.heard)

    def means(self, words: str) -> str | None:
        """Return how an owner's whole message steers (``skip``, ``onward``, ``back``), or None."""
        return self._kind_of(words, self.meant)

    def bare(self, words: str) -> str:
        """Return plain words without those that only go with others, like *kak* and *nih*."""
        return _bare(words, self.fillers)

    def parameters(self, key: str) -> frozenset[str]:
        """Return the names of the values a sentence speaks of."""
        return frozenset(meta.find_undeclared_variables(_HTML.parse(self.sources[key])))

    def local(self, moment: datetime) -> datetime:
        """Return a time as the owner's clock shows it."""
        return moment.astimezone(self.zone)

    def _kind_of(self, words: str, kinds: Mapping[str, frozenset[str]]) -> str | None:
        """Return the kind that the whole message is of: as it is, else without what only goes with it."""
        for said in (plain(words), self.bare(words)):
            if kind := next((kind for kind, known in kinds.items() if said in known), None):
                return kind
        return None

    def _local(self, speaks_of: Mapping[str, object]) -> Mapping[str, object]:
        return {name: self._said(value) for name, value in speaks_of.items()}

    def _said(self, value: object) -> object:
        """Return a value as sentences need it: times by the clock, days by their names."""
        match value:
            case datetime():
                return self.local(value)
            case date():
                weekday = self._template(f"weekday.{value.isoweekday()}").render()
                month = self._template(f"month.{value.month}").render()
                return Day(f"{value.day} {month[:_SHORT]}", f"{weekday}, {value.day} {month}")
            case _:
                return value

    def _template(self, key: str) -> Template:
        try:
            return self.templates[key]
        except KeyError:
            raise UnknownKey(f"{key} ({self.language})") from None


Catalogs = Mapping[Language, Catalog]

_HTML = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
_PLAIN = Environment(autoescape=False, undefined=StrictUndefined)  # noqa: S701  plain text has no markup


def load_catalogs(zone: tzinfo = UTC) -> Catalogs:
    """Return the catalogues of all languages, read from the TOML files beside this module."""
    return {language: load_catalog(language, zone) for language in Language}


def load_catalog(language: Language, zone: tzinfo = UTC) -> Catalog:
    """Return the catalogue of one language; raises TemplateSyntaxError for a broken sentence."""
    return replace(_compiled(language), zone=zone)


@lru_cache(maxsize=len(Language))
def _compiled(language: Language) -> Catalog:
    """Return a catalogue on the clocks of UTC; once for all, as compiling it takes a good part of a start."""
    rows = tomllib.loads(files("locales").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    fillers = frozenset(rows[MEANT].pop(_FILLERS))
    heard, meant = (_known(rows.pop(section), fillers) for section in (HEARD, MEANT))
    sources = dict(_flat(rows))
    templates = {
        key: (_PLAIN if key.partition(".")[0] in PLAIN_SECTIONS else _HTML).from_string(source)
        for key, source in sources.items()
    }
    return Catalog(language, templates, sources, heard, meant, fillers)


def _known(kinds: Mapping[str, list[str]], fillers: frozenset[str]) -> Mapping[str, frozenset[str]]:
    return {
        kind: frozenset(form for words in said for form in (plain(words), _bare(words, fillers)))
        for kind, said in kinds.items()
    }


def _bare(words: str, fillers: frozenset[str]) -> str:
    """Return the plain words without those that only go with others, and none of them twice in a row."""
    said = plain(words).split()
    kept = [word for word in said if word not in fillers] or said
    return " ".join(word for word, _ in groupby(kept))


def _flat(rows: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in rows.items():
        if isinstance(value, str):
            yield f"{prefix}{name}", value
        else:
            yield from _flat(value, f"{prefix}{name}.")
