"""The nouns of the field, frozen. Nothing here computes."""
