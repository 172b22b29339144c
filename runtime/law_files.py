"""Reading the files of the law commands: YAML, JSON and CSV, with decimals kept exact."""

import csv
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

_DELIMITERS: Final = ",;\t"
_LEFT_AS_WRITTEN: Final = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float")


class FileError(ValueError):
    """A file cannot be read as what it should be; the message names the file or the row."""


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice, which YAML would silently let win; leaves dates and decimals as written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping with every key once."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise FileError(f"line {node.start_mark.line + 1}: key {key} stands twice")
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_AS_WRITTEN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_tree(path: Path) -> object:
    """The content of a YAML or JSON file.

    Raises:
        FileError: the file is missing or not well formed.
    """
    text = _text(path)
    try:
        if path.suffix.lower() == ".json":
            return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
        return yaml.load(text, Loader=_Loader)
    except (json.JSONDecodeError, yaml.YAMLError, RecursionError) as error:
        raise FileError(f"{path.name}: {error}") from error


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file (comma, semicolon or tab), or of a YAML or JSON list, as texts by column.

    Raises:
        FileError: the file is missing, not well formed, or a row does not fit its header.
    """
    if path.suffix.lower() in {".json", ".yaml", ".yml"}:
        return list(_listed(read_tree(path), path.name))
    lines = _text(path).splitlines()
    header = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.DictReader(lines, delimiter=delimiter, skipinitialspace=True)
    names = [str(name).strip() for name in reader.fieldnames or ()]
    if len(set(names)) != len(names) or not all(names):
        raise FileError(f"{path.name}: a column is doubled or has no name")
    reader.fieldnames = names
    return [_row(row, f"{path.name} row {index}") for index, row in enumerate(reader, start=1)]


def _listed(tree: object, name: str) -> Iterator[dict[str, str]]:
    if not isinstance(tree, list) or not all(isinstance(item, Mapping) for item in tree):
        raise FileError(f"{name}: a list of rows is expected")
    for item in tree:
        yield {str(key): "" if value is None else str(value) for key, value in item.items()}


def _row(row: Mapping[str | None, Any], place: str) -> dict[str, str]:
    if None in row or None in row.values():
        raise FileError(f"{place}: it has more or fewer cells than the header; quote decimal commas")
    return {str(key): str(value).strip() for key, value in row.items()}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise FileError(f"key {key} stands twice")
    return dict(pairs)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path}: {error}") from error
