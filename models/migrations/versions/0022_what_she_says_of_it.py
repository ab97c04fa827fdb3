"""two ratings of every answer

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.Column("manner", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("began_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("final_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_ratings_call_id_calls")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_ratings_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("petition_id", "round", name=op.f("uq_ratings_petition_id_round")),
    )
    op.create_index(op.f("ix_ratings_call_id"), "ratings", ["call_id"])


def downgrade() -> None:
    op.drop_table("ratings")
