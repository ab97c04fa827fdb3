"""The officers' pages."""

from flask import Flask

from gateway.desk import Desk


def install(app: Flask, desk: Desk) -> None:
    """Set up everything pages need on the application."""
