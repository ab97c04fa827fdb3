"""what was heard and said in a call while it went on

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FLAGS = ("joined", "behalf")


def upgrade() -> None:
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard_box", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("place_id", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("earlier_id", sa.Integer(), nullable=True))
        for flag in FLAGS:
            batch_op.add_column(sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("present", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("danger_at", models.base.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("taken_at", models.base.Instant(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_calls_place_id_units"), "units", ["place_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_calls_earlier_id_petitions"), "petitions", ["earlier_id"], ["id"])
    with op.batch_alter_table("calls", schema=None) as batch_op:
        for flag in FLAGS:
            batch_op.alter_column(flag, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_calls_earlier_id_petitions"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_calls_place_id_units"), type_="foreignkey")
        for column in ("taken_at", "danger_at", "present", *FLAGS, "earlier_id", "place_id", "heard_box"):
            batch_op.drop_column(column)
