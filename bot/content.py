"""Reads the data files of the trade knowledge; the rooms below take them as mappings and bytes."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from journey.anonymous import Names, parse_names
from journey.draftbook import parse_drafts
from journey.drafts import Drafts
from journey.examples import Example
from journey.knowledge import Knowledge, parse_knowledge
from journey.matching import Matcher
from journey.seasonbook import parse_seasons
from journey.seasons import Seasons
from journey.vocabulary import Vocabulary, parse_vocabulary
from journey.weights import digest, parse_weights

FOLDER = files("journey.knowledge")
WEIGHTS = "weights.bin"
"""What ``make knowledge`` learned from the phrases."""
_LEARNED_FROM = ("phrasings.tsv", "chatter.tsv", "words.toml")
_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class Content:
    """What the interview offers and the advice draws on."""

    knowledge: Knowledge
    matcher: Matcher
    example: Example
    drafts: Drafts
    names: Names
    seasons: Seasons


@lru_cache(maxsize=1)
def load_content() -> Content:
    """Return the knowledge, its matcher and the worked example; raises BrokenKnowledge naming the place."""
    knowledge = load_knowledge()
    vocabulary = vocabulary_of()
    matcher = Matcher(parse_weights(FOLDER.joinpath(WEIGHTS).read_bytes()), vocabulary, knowledge)
    drafts = parse_drafts(_rows()["drafts"], knowledge.topics)
    names = parse_names(_rows()["names"], vocabulary, knowledge)
    seasons = parse_seasons(_rows()["seasons"], knowledge.sources)
    return Content(knowledge, matcher, Example(_rows()["coffee"], knowledge), drafts, names, seasons)


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """Return the knowledge alone."""
    return parse_knowledge(_rows())


def vocabulary_of() -> Vocabulary:
    """Return what we know of the words themselves."""
    return parse_vocabulary(_rows()["words"])


def digest_of_phrases() -> str:
    """Return the digest of all that the weights are learned from, except for the ready complaints."""
    return digest(FOLDER.joinpath(name).read_text(encoding="utf-8") for name in _LEARNED_FROM)


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, object]]:
    return dict(_toml_files(FOLDER))


def _toml_files(folder: Traversable, prefix: str = "") -> list[tuple[str, dict[str, object]]]:
    found: list[tuple[str, dict[str, object]]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and not item.name.startswith("_"):
            found += _toml_files(item, f"{prefix}{item.name}/")
        elif item.name.endswith(_ENDING):
            name = f"{prefix}{item.name.removesuffix(_ENDING)}"
            found.append((name, tomllib.loads(item.read_text(encoding="utf-8"))))
    return found
