"""Words of complaints that the knowledge doesn't know, of nobody in particular."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Begin with no words."""
    op.create_table(
        "unmatched_words",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first", WHOLE, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unmatched_words"),
        sa.UniqueConstraint(
            "words", "language", "phase", "business", name="uq_unmatched_words_words_language_phase_business"
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Forget the words."""
    op.drop_table("unmatched_words")
