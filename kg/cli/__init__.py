"""The command line: `kg build | check | show | ask | query | serve | publish | validate`; the only place that prints."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from kg.cli import ask, build, check, publish, query, serve, show, validate

__all__ = ["main"]

EPILOG = """\
exit codes:
  0    fine
  1    problems were found and --strict was given (kg validate: errors,
       always), or a graph was not published
  2    wrong usage, unreadable input, or an output that cannot be written
  130  interrupted; files written before are whole
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Turns research digests in Markdown into a knowledge graph.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (build, check, show, ask, query, serve, publish, validate):
        command = commands.add_parser(
            module.__name__.rpartition(".")[2],
            help=module.SUMMARY,
            description=module.DESCRIPTION,
            epilog=f"{module.EXAMPLES}\n{EPILOG}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.add_argument(
            "--period",
            default="",
            metavar="YYYY-MM",
            help="the month the digest is of, if it does not say",
        )
        command.add_argument(
            "--encoding", default="utf-8", help="the encoding of the input (default: utf-8)"
        )
        command.add_argument(
            "--no-color", action="store_true", help="plain text (also: the variable NO_COLOR)"
        )
        command.set_defaults(run=module.run)
    return parser


class _Version(argparse.Action):
    """Prints the version; the package is only asked when needed."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from kg import __version__

        print(f"kg {__version__}")
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Vietnamese must not fail under a C or cp1252 locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    gc.disable()  # one short run, next to no cycles: collecting costs a seventh of the time
    from kg.errors import KgError

    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kg: interrupted; files written before are whole", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"kg: cannot write: {error.strerror or error}", file=sys.stderr)
        return 2
