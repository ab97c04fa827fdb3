"""names put right, and what a person had to correct

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.String(length=64), nullable=True))
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("marks_box", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("edits", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("length", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_column("length")
        batch_op.drop_column("edits")
        batch_op.drop_column("marks_box")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_column("line")
