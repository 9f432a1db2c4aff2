"""One step back for every map, and an archive for those that are out of the way."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Begin without steps back, and with an empty archive."""
    op.add_column("maps", sa.Column("earlier", sa.Text()))
    op.add_column("maps", sa.Column("earlier_changed", MOMENT))
    op.add_column("maps", sa.Column("archived", MOMENT))


def downgrade() -> None:
    """Forget the steps back, and put archived maps among the others again."""
    op.drop_column("maps", "archived")
    op.drop_column("maps", "earlier_changed")
    op.drop_column("maps", "earlier")
