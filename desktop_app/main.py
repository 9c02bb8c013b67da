"""Where everything is put together: from arguments to a window or a command.

Only what every start needs is imported at the top: the window is to open before the engine,
and a command is to run where Qt cannot.
"""

import argparse
import contextlib
import io
import logging
import multiprocessing
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.engine.diagnostics import crash_files, faults, traces
from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.paths import DataPaths, builtin_model_folder

if TYPE_CHECKING:
    from desktop_app.engine.library import Library
    from desktop_app.engine.protocols import Models

PROGRAM = "image-seeker"
FAULT = 3
"""Exit code where it is the program that is wrong, and nothing the user can mend."""
COMMANDS = (
    "index", "search", "forget", "locate", "export", "status", "restore", "models",
)  # fmt: skip
_READING = ("search", "status", "models", "export")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        arguments: The command line without the program's name; None takes the process's own.

    Returns:
        Exit code: 0 done, 1 something the user can mend, 3 a fault of the program. Wrong usage
        leaves with 2.
    """
    multiprocessing.freeze_support()
    _prepare_output()
    parser = build_parser()
    given = list(sys.argv[1:] if arguments is None else arguments)
    given, wanted = split_paths(given)
    options = parser.parse_args(_with_minus_words(given))
    if not all(wanted):
        parser.error("a name is empty")
    if len(wanted) == 1 and not os.path.dirname(wanted[0]) and not os.path.lexists(wanted[0]):
        parser.error(f"there is neither a command nor a file or folder here called {wanted[0]!r}")
    if options.command == "search" and not (options.words or options.image or options.minus):
        parser.error("search: give some words, --image FILE or --minus WORDS")
    if not all(getattr(options, "paths", [])):
        parser.error(f"{options.command}: a name is empty")
    try:
        return _run(options, wanted)
    except UserFacingError as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("Stopped.")
        return 1
    except MemoryError as error:
        _note_fault(error)
        _say("There is too little memory for that. Close other programs and try again.")
        return 1
    except Exception as error:  # noqa: BLE001 - whatever it is, it must leave a trace
        _note_fault(error)
        _tell_fault(error, in_window=not options.command and not options.self_test)
        return FAULT
    finally:
        traces.stop_logging()


def _note_fault(error: Exception) -> None:
    """Write down what the program ends of, where the next start finds it."""
    logging.getLogger(faults.LOGGER).critical("The program ends", exc_info=error)
    traces.current().end(error)


def _tell_fault(error: Exception, *, in_window: bool) -> None:
    """Say that the program has ended of a fault: in the terminal, and where there is none too."""
    log = traces.current().log
    details = f" The details are in {log}." if log is not None else ""
    _say(f"Something went wrong in the program ({type(error).__name__}).{details}")
    if in_window:
        with contextlib.suppress(Exception):  # Qt may be what is broken
            from desktop_app.ui.start.last_words import say_last_words

            say_last_words(error, log)


def build_parser() -> argparse.ArgumentParser:
    """Describe the command line, as docs and tests read it too."""
    everywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    everywhere.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="keep the library in this folder"
    )
    everywhere.add_argument(
        "--model", type=Path, metavar="DIR", help="use the model in this folder, not the built-in"
    )
    parser = argparse.ArgumentParser(
        PROGRAM,
        usage="%(prog)s [options] [PATH ...]\n       %(prog)s [options] COMMAND ...",
        description="Find pictures on your own computer by what they show. "
        "Without a command, the window opens: it takes in the folders that are named, and searches "
        "by the pictures. Write ./search for a folder that is called like a command.",
        parents=[everywhere],
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="check what works here",
    )
    parser.add_argument("--json", action="store_true", help="print JSON for scripts")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog=PROGRAM)

    index = commands.add_parser(
        "index", parents=[everywhere], help="add folders or pictures, or look for changes"
    )
    index.add_argument(
        "paths",
        nargs="*",
        metavar="FOLDER",
        help="what to add; without it, everything added before is looked through again",
    )
    index.add_argument(
        "--retry-failed", action="store_true", help="try files again that could not be read"
    )
    index.add_argument(
        "--confirm-removals",
        action="store_true",
        help="let pictures go whose files are gone, even if that is much of a folder",
    )
    index.add_argument(
        "--gentle",
        action="store_true",
        help="take half the cores, and decode after all other programs",
    )
    index.add_argument("--watch", action="store_true", help="stay and follow changes until Ctrl-C")
    _add_json(index)

    search = commands.add_parser(
        "search", parents=[everywhere], help="find pictures by words or by a picture"
    )
    search.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="the search line: beach -people after:2023-05 in:Holiday; see docs/search-line.md",
    )
    search.add_argument(
        "--image", type=Path, action="append", default=[], metavar="FILE",
        help="find pictures like this one; may be repeated",
    )  # fmt: skip
    search.add_argument(
        "--minus", action="append", default=[], metavar="WORDS",
        help="what it must not show; may be repeated",
    )  # fmt: skip
    search.add_argument(
        "--limit", type=_positive, default=20, metavar="N", help="how many at most (default 20)"
    )
    _add_json(search)

    forget = commands.add_parser(
        "forget", parents=[everywhere], help="take folders out of the library; no file is touched"
    )
    forget.add_argument("paths", nargs="+", metavar="FOLDER", help="as `status` names it")
    _add_json(forget)

    locate = commands.add_parser(
        "locate",
        parents=[everywhere],
        help="tell where a folder is now, so that nothing is indexed again",
    )
    locate.add_argument("old", metavar="OLD", help="as `status` names it")
    locate.add_argument("new", metavar="NEW", help="the folder that has its pictures now")
    _add_json(locate)

    export = commands.add_parser(
        "export", parents=[everywhere], help="write a table of all pictures and failures"
    )
    export.add_argument("out", metavar="OUT", help="the file to write")
    export.add_argument(
        "--format",
        choices=["csv", "parquet"],
        help="what to write (default: parquet where OUT ends so, else csv)",
    )
    export.add_argument(
        "--vectors",
        action="store_true",
        help="with the vectors: a column of Parquet, or a .npy file beside CSV",
    )
    export.add_argument("--force", action="store_true", help="replace files that are there")
    _add_json(export)

    status = commands.add_parser("status", parents=[everywhere], help="what is in the library")
    _add_json(status)

    restore = commands.add_parser(
        "restore",
        parents=[everywhere],
        help="put the newest backup in the place of a damaged library",
    )
    _add_yes(restore)

    _add_models(
        commands.add_parser("models", help="which models there are, and which answers"), everywhere
    )
    return parser


def split_paths(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the files and folders to open from the rest of a command line.

    The first argument that is no option decides: where it is no command, it is a path, and so are
    all others that are no options. After ``--`` everything is a path.

    Args:
        arguments: The command line without the program's name.

    Returns:
        The rest, and the paths.
    """
    rest, paths = list[str](), list[str]()
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            return rest, [*paths, *waiting]
        if argument.startswith("-") and len(argument) > 1:
            rest.append(argument)
            if waiting and _takes_value(argument):
                rest.append(waiting.pop(0))
        elif not paths and argument in COMMANDS:
            return [*rest, argument, *waiting], []
        else:
            paths.append(argument)
    return rest, paths


