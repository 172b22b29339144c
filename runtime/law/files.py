"""Reading the files of the law commands: YAML, JSON, CSV and XLSX, with decimals kept exact."""

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import openpyxl
import yaml
from openpyxl.utils.exceptions import InvalidFileException

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
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from SafeLoader
    except (json.JSONDecodeError, yaml.YAMLError, RecursionError) as error:
        raise FileError(f"{path.name}: {error}") from error


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file, with decimals exact.

    Raises:
        FileError: the file is missing or not well formed.
    """
    try:
        return tomllib.loads(_text(path), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path.name}: {error}") from error


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file (comma, semicolon or tab), a first worksheet, or a YAML or JSON list; texts by column.

    Raises:
        FileError: the file is missing, not well formed, or a row does not fit its header.
    """
    if path.suffix.lower() in {".json", ".yaml", ".yml"}:
        return list(_listed(read_tree(path), path.name))
    table = _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    names, *rows = table or [[]]
    if len(set(names)) != len(names) or not all(names):
        raise FileError(f"{path.name}: a column is doubled or has no name")
    return [_row(names, cells, f"{path.name} row {index}") for index, cells in enumerate(rows, start=1)]


def _csv(path: Path) -> list[list[str]]:
    """The cells of a CSV file without its empty lines."""
    lines = _text(path).splitlines()
    delimiter = max(_DELIMITERS, key=(lines[0] if lines else "").count)
    table = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    return [[cell.strip() for cell in row] for row in table if row]


def _sheet(path: Path) -> list[list[str]]:
    """The cells of the first worksheet without its empty rows; formulas as last computed."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        table = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise FileError(f"{path}: {error}") from error
    return [[_cell(value) for value in row] for row in table if any(value is not None for value in row)]


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def _listed(tree: object, name: str) -> Iterator[dict[str, str]]:
    if not isinstance(tree, list) or not all(isinstance(item, Mapping) for item in tree):
        raise FileError(f"{name}: a list of rows is expected")
    for item in tree:
        yield {str(key): "" if value is None else str(value) for key, value in item.items()}


def _row(names: list[str], cells: list[str], place: str) -> dict[str, str]:
    if len(cells) != len(names):
        raise FileError(f"{place}: it has more or fewer cells than the header; quote decimal commas")
    return dict(zip(names, cells, strict=True))


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
