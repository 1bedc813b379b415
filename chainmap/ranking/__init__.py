"""Who could fill a gap, in which order, and why."""
