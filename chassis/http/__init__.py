"""The HTTP edge of every service: routes, their strict reading, problems, pages, the event feed, the app factory.

A route is declared once (``Routes``) and gives both its behaviour and its OpenAPI description. A request goes
``edge`` (which operation) -> ``operation`` (caller, key, body, handler, dispatch) -> bytes, past the framework's
dependency solving, because that costs more than deciding and storing do.
"""

from chassis.http.app import create_app
from chassis.http.call import Call, Running, Thing, Upload
from chassis.http.classes import field_class
from chassis.http.deprecation import Deprecated
from chassis.http.routes import Routes
from chassis.http.shapes import Body, Done, Page
from chassis.http.values import PLAIN, Day, Id, Instant

__all__ = [
    "PLAIN",
    "Body",
    "Call",
    "Day",
    "Deprecated",
    "Done",
    "Id",
    "Instant",
    "Page",
    "Routes",
    "Running",
    "Thing",
    "Upload",
    "create_app",
    "field_class",
]
