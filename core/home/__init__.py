"""The home page: where someone stands, in one look."""
