"""What ours is measured against: the least that a signed webhook which loses nothing can be.

One Flask view verifies the signature and commits one row through SQLAlchemy; the engine is made by the same function
as ours, so journal, synchronous commit and locking are the same.
"""

from datetime import UTC, datetime

from flask import Flask, Response, abort, request
from sqlalchemy import Engine, String
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from twilio.request_validator import RequestValidator

ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response><Say language="zh-CN">您好。</Say><Hangup/></Response>'


class Base(DeclarativeBase):
    pass


class PlainCall(Base):
    __tablename__ = "plain_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(String(64), unique=True)
    caller: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[datetime]


def plain_app(engine: Engine, *, public_url: str, token: str) -> Flask:
    app = Flask("plain")
    validator = RequestValidator(token)

    @app.post("/twilio/voice")
    def ring() -> Response:
        form = request.form
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(f"{public_url}{request.path}", form.to_dict(), signature):
            abort(403)
        with Session(engine) as session, session.begin():
            session.add(PlainCall(sid=form["CallSid"], caller=form["From"], started_at=datetime.now(UTC)))
        return Response(ANSWER, mimetype="text/xml")

    return app
