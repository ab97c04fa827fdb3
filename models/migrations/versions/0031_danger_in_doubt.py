"""the few cases whose danger somebody must look at, found without looking through all that are open

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_petitions_doubted",
        "petitions",
        ["doubted", "status"],
        sqlite_where=sa.text("doubted IS 1"),
        postgresql_where=sa.text("doubted IS true"),
    )


def downgrade() -> None:
    op.drop_index("ix_petitions_doubted", table_name="petitions")
