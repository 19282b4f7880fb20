"""Help, drawn from the catalog."""
