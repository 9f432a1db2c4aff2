"""What the command line does without Telegram: drawing a document, remedies, examining the house."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content import load_content
from bot.settings import Settings
from journey.document import BrokenDocument, read_map
from journey.model import Entry, JourneyMap, Language, Stage
from journey.phases import Phase
from journey.suggestions import suggest
from journey.translation import translated
from locales.catalog import load_catalogs
from renderers.messages import Messages
from storage.database import Database
from storage.migration import current, head
from storage.records import JsonValue
from storage.transactions import Transaction


class BadRequest(ValueError):
    """What was asked for can't be done; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: whether it is well, and what was seen."""

    about: str
    well: bool
    text: str


def render_file(
    source: Path,
    output: Path,
    layout: str,
    format: str | None,
    language: str | None,
    *,
    theme: str = "light",
) -> tuple[Path, ...]:
    """Draw a map document and return the files written.

    The ``output`` of an album or a story is a folder, and one file as PDF. Raises BadRequest naming what is
    wrong with the document or the output.
    """
    from renderers.picture import Format, Layout, draw
    from renderers.theme import THEMES

    wanted = Layout(layout)
    many = wanted in (Layout.ALBUM, Layout.STORY)
    named = output.suffix.removeprefix(".").lower()
    ending = format or ("jpg" if many and named != Format.PDF else named)
    try:
        kind = Format("jpg" if ending == "jpeg" else ending)
    except ValueError:
        raise BadRequest(f"{output}: the ending must be png, jpg, pdf or svg (or give --format)") from None
    messages = Messages(load_catalogs(), load_content().knowledge)
    journey_map = _read_document(source)
    said = Language(language) if language else journey_map.language
    journey_map = translated(journey_map, said, load_content().knowledge)
    titled = replace(journey_map, title=messages.title(journey_map, said))
    pictures = draw(titled, wanted, kind, messages.picture_words(said), theme=THEMES[theme])
    if not many or kind is Format.PDF:
        output.write_bytes(pictures[0].content)
        return (output,)
    output.mkdir(parents=True, exist_ok=True)
    paths = tuple(output / picture.name for picture in pictures)
    for path, picture in zip(paths, pictures, strict=True):
        path.write_bytes(picture.content)
    return paths


def suggestions_for(texts: Sequence[str], phase: str | None) -> Iterator[dict[str, JsonValue]]:
    """Yield topics and suggestions for each complaint; ``topics`` is empty when nothing fits.

    Raises BadRequest for an unknown phase.
    """
    content = load_content()
    try:
        where = Phase(phase) if phase else None
    except ValueError:
        raise BadRequest(f"{phase!r} is no phase: use one of {', '.join(Phase)}") from None
    for text in texts:
        topics = content.matcher.topics_of(text, phase=where)
        said: list[JsonValue] = [{"topic": match.topic, "score": match.score} for match in topics]
        remedies: list[JsonValue] = []
        if topics:
            advice = suggest(_map_of(text, where), content.knowledge, content.matcher, Language.ID)
            remedies = [
                {
                    "id": suggestion.remedy.id,
                    "topic": suggestion.topic,
                    "text": suggestion.remedy.text.id,
                    "effort": suggestion.remedy.effort.value,
                    "cost": suggestion.remedy.cost.value,
                    "source": suggestion.remedy.source,
                    "score": suggestion.score,
                }
                for suggestion in advice.suggestions
            ]
        yield {"text": text, "topics": said, "suggestions": remedies}


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what can be seen of the settings, the database, the words and what waits; writes nothing."""
    with_token = settings.telegram_bot_token is not None
    yield Finding("token", True, "set" if with_token else "not set: jejak run starts the local sandbox")  # noqa: FBT003
    yield Finding("intake", True, settings.webhook_url or "polling")  # noqa: FBT003
    knowledge = load_content().knowledge
    chips = sum(len(found) for found in knowledge.chips.values())
    yield Finding("knowledge", chips > 0, f"{chips} chips, {len(knowledge.remedies)} remedies")
    yield from _examine_database(settings)


def _examine_database(settings: Settings) -> Iterator[Finding]:
    try:
        at = current(settings.database_url)
    except Exception as error:  # whatever it is, the operator wants to read it as a line
        yield Finding("database", False, f"{type(error).__name__}: {error}")  # noqa: FBT003
        return
    if at is None:
        yield Finding("database", True, "not made yet; the first start makes it")  # noqa: FBT003
        return
    yield Finding("database", at == head(), f"at {at}, this release is at {head()}")
    if at != head():
        return
    database = Database.open(settings.database_url, read_only=True)
    waiting = database.read_now(_waiting)
    yield Finding("inbox", waiting.inbox == 0, f"{waiting.inbox} updates wait")
    yield Finding("outbox", waiting.outbox == 0, f"{waiting.outbox} calls wait")


@dataclass(frozen=True, slots=True)
class _Waiting:
    inbox: int
    outbox: int


def _waiting(transaction: Transaction) -> _Waiting:
    return _Waiting(transaction.inbox.count(), transaction.outbox.count())


def _read_document(source: Path) -> JourneyMap:
    try:
        document = json.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadRequest(f"{source}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{source} is no JSON: {error}") from None
    try:
        found = read_map(document)
    except BrokenDocument as error:
        raise BadRequest(f"{source}: {error}") from None
    if not found.stages:
        raise BadRequest(f"{source}: stages: a picture needs at least one stage")
    return found


def _map_of(text: str, phase: Phase | None) -> JourneyMap:
    """Return a map whose only complaint is the text, so that it is advised as in the chat."""
    from datetime import UTC, datetime

    moment = datetime.fromtimestamp(0, UTC)
    phases = (phase,) if phase else tuple(Phase)
    stage = Stage("s1", text[:1], phases, pains=(Entry(text),))
    return JourneyMap("suggest", Language.ID, moment, moment, stages=(stage,))
