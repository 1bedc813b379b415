"""Policy text becomes cited boxes, items, terms, goals, positions and mechanisms."""
