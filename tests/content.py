"""The product's own knowledge, matcher and example, read from the data files once."""

import functools
import tomllib
from pathlib import Path

from conversations.engine import Interview
from journey import knowledge as knowledge_room
from journey.examples import Example, Row
from journey.knowledge import Knowledge, parse_knowledge
from journey.matching import Matcher, parse_vocabulary

FOLDER = Path(knowledge_room.__file__).parent
_NO_KNOWLEDGE = {"coffee", "words"}


def data_files() -> dict[str, dict[str, object]]:
    """Return every data file of the knowledge base, parsed anew, by its name without ending."""
    names = (path.relative_to(FOLDER).with_suffix("").as_posix() for path in sorted(FOLDER.rglob("*.toml")))
    return {name: _parsed(name) for name in names if name not in _NO_KNOWLEDGE}


@functools.cache
def the_knowledge() -> Knowledge:
    return parse_knowledge(data_files())


@functools.cache
def the_matcher() -> Matcher:
    phrases = (FOLDER / "phrases.tsv").read_text(encoding="utf-8")
    return Matcher.from_knowledge(
        the_knowledge(), phrases=phrases, vocabulary=parse_vocabulary(_parsed("words"))
    )


@functools.cache
def the_example() -> Example:
    row: Row = _parsed("coffee")
    return Example(row, the_knowledge())


@functools.cache
def the_interview() -> Interview:
    return Interview(the_knowledge(), the_matcher(), the_example())


def _parsed(name: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
