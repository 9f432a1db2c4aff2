"""Everything that is kept: the only room that knows SQL. SQLite and PostgreSQL, the same code for both."""
