"""An example for every request body of the OpenAPI document, from the schema's own examples, enums and formats."""

from collections.abc import Mapping
from typing import Any, Final

_FORMATS: Final = {
    "date": "2027-01-04",
    "date-time": "2027-01-04T09:00:00+07:00",
    "password": "langit-biru-2027",
}
_PATTERNS: Final = {
    r"^[0-9a-z-]{1,40}$": "0k3fzq8m2v1ab",
    r"^[0-9a-f]{64}$": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    r"^[0-9a-f]{8,64}$": "4f1b2b0b822c",
}
_WORDS: Final = {
    "number": "B-31415/R-AK.02.03/SD/K/2026",
    "basis": "800.1.2.6/101/KEP/2026",
    "proof": "Tanda terima 417/2027",
    "accreditation": "AKR-0457/2027",
    "supervisor_report": "800.1/77/2027",
    "nip": "198503122010011003",
    "zone": "Asia/Jakarta",
    "target": "85",
    "value": "16.5",
    "amount": "48750000000",
    "quarterly": "20",
    "reason": "Alasan tertulis, yang dapat dibaca oleh mereka yang berhak.",
}


def add_examples(schema: dict[str, Any]) -> None:
    """Give each request body its example, in place; bodies of files stay as they are."""
    components = schema.get("components", {}).get("schemas", {})
    for operations in schema["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if content is not None and "example" not in content:
                content["example"] = example_of(content["schema"], components)


def example_of(schema: Mapping[str, Any], components: Mapping[str, Any], name: str = "") -> Any:
    """One value that fits a schema."""
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rpartition("/")[2]], components, name)
    for key in ("const", "default"):
        if schema.get(key) not in (None, [], ""):
            return schema[key]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return example_of(next(s for s in schema[key] if s.get("type") != "null"), components, name)
    return _plain(schema, components, name)


def _plain(schema: Mapping[str, Any], components: Mapping[str, Any], name: str) -> Any:
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {key: example_of(value, components, key) for key, value in schema["properties"].items()}
        case "object":
            key = example_of(schema.get("propertyNames", {"const": "education"}), components)
            return {key: example_of(schema.get("additionalProperties") or {}, components)}
        case "array":
            least = max(1, schema.get("minItems", 1))
            inner = schema.get("prefixItems") or [schema.get("items", {})] * least
            return [example_of(item, components, name) for item in inner]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return _text(schema, name)


def _text(schema: Mapping[str, Any], name: str) -> str:
    known = _WORDS.get(name) or _FORMATS.get(schema.get("format", "")) or _PATTERNS.get(schema.get("pattern", ""))
    text = known or "Teks contoh"
    while len(text) < schema.get("minLength", 0):
        text = f"{text} {text}"
    return text[: schema.get("maxLength", len(text))]
