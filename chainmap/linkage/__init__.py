"""Who is it, where in the chain, in which role."""
