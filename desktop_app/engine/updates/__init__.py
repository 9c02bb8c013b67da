"""Asks on request whether there is a newer version; downloads and installs nothing."""

from desktop_app.engine.updates.check import UpdateCheck
from desktop_app.engine.updates.release import Release, ReleaseSource

__all__ = ["Release", "ReleaseSource", "UpdateCheck"]
