"""The least telephone company that a worker can work for: it hands out recordings, and has nothing else to tell."""

from collections.abc import Iterable

from flask import Flask, Response

from tests.bench.recordings import Recording

ACCOUNT = "/2010-04-01/Accounts/<account>"


def carrier(recordings: Iterable[Recording]) -> Flask:
    app = Flask("carrier")
    sounds = {one.name: one.wav for one in recordings}

    @app.get(f"{ACCOUNT}/Recordings/<name>.wav")
    def sound(account: str, name: str) -> Response:
        return Response(sounds[name], mimetype="audio/x-wav")

    @app.get(f"{ACCOUNT}/<nouns>.json")
    def nothing(account: str, nouns: str) -> dict[str, list[object]]:
        return {nouns.lower(): []}

    @app.get("/healthz")
    def alive() -> str:
        return "alive"

    return app
