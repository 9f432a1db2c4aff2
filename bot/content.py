"""Reads the data files of the trade knowledge; the rooms below take them as mappings."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from journey.draftbook import parse_drafts
from journey.drafts import Drafts
from journey.examples import Example
from journey.knowledge import Knowledge, parse_knowledge
from journey.matching import Matcher, parse_vocabulary

_ROOT = "journey.knowledge"
_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class Content:
    """What the interview offers and the advice draws on."""

    knowledge: Knowledge
    matcher: Matcher
    example: Example
    drafts: Drafts


@lru_cache(maxsize=1)
def load_content() -> Content:
    """Return the knowledge, its matcher and the worked example; raises BrokenKnowledge naming the place."""
    root = files(_ROOT)
    rows = dict(_toml_files(root))
    knowledge = parse_knowledge(rows)
    matcher = Matcher.from_knowledge(
        knowledge,
        phrases=root.joinpath("phrases.tsv").read_text(encoding="utf-8"),
        vocabulary=parse_vocabulary(rows["words"]),
    )
    drafts = parse_drafts(rows["drafts"], knowledge.topics)
    return Content(knowledge, matcher, Example(rows["coffee"], knowledge), drafts)


def _toml_files(folder: Traversable, prefix: str = "") -> list[tuple[str, dict[str, object]]]:
    found: list[tuple[str, dict[str, object]]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and not item.name.startswith("_"):
            found += _toml_files(item, f"{prefix}{item.name}/")
        elif item.name.endswith(_ENDING):
            name = f"{prefix}{item.name.removesuffix(_ENDING)}"
            found.append((name, tomllib.loads(item.read_text(encoding="utf-8"))))
    return found
