"""How Elevate keeps its record: one document port, on Motor or on SQLite, and a store for each feature."""
