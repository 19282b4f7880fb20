"""What students keep: pieces of work from draft to implemented to archived."""
