"""What owners are to be reminded of, and how many reminders they left unanswered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Begin with nothing to remind anybody of: a half-finished map joins when it is worked on again."""
    op.create_table(
        "reminders",
        sa.Column("owner_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("map_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("due", WHOLE, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "kind", "map_id", "subject", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["owners.owner_id"],
            name="fk_reminders_owner_id_owners",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_reminders_due", "reminders", ["due"])
    op.add_column("owners", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("owners", sa.Column("reminded", WHOLE))


def downgrade() -> None:
    """Forget the reminders."""
    op.drop_column("owners", "reminded")
    op.drop_column("owners", "unanswered")
    op.drop_table("reminders")
