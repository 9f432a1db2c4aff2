"""The product's own knowledge, matcher and example, as the bot loads them."""

import copy
import functools
import tomllib
from pathlib import Path

from bot.content import load_content
from conversations.engine import Interview
from journey import knowledge as knowledge_room
from journey.anonymous import Names
from journey.document import JsonValue
from journey.drafts import Drafts
from journey.examples import Example
from journey.knowledge import Knowledge
from journey.seasons import Seasons

FOLDER = Path(knowledge_room.__file__).parent


def data_files() -> dict[str, dict[str, object]]:
    """Return every data file of the knowledge base, parsed anew by name, for tests to break."""
    return {
        path.relative_to(FOLDER).with_suffix("").as_posix(): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.rglob("*.toml"))
    }


def broken(name: str, path: tuple[str | int, ...], value: JsonValue) -> dict[str, dict[str, object]]:
    """Return the data files with the value at one place replaced."""
    files = copy.deepcopy(data_files())
    here: object = files[name]
    for key in path[:-1]:
        here = here[key]  # type: ignore[index]  # tables and lists of the file, as deep as the path says
    here[path[-1]] = value  # type: ignore[index]  # the same
    return files


def the_knowledge() -> Knowledge:
    return load_content().knowledge


def the_drafts() -> Drafts:
    return load_content().drafts


def the_names() -> Names:
    return load_content().names


def the_seasons() -> Seasons:
    return load_content().seasons


def the_example() -> Example:
    return load_content().example


@functools.cache
def the_interview() -> Interview:
    content = load_content()
    return Interview(
        content.knowledge,
        content.matcher,
        content.example,
        content.drafts,
        content.names,
        content.seasons,
    )
