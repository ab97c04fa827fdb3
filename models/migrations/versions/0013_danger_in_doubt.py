"""words of danger in doubt, marked until a person has looked

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.alter_column("doubted", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.drop_column("doubted")
