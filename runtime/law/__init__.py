"""The law on its own: `selter lint`, `rank`, `achievement` and `rules`, without server or database."""
