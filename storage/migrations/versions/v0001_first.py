"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Create all tables."""
    _create_people()
    _create_queues()
    _create_pictures()


def downgrade() -> None:
    """Drop all tables."""
    for name in (
        "facts",
        "picture_chats",
        "pictures",
        "jobs",
        "outbox",
        "inbox",
        "feedback",
        "answers",
        "maps",
        "owners",
    ):
        op.drop_table(name)


def _owner(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return sa.Column("owner_id", WHOLE, nullable=False), sa.ForeignKeyConstraint(
        ["owner_id"],
        ["owners.owner_id"],
        name=f"fk_{table}_owner_id_owners",
        deferrable=True,
        initially="DEFERRED",
    )


def _create_people() -> None:
    op.create_table(
        "owners",
        sa.Column("owner_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("question_message_id", WHOLE),
        sa.Column("blocked", WHOLE),
        sa.Column("created", WHOLE, nullable=False),
        sa.Column("seen", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name="pk_owners"),
        sqlite_strict=True,
    )
    op.create_index("ix_owners_seen", "owners", ["seen"])
    op.create_table(
        "maps",
        sa.Column("map_id", sa.Text(), nullable=False),
        *_owner("maps"),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created", WHOLE, nullable=False),
        sa.Column("changed", WHOLE, nullable=False),
        sa.Column("saved", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("map_id", name="pk_maps"),
        sqlite_strict=True,
    )
    op.create_index("ix_maps_owner_id_changed", "maps", ["owner_id", "changed"])
    op.create_table(
        "answers",
        sa.Column("id", WHOLE, nullable=False),
        *_owner("answers"),
        sa.Column("map_id", sa.Text()),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("given", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_owner_id_map_id", "answers", ["owner_id", "map_id"])
    op.create_table(
        "feedback",
        sa.Column("id", WHOLE, nullable=False),
        *_owner("feedback"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given", WHOLE, nullable=False),
        sa.Column("seen", WHOLE),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_owner_id", "feedback", ["owner_id"])


def _create_queues() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("chat_id", WHOLE, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("received", WHOLE, nullable=False),
        sa.Column("finished", WHOLE),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
        sa.CheckConstraint("state IN ('waiting', 'done', 'parked')", name=op.f("ck_inbox_state")),
        sqlite_strict=True,
    )
    op.create_index("ix_inbox_chat_id", "inbox", ["chat_id"])
    _create_waiting_index("ix_inbox_waiting", "inbox", ["chat_id", "update_id"])
    op.create_table(
        "outbox",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("chat_id", WHOLE, nullable=False),
        sa.Column("update_id", WHOLE),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pictures", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("message_ids", sa.Text(), nullable=False),
        sa.Column("created", WHOLE, nullable=False),
        sa.Column("next_try", WHOLE, nullable=False),
        sa.Column("finished", WHOLE),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("update_id", "chat_id", "position", name="uq_outbox_update_id_chat_id_position"),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'parked', 'collapsed')", name=op.f("ck_outbox_state")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"])
    _create_waiting_index("ix_outbox_waiting", "outbox", ["chat_id", "id"])
    op.create_table(
        "jobs",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chat_id", WHOLE, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("created", WHOLE, nullable=False),
        sa.Column("due", WHOLE, nullable=False),
        sa.Column("finished", WHOLE),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.CheckConstraint("state IN ('waiting', 'done', 'parked')", name=op.f("ck_jobs_state")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_chat_id", "jobs", ["chat_id"])
    _create_waiting_index("ix_jobs_waiting", "jobs", ["due", "id"])
    op.create_index(
        "ix_jobs_waiting_once",
        "jobs",
        ["kind", "key"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def _create_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("file_id", sa.Text()),
        sa.Column("kept", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_pictures"),
        sqlite_strict=True,
    )
    op.create_table(
        "picture_chats",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("chat_id", WHOLE, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("digest", "chat_id", name="pk_picture_chats"),
        sqlite_strict=True,
    )
    op.create_index("ix_picture_chats_chat_id", "picture_chats", ["chat_id"])
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
        sqlite_strict=True,
    )


def _create_waiting_index(name: str, table: str, columns: list[str]) -> None:
    op.create_index(name, table, columns, sqlite_where=WAITING, postgresql_where=WAITING)
