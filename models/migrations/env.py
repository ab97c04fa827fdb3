"""Alembic's entry: runs the numbered migrations on the database that `models.schema` names."""

from alembic import context

from models.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
