"""What is kept of a person: shown, handed out, and erased."""
