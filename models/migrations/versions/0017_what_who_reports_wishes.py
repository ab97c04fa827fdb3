"""what who reports wishes, under the key of her case

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wishes",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("wish_box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_wishes_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_wishes_petition_id_petitions")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_wishes")),
    )


def downgrade() -> None:
    op.drop_table("wishes")
