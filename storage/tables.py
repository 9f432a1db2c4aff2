"""The tables, the same for SQLite and PostgreSQL; ``migrations`` create and change them."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    literal,
    text,
)
from sqlalchemy.schema import SchemaItem

from storage.columns import Json, Moment, Words, whole_number
from storage.records import InboxState, JobState, OutboxState

REASON_LENGTH = 500
"""Why something failed or was parked is kept up to this many characters."""

WAITING: ColumnElement[str] = literal("waiting", Words(), literal_execute=True)
"""The state of a row still to be dealt with; written into the statement, else no partial index serves it."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: SchemaItem) -> Table:
    # STRICT keeps a value of the wrong kind out of SQLite as PostgreSQL does.
    return Table(name, metadata, *parts, sqlite_strict=True)


def _numbered(name: str, *parts: SchemaItem) -> Table:
    # AUTOINCREMENT: a number is never given twice, so one still held by a sender can't mean a newer row.
    number = Column("id", whole_number(), primary_key=True)
    return Table(name, metadata, number, *parts, sqlite_strict=True, sqlite_autoincrement=True)


def _owner() -> Column[int]:
    # Checked at the commit, so that a transaction may write an owner and their map in any order.
    return Column(
        "owner_id",
        whole_number(),
        ForeignKey("owners.owner_id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    )


def _state(choices: Iterable[StrEnum]) -> tuple[Column[str], CheckConstraint]:
    allowed = ", ".join(f"'{choice}'" for choice in choices)
    return Column("state", Words(), nullable=False), CheckConstraint(f"state IN ({allowed})", name="state")


def _waiting_index(name: str, *columns: str, unique: bool = False) -> Index:
    waiting = text("state = 'waiting'")
    return Index(name, *columns, unique=unique, sqlite_where=waiting, postgresql_where=waiting)


owners = _table(
    "owners",
    Column("owner_id", whole_number(), primary_key=True, autoincrement=False),
    Column("session", Json(), nullable=False),
    Column("revision", Integer(), nullable=False),
    Column("question_message_id", whole_number()),
    Column("blocked", Moment()),
    Column("created", Moment(), nullable=False),
    Column("seen", Moment(), nullable=False, index=True),
    Column("erase_after", Moment(), index=True),
    Column("warned", Moment()),
    Column("unanswered", Integer(), nullable=False, server_default="0"),
    Column("reminded", Moment()),
)

maps = _table(
    "maps",
    Column("map_id", Words(), primary_key=True),
    _owner(),
    Column("document", Json(), nullable=False),
    Column("status", Words(), nullable=False),
    Column("created", Moment(), nullable=False),
    Column("changed", Moment(), nullable=False),
    Column("saved", Moment(), nullable=False),
    Column("erase_after", Moment(), index=True),
    Column("earlier", Json()),
    Column("earlier_changed", Moment()),
    Column("archived", Moment()),
    Index(None, "owner_id", "changed"),
)

versions = _table(
    "versions",
    Column(
        "map_id",
        Words(),
        # A version goes with its map, whoever erases that.
        ForeignKey("maps.map_id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("number", Integer(), primary_key=True, autoincrement=False),
    _owner(),
    Column("document", Json(), nullable=False),
    Column("finished", Moment(), nullable=False),
    Index(None, "owner_id"),
)

shares = _table(
    "shares",
    Column("token", Words(), primary_key=True),
    _owner(),
    Column(
        "map_id",
        Words(),
        # A link goes with its map, whoever erases that.
        ForeignKey("maps.map_id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    Column("stage", Words()),
    Column("created", Moment(), nullable=False),
    Column("expires", Moment(), index=True),
    Column("opened", Integer(), nullable=False),
    Index(None, "owner_id"),
)

answers = _numbered(
    "answers",
    _owner(),
    Column("map_id", Words()),
    Column("step", Words(), nullable=False),
    Column("stage", Words()),
    Column("value", Json(), nullable=False),
    Column("given", Moment(), nullable=False),
    Index(None, "owner_id", "map_id"),
)

reminders = _table(
    "reminders",
    Column(
        "owner_id",
        whole_number(),
        ForeignKey("owners.owner_id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("kind", Words(), primary_key=True),
    Column("map_id", Words(), primary_key=True),
    Column("subject", Words(), primary_key=True),
    Column("due", Moment(), nullable=False, index=True),
    Column("count", Integer(), nullable=False),
)

evidence = _table(
    "evidence",
    Column("evidence_id", Words(), primary_key=True),
    _owner(),
    Column(
        "map_id",
        Words(),
        ForeignKey("maps.map_id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    Column("kind", Words(), nullable=False),
    Column("file_id", Words(), nullable=False),
    Column("caption", Words(), nullable=False),
    Column("given", Moment(), nullable=False),
    Index(None, "owner_id"),
)

feedback = _numbered(
    "feedback",
    _owner(),
    Column("text", Words(), nullable=False),
    Column("given", Moment(), nullable=False),
    Column("seen", Moment()),
    Index(None, "owner_id"),
)

unmatched_words = _numbered(
    "unmatched_words",
    Column("words", Words(), nullable=False),
    Column("language", Words(), nullable=False),
    Column("phase", Words(), nullable=False),
    Column("business", Words(), nullable=False),
    Column("count", Integer(), nullable=False),
    Column("first", Moment(), nullable=False),
    Column("last", Moment(), nullable=False),
    UniqueConstraint("words", "language", "phase", "business"),
)

inbox = _table(
    "inbox",
    Column("update_id", whole_number(), primary_key=True, autoincrement=False),
    Column("chat_id", whole_number(), nullable=False, index=True),
    Column("payload", Words(), nullable=False),
    *_state(InboxState),
    Column("attempts", Integer(), nullable=False),
    Column("reason", Words()),
    Column("received", Moment(), nullable=False),
    Column("finished", Moment()),
    _waiting_index("ix_inbox_waiting", "chat_id", "update_id"),
)

outbox = _numbered(
    "outbox",
    Column("chat_id", whole_number(), nullable=False, index=True),
    Column("update_id", whole_number()),
    Column("position", Integer(), nullable=False),
    Column("method", Words(), nullable=False),
    Column("params", Json(), nullable=False),
    Column("role", Words(), nullable=False),
    Column("pictures", Json(), nullable=False),
    Column("redraw", Json()),
    *_state(OutboxState),
    Column("attempts", Integer(), nullable=False),
    Column("reason", Words()),
    Column("message_ids", Json(), nullable=False),
    Column("created", Moment(), nullable=False),
    Column("next_try", Moment(), nullable=False),
    Column("finished", Moment()),
    UniqueConstraint("update_id", "chat_id", "position"),
    _waiting_index("ix_outbox_waiting", "chat_id", "id"),
)

jobs = _numbered(
    "jobs",
    Column("kind", Words(), nullable=False),
    Column("key", Words(), nullable=False),
    Column("chat_id", whole_number(), nullable=False, index=True),
    Column("payload", Json(), nullable=False),
    *_state(JobState),
    Column("attempts", Integer(), nullable=False),
    Column("reason", Words()),
    Column("created", Moment(), nullable=False),
    Column("due", Moment(), nullable=False),
    Column("finished", Moment()),
    _waiting_index("ix_jobs_waiting_once", "kind", "key", unique=True),
    _waiting_index("ix_jobs_waiting", "due", "id"),
)

pictures = _table(
    "pictures",
    Column("digest", Words(), primary_key=True),
    Column("name", Words(), nullable=False),
    Column("content", LargeBinary()),
    Column("photo_id", Words()),
    Column("document_id", Words()),
    Column("kept", Moment(), nullable=False),
)

picture_chats = _table(
    "picture_chats",
    Column("digest", Words(), primary_key=True),
    Column("chat_id", whole_number(), primary_key=True, autoincrement=False),
    Index(None, "chat_id"),
)

recipes = _table(
    "recipes",
    Column("recipe", Words(), primary_key=True),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    Column("digest", Words(), nullable=False, index=True),
)

recipe_chats = _table(
    "recipe_chats",
    Column("recipe", Words(), primary_key=True),
    Column("chat_id", whole_number(), primary_key=True, autoincrement=False),
    Index(None, "chat_id"),
)

facts = _table(
    "facts",
    Column("name", Words(), primary_key=True),
    Column("value", Words(), nullable=False),
)
