"""One module per change of the tables, never changed once released."""
