"""Rule functions by subject, where no other module of the domain is their home."""
