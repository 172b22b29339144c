"""The ports' implementations: what workflows ask of the world."""
