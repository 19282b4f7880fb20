"""What Elevate knows and decides; it imports no platform, no driver and no web framework."""
