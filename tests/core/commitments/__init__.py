"""What people say they will do."""
