"""Where things are kept: the catalog (SQLite) and the vector index (USearch)."""
