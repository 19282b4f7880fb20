"""A stand-in for Discord on loopback: REST and gateway as the real client meets them, and it refuses what Discord refuses."""
