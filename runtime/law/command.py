"""What the law's commands share: exit codes, clear errors, the rule set that was named, and printing.

Each command prints (with `as_json` one JSON object on stdout and nothing else there) and returns the exit code:
0 fine, 1 findings, 2 usage.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Final, ParamSpec

import typer

import regulations
from domain.indicator import IndicatorError
from domain.numbers import NumberError
from domain.overlays import overlaid, parse_overlay
from domain.plan import PlanError
from domain.ranking import RankingError
from domain.rules import RuleSet, RuleSetError
from domain.scoring import ScoringError
from runtime.law.files import FileError, read_toml

FINE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
_LONGEST: Final = 500  # letters of a message

AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object as the last line of stdout")]
RuleSetName = Annotated[str | None, typer.Option(help="default: the newest rule set")]
OverlayFile = Annotated[Path | None, typer.Option(help="an overlay (TOML) to merge into the rule set")]

_P = ParamSpec("_P")


class UsageError(ValueError):
    """An option or a column is wrong; the message names it."""


_MISTAKES: Final = (
    PlanError,
    FileError,
    NumberError,
    RankingError,
    ScoringError,
    IndicatorError,
    RuleSetError,
    UsageError,
)


def command(function: Callable[_P, int]) -> Callable[_P, int]:
    """Turn what is wrong with the input into exit code 2 and one clear line."""

    @wraps(function)
    def run(*args: _P.args, **options: _P.kwargs) -> int:
        try:
            return function(*args, **options)
        except _MISTAKES as error:
            problem = _one_line(str(error))
        except ArithmeticError:
            problem = "the numbers are too large, or too far apart, to compute with"
        typer.echo(f"selter: {problem}", err=True)
        if options.get("as_json"):
            print_json({"error": problem})
        return USAGE

    return run


def _one_line(text: str) -> str:
    """A message as one line that every terminal can show, also where it repeats what stands in a file."""
    line = " ".join(text.split()).encode("utf-8", "backslashreplace").decode()
    shown = "".join(letter if letter.isprintable() else "�" for letter in line)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def named(ruleset: str | None, overlay: Path | None = None) -> RuleSet:
    """The rule set of that id, or the newest, with an overlay merged in.

    Raises:
        UsageError: there is none of that id.
        FileError: the overlay cannot be read.
        RuleSetError: the overlay is not well formed, or chooses where the law leaves no choice.
    """
    try:
        rules = regulations.latest() if ruleset is None else regulations.load(ruleset)
    except KeyError:
        raise UsageError(f"ruleset {ruleset!r} is none of {', '.join(regulations.available())}") from None
    return with_overlay(rules, overlay)


def with_overlay(rules: RuleSet, overlay: Path | None) -> RuleSet:
    """A rule set with the overlay of a file merged in, or as it is.

    Raises:
        FileError, RuleSetError: as for `named`.
    """
    return rules if overlay is None else overlaid(rules, parse_overlay(read_toml(overlay)))


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON object as one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))
