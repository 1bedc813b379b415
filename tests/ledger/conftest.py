from tests.ledgers import address, ledger, postgres_server

__all__ = ["address", "ledger", "postgres_server"]
