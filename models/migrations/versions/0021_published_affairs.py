"""published affairs, who heard them, and which line a case asks about

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.String(length=16), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", models.base.Instant(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", models.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["drafted_by"], ["officers.id"], name=op.f("fk_publications_drafted_by_officers")),
        sa.ForeignKeyConstraint(["signed_by"], ["officers.id"], name=op.f("fk_publications_signed_by_officers")),
        sa.ForeignKeyConstraint(["village_id"], ["units.id"], name=op.f("fk_publications_village_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint(
            "village_id", "quarter", "version", name=op.f("uq_publications_village_id_quarter_version")
        ),
    )
    op.create_index(op.f("ix_publications_quarter"), "publications", ["quarter"])
    op.create_index(op.f("ix_publications_signed_at"), "publications", ["signed_at"])
    op.create_table(
        "publication_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=True),
        sa.Column("fen", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_publication_lines_publication_id_publications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_lines")),
    )
    op.create_index(op.f("ix_publication_lines_publication_id"), "publication_lines", ["publication_id"])
    _hearings()


def _hearings() -> None:
    refers = {
        "publication_id": "publications",
        "line_id": "publication_lines",
        "call_id": "calls",
        "text_id": "inbound_texts",
        "petition_id": "petitions",
    }

    def to(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
        return [
            sa.ForeignKeyConstraint(
                [column], [f"{refers[column]}.id"], name=op.f(f"fk_{table}_{column}_{refers[column]}")
            )
            for column in columns
        ]

    op.create_table(
        "publication_hearings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("at", models.base.Instant(timezone=True), nullable=False),
        *to("publication_hearings", "publication_id", "line_id", "call_id", "text_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_hearings")),
    )
    for column in ("publication_id", "call_id"):
        op.create_index(op.f(f"ix_publication_hearings_{column}"), "publication_hearings", [column])
    op.create_table(
        "lines_asked",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("line_id", sa.Integer(), nullable=True),
        *to("lines_asked", "petition_id", "publication_id", "line_id"),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_lines_asked")),
    )


def downgrade() -> None:
    for table in ("lines_asked", "publication_hearings", "publication_lines", "publications"):
        op.drop_table(table)
