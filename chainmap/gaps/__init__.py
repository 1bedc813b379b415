"""What a city has, what it lacks, and how much that matters."""
