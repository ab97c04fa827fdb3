"""the list of cases in the order of an index, however many there are

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LISTED = "ix_petitions_listed"


def upgrade() -> None:
    op.create_index(LISTED, "petitions", [sa.text("closed_at DESC"), "finish_due_at", "id"])


def downgrade() -> None:
    op.drop_index(LISTED, "petitions")
