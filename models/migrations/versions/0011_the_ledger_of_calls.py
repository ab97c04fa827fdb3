"""calls found by their day; the language and the pace of the prompts on a telephone

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_calls_started_at"), "calls", ["started_at"], unique=False)
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("slowly", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.drop_column("slowly")
        batch_op.drop_column("language")
    op.drop_index(op.f("ix_calls_started_at"), table_name="calls")
