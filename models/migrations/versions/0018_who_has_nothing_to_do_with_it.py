"""inspectors who have nothing to do with a report

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recusals",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_recusals_officer_id_officers")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_recusals_petition_id_petitions")),
        sa.PrimaryKeyConstraint("petition_id", "officer_id", name=op.f("pk_recusals")),
    )


def downgrade() -> None:
    op.drop_table("recusals")
