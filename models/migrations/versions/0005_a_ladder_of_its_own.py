"""the county's own ladder: whoever was told and whether he answered; the day's anchor of all histories

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LOOKED_AT = "UPDATE petitions SET look_at = received_at WHERE look_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "anchors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchors")),
        sa.UniqueConstraint("day", name=op.f("uq_anchors_day")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("colour", sa.String(length=8), nullable=False, server_default="yellow"))
        batch_op.drop_constraint(batch_op.f("uq_alerts_petition_id_rung"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_alerts_petition_id_rung_round"), ["petition_id", "rung", "round"]
        )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.alter_column("round", server_default=None)
        batch_op.alter_column("colour", server_default=None)
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("head", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.alter_column("head", server_default=None)
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turns_kept", sa.JSON(), nullable=True))
    op.execute(LOOKED_AT)  # the next tick reckons the rungs of every open case
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("number_hash", sa.String(length=32), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("next_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("told_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_notices_alert_id_alerts")),
        sa.ForeignKeyConstraint(["answered_by"], ["officers.id"], name=op.f("fk_notices_answered_by_officers")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_notices_message_id_messages")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_notices_officer_id_officers")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_notices_petition_id_petitions")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_notices_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("alert_id", "number_hash", name=op.f("uq_notices_alert_id_number_hash")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        for column in ("next_at", "number_hash", "officer_id", "petition_id", "unit_id"):
            batch_op.create_index(batch_op.f(f"ix_notices_{column}"), [column], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("notices", schema=None) as batch_op:
        for column in ("next_at", "number_hash", "officer_id", "petition_id", "unit_id"):
            batch_op.drop_index(batch_op.f(f"ix_notices_{column}"))
    op.drop_table("notices")
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.drop_column("turns_kept")
    with op.batch_alter_table("officers", schema=None) as batch_op:
        batch_op.drop_column("head")
    op.execute("DELETE FROM alerts WHERE round > 0")  # without rounds each rung is climbed once
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_alerts_petition_id_rung_round"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_alerts_petition_id_rung"), ["petition_id", "rung"])
        batch_op.drop_column("colour")
        batch_op.drop_column("round")
    op.drop_table("anchors")
