"""What people were shown and may want again: to share it with others, to open it later, and to press it."""
