"""a technician's second step at the sign-in

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authenticators",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("seed_box", sa.LargeBinary(), nullable=False),
        sa.Column("since", models.base.Instant(timezone=True), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_authenticators_key_id_data_keys")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_authenticators_officer_id_officers")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_authenticators")),
    )


def downgrade() -> None:
    op.drop_table("authenticators")
