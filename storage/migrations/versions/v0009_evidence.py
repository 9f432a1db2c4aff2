"""Evidence: what backs an entry of a map, by the id of its file at Telegram."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Begin without any: until now nothing that was sent was kept."""
    op.create_table(
        "evidence",
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("owner_id", WHOLE, nullable=False),
        sa.Column("map_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("given", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("evidence_id", name="pk_evidence"),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["owners.owner_id"],
            name="fk_evidence_owner_id_owners",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["map_id"],
            ["maps.map_id"],
            name="fk_evidence_map_id_maps",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_evidence_owner_id", "evidence", ["owner_id"])
    op.create_index("ix_evidence_map_id", "evidence", ["map_id"])


def downgrade() -> None:
    """Forget the evidence; entries keep their standing."""
    op.drop_table("evidence")
