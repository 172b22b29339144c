"""YAML, JSON and TOML as nested values: decimals and dates as written, nothing twice, nothing hidden."""

import json
import re
import tomllib
from collections.abc import Hashable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml
from yaml.constructor import ConstructorError

from runtime.law.content import FileError, read_text

TREES: Final = (".yaml", ".yml", ".json")
_NULL: Final = "tag:yaml.org,2002:null"
_BOOL: Final = "tag:yaml.org,2002:bool"
_INT: Final = "tag:yaml.org,2002:int"
_LONGEST_WHOLE: Final = 18  # digits


class _AsWritten(yaml.SafeLoader):
    """Every value but null is a text as it is written; no aliases, no tags, no key twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A part of the document, which must stand there in full."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        is_alias = isinstance(event, yaml.AliasEvent)
        if is_alias or getattr(event, "tag", None) is not None:
            problem = "aliases (*) and tags (!) are not read; write the value itself"
            raise ConstructorError(None, None, problem, event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping whose keys are texts as written, each once."""
        mapping: dict[Hashable, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise ConstructorError(None, None, "a key must be a text", key.start_mark)
            if key.value in mapping:
                raise ConstructorError(None, None, f"key {key.value} stands twice", key.start_mark)
            mapping[key.value] = self.construct_object(value, deep=deep)
        return mapping


class _Typed(_AsWritten):
    """Knows whole numbers and flags as well; dates and decimals stay as written."""


def _resolvers(*tags: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The resolvers of YAML for those tags alone."""
    return {
        first: [(tag, pattern) for tag, pattern in resolvers if tag in tags]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_AsWritten.yaml_implicit_resolvers = _resolvers(_NULL)
_Typed.yaml_implicit_resolvers = _resolvers(_NULL, _BOOL)
# only plain whole numbers of a sane length: YAML would read 010 as 8 and 1:30 as 90
_Typed.add_implicit_resolver(_INT, re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})$"), list("-+0123456789"))


def read_tree(path: Path, *, as_written: bool = False) -> Any:
    """The content of a YAML or JSON file; with `as_written` numbers are texts.

    Raises:
        FileError: the file cannot be read, or is not well formed.
    """
    text = read_text(path, *TREES)
    try:
        tree = _json(text, as_written) if path.suffix.lower() == ".json" else _yaml(text, as_written)
        json.dumps(tree, ensure_ascii=False, default=str).encode()  # an escape may leave half a character
    except UnicodeEncodeError as error:
        raise FileError(f"{path.name}: an escape such as \\ud800 stands for no character") from error
    except RecursionError as error:
        raise FileError(f"{path.name}: lists and mappings are nested too deeply") from error
    except (yaml.YAMLError, ValueError) as error:
        raise FileError(f"{path.name}{_problem(error)}") from error
    return tree


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file, with decimals exact.

    Raises:
        FileError: the file cannot be read, or is not well formed.
    """
    try:
        return tomllib.loads(read_text(path, ".toml"), parse_float=Decimal)
    except FileError:
        raise
    except (ValueError, RecursionError) as error:
        raise FileError(f"{path.name}: {error}") from error


def _yaml(text: str, as_written: bool) -> Any:
    return yaml.load(text, Loader=_AsWritten if as_written else _Typed)  # noqa: S506 - derived from SafeLoader


def _json(text: str, as_written: bool) -> Any:
    return json.loads(
        text,
        parse_float=str if as_written else Decimal,
        parse_int=str if as_written else _whole,
        parse_constant=_no_constant,
        object_pairs_hook=_once,
    )


def _whole(text: str) -> int:
    if len(text) > _LONGEST_WHOLE:
        raise ValueError(f"{text[:_LONGEST_WHOLE]}… is too long for a whole number")
    return int(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise ValueError(f"key {key} stands twice")
        mapping[key] = value
    return mapping


def _problem(error: Exception) -> str:
    """Where in the text it is and what is wrong there."""
    if isinstance(error, json.JSONDecodeError):
        return f", line {error.lineno}, column {error.colno}: {error.msg}"
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return f": {error}"
    mark, problem = error.problem_mark, error.problem or ""
    advice = "; indent with spaces" if r"'\t'" in problem else ""
    return f", line {mark.line + 1}, column {mark.column + 1}: {problem}{advice}"
