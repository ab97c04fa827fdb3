"""a month of cases is found by its dates, however many years lie around it

Revision: 0023, after 0022
"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

DATES = ("received_at", "replied_at", "accept_due_at", "finish_due_at")


def upgrade() -> None:
    for date in DATES:
        op.create_index(f"ix_petitions_{date}", "petitions", [date])


def downgrade() -> None:
    for date in DATES:
        op.drop_index(f"ix_petitions_{date}", "petitions")
