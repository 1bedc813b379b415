"""Outside values become checked tables here."""
