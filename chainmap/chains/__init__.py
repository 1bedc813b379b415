"""Reads `taxonomy/` and turns it into industry-chain graphs (产业链图)."""
