"""What the course says: each prompt rendered once for the example shop, and how its words read."""
