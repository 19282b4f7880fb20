"""What students let their coaches see, and who looked at what."""
