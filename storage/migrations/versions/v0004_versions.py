"""Versions of maps: each map as it was whenever it was finished."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Begin with no versions: a map that is finished already gets its first one before it is changed."""
    op.create_table(
        "versions",
        sa.Column("map_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner_id", WHOLE, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("finished", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("map_id", "number", name="pk_versions"),
        sa.ForeignKeyConstraint(
            ["map_id"],
            ["maps.map_id"],
            name="fk_versions_map_id_maps",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["owners.owner_id"],
            name="fk_versions_owner_id_owners",
            deferrable=True,
            initially="DEFERRED",
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_versions_owner_id", "versions", ["owner_id"])


def downgrade() -> None:
    """Forget the versions; the maps stay as they are."""
    op.drop_table("versions")
