"""outcomes that everybody may read

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown_outcomes",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("shown_by", sa.Integer(), nullable=True),
        sa.Column("shown_at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petitions.id"], name=op.f("fk_shown_outcomes_petition_id_petitions")
        ),
        sa.ForeignKeyConstraint(["shown_by"], ["officers.id"], name=op.f("fk_shown_outcomes_shown_by_officers")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_shown_outcomes")),
    )
    with op.batch_alter_table("shown_outcomes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shown_outcomes_shown_at"), ["shown_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shown_outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shown_outcomes_shown_at"))
    op.drop_table("shown_outcomes")
