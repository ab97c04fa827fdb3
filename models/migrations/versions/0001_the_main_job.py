"""the main job

Revision: 0001, after None
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "county_papers",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_county_papers")),
    )
    op.create_table(
        "data_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_keys")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=16), nullable=False),
        sa.Column("queue", sa.String(length=8), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("written_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("not_before", models.base.Instant(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("settled_at", models.base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_not_before"), ["not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_settled_at"), ["settled_at"], unique=False)

    op.create_table(
        "units",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("password_hash", sa.String(length=128), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_officers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("login", name=op.f("uq_officers_login")),
    )
    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=7), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("caller_hash", sa.String(length=32), nullable=True),
        sa.Column("caller_box", sa.LargeBinary(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.Column("voice_only", sa.String(length=32), nullable=True),
        sa.Column("village_id", sa.String(length=16), nullable=True),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("urgency", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("route_box", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("deadline_class", sa.String(length=16), nullable=False),
        sa.Column("accept_soon_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("accept_due_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("finish_soon_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("finish_due_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("arithmetic", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("category_confirmed", sa.Boolean(), nullable=False),
        sa.Column("look_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("accepted_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("reply_box", sa.LargeBinary(), nullable=True),
        sa.Column("replied_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("told_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("closed_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_petitions_key_id_data_keys")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_petitions_unit_id_units")),
        sa.ForeignKeyConstraint(["village_id"], ["units.id"], name=op.f("fk_petitions_village_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petitions")),
        sa.UniqueConstraint("number", name=op.f("uq_petitions_number")),
    )
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petitions_caller_hash"), ["caller_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_look_at"), ["look_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_petitions_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "phones",
        sa.Column("number_hash", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("number_box", sa.LargeBinary(), nullable=False),
        sa.Column("village_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_phones_key_id_data_keys")),
        sa.ForeignKeyConstraint(["village_id"], ["units.id"], name=op.f("fk_phones_village_id_units")),
        sa.PrimaryKeyConstraint("number_hash", name=op.f("pk_phones")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=16), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_alerts_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("petition_id", "rung", name=op.f("uq_alerts_petition_id_rung")),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("caller_hash", sa.String(length=32), nullable=False),
        sa.Column("caller_box", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("report", sa.Boolean(), nullable=False),
        sa.Column("wants_person", sa.Boolean(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_calls_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_calls_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("provider", "sid", name=op.f("uq_calls_provider_sid")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calls_caller_hash"), ["caller_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_calls_ended_at"), ["ended_at"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_history_officer_id_officers")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_history_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "inbound_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sender_hash", sa.String(length=32), nullable=False),
        sa.Column("text_box", sa.LargeBinary(), nullable=False),
        sa.Column("came_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_inbound_texts_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_inbound_texts_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_texts")),
        sa.UniqueConstraint("provider", "sid", name=op.f("uq_inbound_texts_provider_sid")),
    )
    with op.batch_alter_table("inbound_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_texts_sender_hash"), ["sender_hash"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("dedupe", sa.String(length=64), nullable=False),
        sa.Column("to_hash", sa.String(length=32), nullable=False),
        sa.Column("to_box", sa.LargeBinary(), nullable=False),
        sa.Column("slots_box", sa.LargeBinary(), nullable=False),
        sa.Column("text_box", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("claimed_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.Column("settled_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_messages_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_messages_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_messages_dedupe")),
        sa.UniqueConstraint("sid", name=op.f("uq_messages_sid")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_to_hash"), ["to_hash"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("since", models.base.Instant(timezone=True), nullable=False),
        sa.Column("until", models.base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_sign_ins_officer_id_officers")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "recordings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=16), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("url_box", sa.LargeBinary(), nullable=False),
        sa.Column("said_seconds", sa.Integer(), nullable=False),
        sa.Column("heard_of_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("failure", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_recordings_call_id_calls")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_recordings_key_id_data_keys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
        sa.UniqueConstraint("provider", "sid", name=op.f("uq_recordings_provider_sid")),
    )
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recordings_call_id"), ["call_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("said_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("heard_box", sa.LargeBinary(), nullable=True),
        sa.Column("text_box", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_box", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("sound", sa.String(length=64), nullable=True),
        sa.Column("model", sa.String(length=64), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_statements_call_id_calls")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_statements_key_id_data_keys")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_statements_petition_id_petitions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("call_id", name=op.f("uq_statements_call_id")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedupe", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("petition_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.String(length=16), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("written_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("due_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("done_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_tasks_call_id_calls")),
        sa.ForeignKeyConstraint(["done_by"], ["officers.id"], name=op.f("fk_tasks_done_by_officers")),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_tasks_petition_id_petitions")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_tasks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_tasks_dedupe")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tasks_done_at"), ["done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tasks_unit_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_petition_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_done_at"))

    op.drop_table("tasks")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_petition_id"))

    op.drop_table("statements")
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recordings_call_id"))

    op.drop_table("recordings")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_officer_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_to_hash"))
        batch_op.drop_index(batch_op.f("ix_messages_state"))
        batch_op.drop_index(batch_op.f("ix_messages_petition_id"))

    op.drop_table("messages")
    with op.batch_alter_table("inbound_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbound_texts_sender_hash"))

    op.drop_table("inbound_texts")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_petition_id"))

    op.drop_table("history")
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calls_ended_at"))
        batch_op.drop_index(batch_op.f("ix_calls_caller_hash"))

    op.drop_table("calls")
    op.drop_table("alerts")
    op.drop_table("phones")
    with op.batch_alter_table("petitions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petitions_unit_id"))
        batch_op.drop_index(batch_op.f("ix_petitions_look_at"))
        batch_op.drop_index(batch_op.f("ix_petitions_caller_hash"))

    op.drop_table("petitions")
    op.drop_table("officers")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))

    op.drop_table("units")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_settled_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_not_before"))

    op.drop_table("outbox")
    op.drop_table("heartbeats")
    op.drop_table("data_keys")
    op.drop_table("county_papers")
