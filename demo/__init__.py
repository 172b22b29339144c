"""`selter demo`: the whole main job on invented people and places, through the HTTP API, in virtual time."""
