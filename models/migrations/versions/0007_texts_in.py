"""texts of one telephone in their order, what it was asked, whether it wants any; pictures

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correspondents",
        sa.Column("number_hash", sa.String(length=32), nullable=False),
        sa.Column("since", models.base.Instant(timezone=True), nullable=False),
        sa.Column("stopped_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.String(length=8), nullable=True),
        sa.PrimaryKeyConstraint("number_hash", name=op.f("pk_correspondents")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("ask", sa.String(length=8), nullable=False),
        sa.Column("asked_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_questions_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("petition_id", "ask", name=op.f("uq_questions_petition_id_ask")),
    )
    op.create_table(
        "pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("sid", sa.String(length=72), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("url_box", sa.LargeBinary(), nullable=False),
        sa.Column("heard_of_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("failure", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_pictures_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_pictures_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("provider", "sid", name=op.f("uq_pictures_provider_sid")),
    )
    op.create_index(op.f("ix_pictures_petition_id"), "pictures", ["petition_id"])
    with op.batch_alter_table("inbound_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("same_hash", sa.String(length=32), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_inbound_texts_same_hash"), ["same_hash"])


def downgrade() -> None:
    with op.batch_alter_table("inbound_texts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_inbound_texts_same_hash"), type_="unique")
        batch_op.drop_column("same_hash")
    op.drop_index(op.f("ix_pictures_petition_id"), "pictures")
    op.drop_table("pictures")
    op.drop_table("questions")
    op.drop_table("correspondents")
