"""The database: the transaction of an answer against a bare commit of the same text with sqlite3."""

import itertools
import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.content import load_content
from journey.document import dump_map
from journey.model import Language
from storage import migration
from storage.database import Database
from storage.records import Call, CallRole, JsonValue, RawUpdate
from storage.transactions import Transaction
from tests.bench.measuring import Figure, cpu_seconds, median_ratio, wall_seconds

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OWNER = 7
ANSWERS = 20
"""Transactions in a round: one alone is too short for the clock of CPU time."""
RATIO_BOUND = 60.0


def measure() -> list[Figure]:
    """Store answers as the bot does, and as one row that says the same."""
    example = load_content().example.as_map(Language.ID, id="m1", now=NOW)
    document = dump_map(example)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'jejak.sqlite3'}"
        migration.upgrade(url)
        database = Database.open(url)
        try:
            ours = _answering(database, document)
            with closing(bare(Path(folder) / "bare.sqlite3")) as connection:
                trivial = committing(connection, json.dumps(document))
                return [
                    Figure(
                        "storing.answer_to_commit_cpu",
                        median_ratio(cpu_seconds(ours), cpu_seconds(trivial)),
                        "ratio",
                        RATIO_BOUND,
                    ),
                    Figure(
                        "storing.answer_to_commit_wall",
                        median_ratio(wall_seconds(ours), wall_seconds(trivial)),
                        "ratio",
                    ),
                ]
        finally:
            database.close_now()


def _answering(database: Database, document: dict[str, JsonValue]) -> Callable[[], None]:
    numbers = itertools.count(1)
    session: dict[str, JsonValue] = {"format": "jejak-session/1", "step": "pains"}
    revision: int | None = None

    def answer(transaction: Transaction) -> None:
        nonlocal revision
        number = next(numbers)
        transaction.inbox.add([RawUpdate(number, OWNER, "{}")], NOW)
        revision = transaction.owners.save(OWNER, session, expected=revision, now=NOW)
        transaction.maps.save(OWNER, document, NOW)
        transaction.outbox.put(OWNER, [Call("sendMessage", {"text": "?"}, CallRole.QUESTION)], NOW, number)
        transaction.inbox.done(number, NOW)

    def answers() -> None:
        for _ in range(ANSWERS):
            database.write_now(answer)

    return answers


def bare(path: Path) -> sqlite3.Connection:
    """Return a database with one table, as durable as ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE maps (id INTEGER PRIMARY KEY, document TEXT)")
    return connection


def committing(connection: sqlite3.Connection, text: str) -> Callable[[], None]:
    """Return what commits the text as one row, as often as a round has answers."""

    def commits() -> None:
        for _ in range(ANSWERS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT OR REPLACE INTO maps VALUES (1, ?)", (text,))
            connection.execute("COMMIT")

    return commits
