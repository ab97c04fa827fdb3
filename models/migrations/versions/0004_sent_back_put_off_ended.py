"""cases that are sent back, put off, refused, withdrawn or merged

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COUNTS = ("bounces", "urged", "extended")
MOMENTS = ("assigned_at", "triage_due_at", "paused_at")


def upgrade() -> None:

    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(length=16), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("proposed_id", sa.String(length=16), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("arbitrate_by", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_bounces_petition_id_petitions")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_bounces_unit_id_units")),
        sa.ForeignKeyConstraint(["proposed_id"], ["units.id"], name=op.f("fk_bounces_proposed_id_units")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_bounces_officer_id_officers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounces")),
    )
    op.create_index(op.f("ix_bounces_petition_id"), "bounces", ["petition_id"])
    op.create_index(op.f("ix_bounces_unit_id"), "bounces", ["unit_id"])

    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("reason_box", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_extensions_petition_id_petitions")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_extensions_key_id_data_keys")),
        sa.ForeignKeyConstraint(["asked_by"], ["officers.id"], name=op.f("fk_extensions_asked_by_officers")),
        sa.ForeignKeyConstraint(["decided_by"], ["officers.id"], name=op.f("fk_extensions_decided_by_officers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_petition_id"), "extensions", ["petition_id"])

    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", models.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("decided_at", models.base.Instant(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("same", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name=op.f("fk_links_petition_id_petitions")),
        sa.ForeignKeyConstraint(["other_id"], ["petitions.id"], name=op.f("fk_links_other_id_petitions")),
        sa.ForeignKeyConstraint(["decided_by"], ["officers.id"], name=op.f("fk_links_decided_by_officers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("petition_id", "other_id", name=op.f("uq_links_petition_id_other_id")),
    )
    op.create_index(op.f("ix_links_other_id"), "links", ["other_id"])

    with op.batch_alter_table("petitions") as petitions:
        for count in COUNTS:
            petitions.add_column(sa.Column(count, sa.Integer(), nullable=False, server_default="0"))
            petitions.alter_column(count, server_default=None)
        for moment in MOMENTS:
            petitions.add_column(sa.Column(moment, models.base.Instant(timezone=True), nullable=True))
        petitions.add_column(sa.Column("cleared_box", sa.LargeBinary(), nullable=True))
        petitions.add_column(sa.Column("refusal", sa.String(length=16), nullable=True))
        petitions.add_column(sa.Column("into_id", sa.Integer(), nullable=True))
        petitions.create_foreign_key(op.f("fk_petitions_into_id_petitions"), "petitions", ["into_id"], ["id"])
        petitions.create_index(op.f("ix_petitions_into_id"), ["into_id"])
        petitions.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        petitions.create_foreign_key(op.f("fk_petitions_group_id_groups"), "groups", ["group_id"], ["id"])
        petitions.create_index(op.f("ix_petitions_group_id"), ["group_id"])

    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_column("note")
        tasks.add_column(sa.Column("note_box", sa.LargeBinary(), nullable=True))
        tasks.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        tasks.alter_column("tries", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_column("tries")
        tasks.drop_column("note_box")
        tasks.add_column(sa.Column("note", sa.String(length=200), nullable=True))
    with op.batch_alter_table("petitions") as petitions:
        petitions.drop_index(op.f("ix_petitions_group_id"))
        petitions.drop_constraint(op.f("fk_petitions_group_id_groups"), type_="foreignkey")
        petitions.drop_index(op.f("ix_petitions_into_id"))
        petitions.drop_constraint(op.f("fk_petitions_into_id_petitions"), type_="foreignkey")
        for column in ("group_id", "into_id", "refusal", "cleared_box", *MOMENTS, *COUNTS):
            petitions.drop_column(column)
    op.drop_table("links")
    op.drop_table("groups")
    op.drop_table("extensions")
    op.drop_table("bounces")
