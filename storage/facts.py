"""Small facts that outlive a restart, such as the hash of the commands registered with Telegram."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.inserts import insert_into
from storage.tables import facts


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts within one transaction."""

    connection: Connection

    def get(self, name: str) -> str | None:
        """Return a fact, None when it isn't known."""
        return self.connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none()

    def put(self, name: str, value: str) -> None:
        """Keep a fact in place of what it was."""
        statement = insert_into(self.connection, facts).values(name=name, value=value)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=[facts.c.name], set_={"value": value})
        )
