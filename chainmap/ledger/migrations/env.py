"""How alembic runs our migrations: inside the transaction it is given, never on its own."""

from alembic import context

from chainmap.ledger.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
