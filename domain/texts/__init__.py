"""What people read when something is refused, by subject, in Indonesian and English."""