def _takes_value(option: str) -> bool:
    """Whether the next argument belongs to an option; argparse takes its beginnings for it, too."""
    return len(option) > 2 and any(each.startswith(option) for each in ("--data-dir", "--model"))


def _add_models(models: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> None:
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)

    listing = actions.add_parser(
        "list", parents=[everywhere], help="those installed, and those to download"
    )
    _add_json(listing)

    add = actions.add_parser(
        "add", parents=[everywhere], help="install a model from a folder or a .zip"
    )
    add.add_argument("path", type=Path, metavar="PATH", help="in the published ONNX layout")
    _add_json(add)

    use = actions.add_parser(
        "use", parents=[everywhere], help="let a model answer; first prepares what it needs"
    )
    use.add_argument("name", metavar="NAME", help="as `models list` names it")
    _add_json(use)

    remove = actions.add_parser(
        "remove", parents=[everywhere], help="delete a model and what it made"
    )
    remove.add_argument("name", metavar="NAME", help="as `models list` names it")
    _add_yes(remove)
    _add_json(remove)

    get = actions.add_parser(
        "get", parents=[everywhere], help="download a model; the only command that goes online"
    )
    get.add_argument("name", metavar="NAME", help="as `models list` names it")
    _add_yes(get)
    _add_json(get)


def _add_yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _add_json(parser: argparse.ArgumentParser) -> None:
    # Given before the command, it is not taken back by the command's own default.
    parser.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON for scripts"
    )


def _with_minus_words(arguments: Sequence[str]) -> list[str]:
    """Let ``search beach -people`` through, which argparse would take for an option.

    What holds a space it takes for no option, and the search line does not mind one more.
    """
    given = list(arguments)
    if "search" not in given:
        return given
    line = given.index("search") + 1
    return [
        f"{each} " if place >= line and re.match(r"-[^-]", each) and each != "-h" else each
        for place, each in enumerate(given)
    ]


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


_positive.__name__ = "whole number above 0"  # argparse puts it into its message


def _run(options: argparse.Namespace, wanted: Sequence[str] = ()) -> int:
    data_dir = getattr(options, "data_dir", None)
    paths = DataPaths.below(data_dir) if data_dir else DataPaths.default()
    if options.self_test:
        from desktop_app.self_test import run_self_test

        return run_self_test(
            make_models(paths, builtin_model_folder()), paths, as_json=options.json
        )
    if options.command not in _READING or paths.data.is_dir():
        # what only reads makes no folder
        traces.start_logging(
            paths.logs, crash_files.COMMAND if options.command else crash_files.WINDOW
        )

    if options.command == "restore":
        from desktop_app import restore_command

        return restore_command.run(options, paths)

    def open_library(*, writable: bool = True) -> "Library":
        from desktop_app.engine.library import Library

        models = make_models(paths, getattr(options, "model", None))
        return Library.open(paths, models, writable=writable)

    def open_for_window() -> "Library":
        from desktop_app.engine.library import Library

        models = make_models(paths, getattr(options, "model", None))
        return Library.open_even_if_unwritable(paths, models)

    if options.command:
        from desktop_app import commands

        return commands.run(options, open_library)
    from desktop_app.ui.start import application

    return application.run(open_for_window, paths, [os.path.abspath(each) for each in wanted])


def make_models(paths: DataPaths, folder: Path | None = None) -> "Models":
    """The models that can be used. Reads none of them yet.

    Args:
        paths: Where added models are kept.
        folder: The only one to use, wherever it lies; None for the built-in and the added ones.
    """
    from desktop_app.engine.model.shelf import ModelShelf, SingleModel

    if folder is not None:
        return SingleModel(folder)
    from desktop_app.engine.model.downloads import Downloads

    # On the disk of the models, so that a complete download need not be copied.
    downloads = Downloads(paths.models / ".downloads")
    return ModelShelf(paths.models, builtin_model_folder(), downloads)


def _prepare_output() -> None:
    """Let the terminal take every file name; a windowed program on Windows has no terminal."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - kept
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(sentence: str) -> None:
    sys.stderr.write(f"{PROGRAM}: {sentence}\n")
