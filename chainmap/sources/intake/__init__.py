"""Company lists as people have them become checked rows: nothing lost, nothing personal kept."""
