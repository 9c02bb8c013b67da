"""Image Seeker: find pictures on your own computer by what they show."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("image-seeker")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
