"""What the command line does without Telegram: remedies for complaints, examining the house."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.content import load_content
from bot.settings import Settings
from journey.matching import Whereabouts
from journey.meanings import is_unclear, with_meaning
from journey.model import Entry, JourneyMap, Language, Meaning, Stage
from journey.phases import Phase
from journey.seasons import FEWEST_DAYS, Seasons
from journey.suggestions import Suggestion, suggest
from storage.database import Database
from storage.migration import current, head
from storage.records import JsonValue
from storage.transactions import Transaction

UNKNOWN = "complaints the knowledge doesn't know"
MOST = 10
"""So many of them are listed, those kept most often."""


class BadRequest(ValueError):
    """What was asked for can't be done; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined: whether it is well, and what was seen."""

    about: str
    well: bool
    text: str


def suggestions_for(texts: Sequence[str], phase: str | None) -> Iterator[dict[str, JsonValue]]:
    """Yield topics and suggestions for each complaint; ``topics`` is empty when nothing fits.

    Where the chat would ask which topic was meant, the likeliest one is taken: nobody can be asked here.
    Raises BadRequest for an unknown phase.
    """
    content = load_content()
    try:
        where = Phase(phase) if phase else None
    except ValueError:
        raise BadRequest(f"{phase!r} is no phase: use one of {', '.join(Phase)}") from None
    for text in texts:
        topics = content.matcher.topics_of(text, Whereabouts((where,) if where else ()))
        said: list[JsonValue] = [{"topic": match.topic, "score": match.score} for match in topics]
        remedies: list[JsonValue] = []
        if topics:
            journey_map = _map_of(text, where)
            if is_unclear(topics):
                journey_map = with_meaning(journey_map, Meaning(text, topics[0].topic))
            advice = suggest(journey_map, content.knowledge, content.matcher, Language.ID)
            remedies = [_row(suggestion) for suggestion in advice.suggestions]
        yield {"text": text, "topics": said, "suggestions": remedies}


def _row(suggestion: Suggestion) -> JsonValue:
    remedy = suggestion.remedy
    return {
        "id": remedy.id,
        "topic": suggestion.topic,
        "text": remedy.text.id,
        "when": remedy.when.id,
        "effort": remedy.effort.value,
        "cost": remedy.cost.value,
        "source": remedy.source,
        "checked": None if remedy.checked is None else remedy.checked.isoformat(),
        "score": suggestion.score,
    }


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what can be seen of the settings, the database, the words and what waits; writes nothing."""
    with_token = settings.telegram_bot_token is not None
    yield Finding("token", True, "set" if with_token else "not set: jejak run starts the local sandbox")  # noqa: FBT003
    yield Finding("intake", True, settings.webhook_url or "polling")  # noqa: FBT003
    content = load_content()
    knowledge = content.knowledge
    chips = sum(len(found) for found in knowledge.chips.values())
    yield Finding("knowledge", chips > 0, f"{chips} chips, {len(knowledge.remedies)} remedies")
    yield _examine_seasons(content.seasons, datetime.now(UTC).date())
    yield from _examine_database(settings)


def _examine_seasons(seasons: Seasons, today: date) -> Finding:
    """Tell how long the dates of busy seasons last: beyond them nobody is reminded of any."""
    left = seasons.days_left(today)
    return Finding(
        "seasons", left >= FEWEST_DAYS, f"dates until {seasons.covers_until}, {max(left, 0)} days from today"
    )


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
    yield Finding(UNKNOWN, True, database.read_now(_unknown))  # noqa: FBT003


@dataclass(frozen=True, slots=True)
class _Waiting:
    inbox: int
    outbox: int


def _waiting(transaction: Transaction) -> _Waiting:
    return _Waiting(transaction.inbox.count(), transaction.outbox.count())


def _unknown(transaction: Transaction) -> str:
    """Return how many complaints nothing fitted, and a line for each of those said most."""
    lines = [f"{row.count:6}× {row.phase}: {row.words}" for row in transaction.unmatched.most_frequent(MOST)]
    return "\n".join((str(transaction.unmatched.count()), *lines))


def _map_of(text: str, phase: Phase | None) -> JourneyMap:
    """Return a map whose only complaint is the text, so that it is advised as in the chat."""
    moment = datetime.fromtimestamp(0, UTC)
    phases = (phase,) if phase else tuple(Phase)
    stage = Stage("s1", text[:1], phases, pains=(Entry(text),))
    return JourneyMap("suggest", Language.ID, moment, moment, stages=(stage,))
