"""Serves the contract in `api/` over HTTP."""
