"""inspectors' keys, and the copies of case keys that only they open

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspector_keys",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("enrolled_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_inspector_keys_officer_id_officers")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_inspector_keys")),
    )
    op.create_table(
        "sealed_keys",
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_sealed_keys_key_id_data_keys")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_sealed_keys_officer_id_officers")),
        sa.PrimaryKeyConstraint("key_id", "officer_id", name=op.f("pk_sealed_keys")),
    )
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_at", models.base.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.drop_column("sealed_at")
    op.drop_table("sealed_keys")
    op.drop_table("inspector_keys")
