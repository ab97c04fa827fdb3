"""what is asked at every call and text is found by an index, however many came before

Revision: 0016, after 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ASKED = (
    ("ix_calls_petition_id", "calls", ["petition_id"]),
    ("ix_calls_out_id", "calls", ["out_id"]),
    ("ix_tasks_call_id", "tasks", ["call_id"]),
    ("ix_inbound_texts_petition_id", "inbound_texts", ["petition_id"]),
    ("ix_history_at", "history", ["at"]),
    ("ix_messages_to", "messages", ["to_hash", "written_at"]),
)
BY_NUMBER = "ix_messages_to_hash"


def upgrade() -> None:
    for index, table, columns in ASKED:
        op.create_index(index, table, columns)
    op.drop_index(BY_NUMBER, "messages")


def downgrade() -> None:
    op.create_index(BY_NUMBER, "messages", ["to_hash"])
    for index, table, _ in reversed(ASKED):
        op.drop_index(index, table)
