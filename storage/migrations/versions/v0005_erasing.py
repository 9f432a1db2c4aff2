"""When a deleted map and an owner who left are erased for good, and when an owner was warned."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_FOUND_THROUGH = ("maps", "owners")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Begin with nothing deleted and nobody warned."""
    op.add_column("maps", sa.Column("erase_after", WHOLE))
    op.create_index("ix_maps_erase_after", "maps", ["erase_after"])
    op.add_column("owners", sa.Column("erase_after", WHOLE))
    op.create_index("ix_owners_erase_after", "owners", ["erase_after"])
    op.add_column("owners", sa.Column("warned", WHOLE))


def downgrade() -> None:
    """Erase what was deleted: without the columns it would be there again."""
    columns = {name: _columns(name) for name in sa.inspect(op.get_bind()).get_table_names()}
    left = _deleted("owners", "owner_id")
    gone = _deleted("maps", "map_id")
    # Maps and owners last: the others refer to them, and are found through them.
    for name in (*sorted(columns.keys() - _FOUND_THROUGH), *_FOUND_THROUGH):
        for column, wanted in (("map_id", gone), ("owner_id", left), ("chat_id", left)):
            if column in columns[name]:
                op.execute(sa.table(name, sa.column(column)).delete().where(sa.column(column).in_(wanted)))
    if op.get_bind().dialect.name == "postgresql":
        # Else the columns can't go: the deferred foreign keys of what was deleted are still to be checked.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.drop_column("owners", "warned")
    op.drop_index("ix_owners_erase_after", "owners")
    op.drop_column("owners", "erase_after")
    op.drop_index("ix_maps_erase_after", "maps")
    op.drop_column("maps", "erase_after")


def _columns(table: str) -> set[str]:
    return {str(column["name"]) for column in sa.inspect(op.get_bind()).get_columns(table)}


def _deleted(table: str, key: str) -> sa.Select[tuple[object]]:
    found = sa.table(table, sa.column(key), sa.column("erase_after"))
    return sa.select(found.c[key]).where(found.c.erase_after.is_not(None))
