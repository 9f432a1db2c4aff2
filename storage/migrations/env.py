"""What Alembic runs: the migrations, on the connection and in the transaction of ``storage.migration``."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column by building the table anew
)
context.run_migrations()
