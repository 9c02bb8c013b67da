"""Image Seeker: find pictures on your own computer by what they show."""

PROJECT = "image-seeker/image-seeker"
"""Owner and name of the project on GitHub: the one place in the program; the pages agree."""

REPORTS = f"https://github.com/{PROJECT}/issues"
"""Where reports of what went wrong are read; the program shows it and never asks it."""


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: decoder processes start without it."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("image-seeker")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
