"""File ids by the kind of the file, recipes of drawn pictures, and what draws lost ones anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Telegram doesn't promise it, but the id of every document begins so; a wrong guess is mended when used.
DOCUMENT_ID = "BQAC%"


def upgrade() -> None:
    """Sort the file ids into the two kinds, and begin with no recipes."""
    op.add_column("outbox", sa.Column("redraw", sa.Text()))
    op.add_column("pictures", sa.Column("photo_id", sa.Text()))
    op.add_column("pictures", sa.Column("document_id", sa.Text()))
    pictures = _pictures()
    is_document = pictures.c.file_id.like(DOCUMENT_ID)
    op.execute(pictures.update().where(is_document).values(document_id=pictures.c.file_id))
    op.execute(pictures.update().where(sa.not_(is_document)).values(photo_id=pictures.c.file_id))
    op.drop_column("pictures", "file_id")
    op.create_table(
        "recipes",
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("recipe", "place", name="pk_recipes"),
        sqlite_strict=True,
    )
    op.create_index("ix_recipes_digest", "recipes", ["digest"])
    op.create_table(
        "recipe_chats",
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("chat_id", WHOLE, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("recipe", "chat_id", name="pk_recipe_chats"),
        sqlite_strict=True,
    )
    op.create_index("ix_recipe_chats_chat_id", "recipe_chats", ["chat_id"])


def downgrade() -> None:
    """Keep one file id of each picture, and forget the recipes."""
    op.drop_table("recipe_chats")
    op.drop_table("recipes")
    op.add_column("pictures", sa.Column("file_id", sa.Text()))
    pictures = _pictures()
    known = sa.func.coalesce(pictures.c.photo_id, pictures.c.document_id)
    op.execute(pictures.update().values(file_id=known))
    op.drop_column("pictures", "document_id")
    op.drop_column("pictures", "photo_id")
    op.drop_column("outbox", "redraw")


def _pictures() -> sa.TableClause:
    columns = (sa.column(name, sa.Text()) for name in ("file_id", "photo_id", "document_id"))
    return sa.table("pictures", *columns)
