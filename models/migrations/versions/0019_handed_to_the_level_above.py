"""reports handed to the level above, of which a line is left

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed_up",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("to", sa.String(length=16), nullable=False),
        sa.Column("marked_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=True),
        sa.Column("due_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("handed_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("received_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["marked_by"], ["officers.id"], name=op.f("fk_handed_up_marked_by_officers")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_handed_up_petition_id_petitions")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_handed_up")),
        sa.UniqueConstraint("receipt", name=op.f("uq_handed_up_receipt")),
    )


def downgrade() -> None:
    op.drop_table("handed_up")
