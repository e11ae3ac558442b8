"""A client of `dateline serve`: every route a method, every document a type.

    from dateline_client import Client

    for hit in Client().search("country:iran number:[100 TO 500]")["hits"]:
        print(hit["title"], hit["snippets"][0]["text"])

`api.py` is made of the server's own documentation (`cargo xtask client`); `_transport.py` speaks HTTP.
"""

from ._transport import DatelineError
from .api import *  # noqa: F401,F403
from .api import __all__ as _all

__all__ = ["DatelineError", *_all]
