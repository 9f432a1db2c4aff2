"""Links by which owners share a map, each known by its token."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = WHOLE


def upgrade() -> None:
    """Begin with nothing shared."""
    op.create_table(
        "shares",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("owner_id", WHOLE, nullable=False),
        sa.Column("map_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text()),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("expires", MOMENT),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_shares"),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["owners.owner_id"],
            name="fk_shares_owner_id_owners",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["map_id"],
            ["maps.map_id"],
            name="fk_shares_map_id_maps",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_shares_owner_id", "shares", ["owner_id"])
    op.create_index("ix_shares_map_id", "shares", ["map_id"])
    op.create_index("ix_shares_expires", "shares", ["expires"])


def downgrade() -> None:
    """Forget what was shared: those links show nothing any more."""
    op.drop_table("shares")
