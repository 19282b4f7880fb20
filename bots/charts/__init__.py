"""Charts as pictures, for surfaces that cannot draw one of their own: drawn by another process, so that nobody waits."""
