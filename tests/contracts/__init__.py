"""One suite over everything that has more than one implementation."""
