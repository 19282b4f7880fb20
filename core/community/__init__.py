"""The community: what coaches announce to everybody, and what the members tell each other."""
