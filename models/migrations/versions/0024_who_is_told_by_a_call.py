"""telephones whose answers are told by a call

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_call", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.alter_column("by_call", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.drop_column("by_call")
