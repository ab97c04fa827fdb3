"""what whoever handles a case found where it is about

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("note_box", sa.LargeBinary(), nullable=True),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["officers.id"], name=op.f("fk_visits_by_officers")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_visits_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_visits_petition_id_petitions")),
        sa.ForeignKeyConstraint(["picture_id"], ["pictures.id"], name=op.f("fk_visits_picture_id_pictures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    op.create_index(op.f("ix_visits_petition_id"), "visits", ["petition_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_visits_petition_id"), "visits")
    op.drop_table("visits")
