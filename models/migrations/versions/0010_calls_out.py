"""calls of ours to somebody, and the hours in which a telephone may be called

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

REFERS_TO = {"key_id": "data_keys", "petition_id": "petitions", "message_id": "messages"}


def upgrade() -> None:
    op.create_table(
        "calls_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedupe", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=name != "key_id") for name in REFERS_TO),
        sa.Column("to_hash", sa.String(length=32), nullable=True),
        sa.Column("to_box", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("claimed_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("ended_as", sa.String(length=16), nullable=True),
        sa.Column("heard_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("settled_at", models.base.Instant(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_calls_out_{name}_{table}"))
            for name, table in REFERS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls_out")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_calls_out_dedupe")),
        sa.UniqueConstraint("sid", name=op.f("uq_calls_out_sid")),
    )
    for name in ("petition_id", "to_hash"):
        op.create_index(op.f(f"ix_calls_out_{name}"), "calls_out", [name], unique=False)
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.add_column(sa.Column("out_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_calls_out_id_calls_out"), "calls_out", ["out_id"], ["id"])
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hours", sa.String(length=11), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("phones", schema=None) as batch_op:
        batch_op.drop_column("hours")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_calls_out_id_calls_out"), type_="foreignkey")
        batch_op.drop_column("out_id")
    op.drop_table("calls_out")
