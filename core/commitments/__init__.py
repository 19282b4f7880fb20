"""What students say that they will do, and what they want to be reminded of."""
