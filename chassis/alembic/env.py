"""Alembic's environment for all services: the connection is handed over by ``chassis.migrate``."""

from alembic import context

connection = context.config.attributes["connection"]
schema = context.config.attributes["schema"]
context.configure(connection=connection, version_table="alembic_version", version_table_schema=schema)
with context.begin_transaction():
    context.run_migrations()
