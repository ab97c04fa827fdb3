"""the list of one unit, and of one status, each in the order of an index

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IN_ORDER = (sa.text("closed_at DESC"), "finish_due_at", "id")
BY_UNIT = "ix_petitions_unit_id"


def upgrade() -> None:
    for index, first in (("ix_petitions_of_unit", "unit_id"), ("ix_petitions_in_status", "status")):
        op.create_index(index, "petitions", [first, *IN_ORDER])
    op.drop_index(BY_UNIT, "petitions")


def downgrade() -> None:
    op.create_index(BY_UNIT, "petitions", ["unit_id"])
    for index in ("ix_petitions_in_status", "ix_petitions_of_unit"):
        op.drop_index(index, "petitions")
