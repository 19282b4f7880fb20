"""The pictures of the README: a student and a coach use the program, and each surface's own renderer draws what they see."""
