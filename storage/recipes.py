"""Recipes: which pictures came of what decides them, so that the same map isn't drawn twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, or_, select, update

from storage.inserts import insert_into
from storage.tables import pictures, recipe_chats, recipes


@dataclass(frozen=True, slots=True)
class Recipes:
    """The recipes within one transaction."""

    connection: Connection

    def remember(self, recipe: str, digests: Sequence[str], chat_id: int) -> None:
        """Note which pictures a recipe gives, in their order, and whose map it was made of."""
        self.connection.execute(delete(recipes).where(recipes.c.recipe == recipe))
        rows = [{"recipe": recipe, "place": place, "digest": digest} for place, digest in enumerate(digests)]
        if rows:
            self.connection.execute(insert(recipes), rows)
            self._note_chat(recipe, chat_id)

    def reuse(self, recipe: str, chat_id: int, now: datetime) -> tuple[str, ...]:
        """Return the digests of a recipe's pictures in order and note that they are in use, and by whom.

        None of them when the recipe is new or one of its pictures is neither at Telegram nor here.
        """
        wanted = select(recipes.c.digest).where(recipes.c.recipe == recipe).order_by(recipes.c.place)
        digests = tuple(self.connection.execute(wanted).scalars())
        at_hand = or_(
            pictures.c.photo_id.is_not(None),
            pictures.c.document_id.is_not(None),
            pictures.c.content.is_not(None),
        )
        found = select(pictures.c.digest).where(pictures.c.digest.in_(digests), at_hand)
        if not digests or set(self.connection.execute(found).scalars()) != set(digests):
            return ()
        self._note_chat(recipe, chat_id)
        self.connection.execute(update(pictures).where(pictures.c.digest.in_(digests)).values(kept=now))
        return digests

    def forget(self, digests: Sequence[str]) -> None:
        """Forget the recipes that any of these pictures belongs to."""
        self._forget(select(recipes.c.recipe).where(recipes.c.digest.in_(digests)))

    def forget_incomplete(self) -> None:
        """Forget the recipes one of whose pictures is gone."""
        self._forget(select(recipes.c.recipe).where(recipes.c.digest.not_in(select(pictures.c.digest))))

    def forget_chat(self, chat_id: int) -> None:
        """Forget the recipes made of nobody else's map: a recipe is a hash of what an owner said."""
        theirs = select(recipe_chats.c.recipe).where(recipe_chats.c.chat_id == chat_id)
        others = select(recipe_chats.c.recipe).where(recipe_chats.c.chat_id != chat_id)
        self._forget(theirs.where(recipe_chats.c.recipe.not_in(others)))

    def _note_chat(self, recipe: str, chat_id: int) -> None:
        statement = insert_into(self.connection, recipe_chats).values(recipe=recipe, chat_id=chat_id)
        self.connection.execute(statement.on_conflict_do_nothing())

    def _forget(self, named: Select[tuple[str]]) -> None:
        self.connection.execute(delete(recipes).where(recipes.c.recipe.in_(named)))
        gone = recipe_chats.c.recipe.not_in(select(recipes.c.recipe))
        self.connection.execute(delete(recipe_chats).where(gone))
