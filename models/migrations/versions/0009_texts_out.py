"""texts out: what was sent under which template, when to ask after it, what follows where it failed

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_A_TEXT = ("climbed_at", "look_at", "after_id", "attempt", "segments", "template")


def upgrade() -> None:
    op.create_table(
        "wordings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_wordings_officer_id_officers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
    )
    op.create_index(op.f("ix_wordings_purpose"), "wordings", ["purpose"])
    op.create_table(
        "other_numbers",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("number_box", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_other_numbers_officer_id_officers")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_other_numbers_petition_id_petitions")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_other_numbers")),
    )
    with op.batch_alter_table("correspondents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quieted_at", models.base.Instant(timezone=True), nullable=True))
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("template", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("segments", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("after_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("look_at", models.base.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("climbed_at", models.base.Instant(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_messages_after_id_messages"), "messages", ["after_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_messages_claimed_at"), ["claimed_at"])
        batch_op.create_index(batch_op.f("ix_messages_look_at"), ["look_at"])
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.alter_column("attempt", server_default=None)
    op.execute("UPDATE messages SET look_at = claimed_at WHERE state = 'sent'")


def downgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_look_at"))
        batch_op.drop_index(batch_op.f("ix_messages_claimed_at"))
        batch_op.drop_constraint(batch_op.f("fk_messages_after_id_messages"), type_="foreignkey")
        for column in OF_A_TEXT:
            batch_op.drop_column(column)
    with op.batch_alter_table("correspondents", schema=None) as batch_op:
        batch_op.drop_column("quieted_at")
    op.drop_table("other_numbers")
    op.drop_index(op.f("ix_wordings_purpose"), "wordings")
    op.drop_table("wordings")
