"""what each case is about, as marks that can be looked up but not read

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_signatures_petition_id_petitions")),
        sa.PrimaryKeyConstraint("petition_id", "mark", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_mark"), "signatures", ["mark"])


def downgrade() -> None:
    op.drop_table("signatures")
