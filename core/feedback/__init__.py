"""Whether an answer helped, as the person who asked for it says."""
