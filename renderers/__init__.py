"""Pictures, documents and message texts: what owners get to see and read."""
