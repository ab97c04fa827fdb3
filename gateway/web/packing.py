"""Style sheets and scripts go packed to whoever takes them packed, for a county's line is slow. Pages never do: what is
packed together with a secret gives its letters away by its length (BREACH).
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

STATIC = frozenset({"static", "bootstrap.static"})
WORTH_IT = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})


def install(app: Flask) -> None:
    app.after_request(_packed)


def _packed(response: Response) -> Response:
    if request.endpoint not in STATIC or response.mimetype not in WORTH_IT:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings.quality("gzip"):
        response.direct_passthrough = False
        tag, _ = response.get_etag()
        response.set_data(_gzip(response.get_data()))
        response.content_encoding = "gzip"
        response.set_etag(tag or "", weak=True)
    return response


@lru_cache(maxsize=32)
def _gzip(body: bytes) -> bytes:
    """The handful of files there are, each packed once."""
    return gzip.compress(body, mtime=0)
