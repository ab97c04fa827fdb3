"""digits for recording prompts by telephone, and what became of each prompt

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_pins",
        sa.Column("officer_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=128), nullable=False),
        sa.Column("since", models.base.Instant(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", models.base.Instant(timezone=True), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_voice_pins_call_id_calls")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_voice_pins_officer_id_officers")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_voice_pins")),
    )
    op.create_table(
        "prompt_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_prompt_changes_officer_id_officers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_changes")),
    )


def downgrade() -> None:
    op.drop_table("prompt_changes")
    op.drop_table("voice_pins")
