"""Rules as data: a rule set is a named, dated, hashable collection of parameters, each with its article.

A case pins its rule set: the whole set travels as JSON (`to_mapping`) and is addressed by `sha256`. Enforcement says
what a breach does (`block`, `warn`, `info`), confidence how well the source is known (law.md, head).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from domain.refusals import Refused
from domain.switches import Switch

Value = int | Decimal | str | bool | tuple[str, ...] | None
"""What a parameter may hold; `None` is a limit that the law does not set."""


class Enforcement(StrEnum):
    """What a breach of the rule does."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Confidence(StrEnum):
    """How well the source is known; mixed sources take the weaker."""

    READ = "read"  # the regulation's own text
    SECONDARY = "secondary"  # news, announcements, practice
    UNCONFIRMED = "unconfirmed"  # general knowledge
    DERIVED = "derived"  # a reading or arithmetic on a read text, or our own choice


class RuleSetError(ValueError):
    """A rule set or an overlay is not well formed or not allowed; `path` names the place."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True)
class Rule:
    """One parameter of the law with the article it comes from (`source` is the key of law.md).

    `choices` are the texts that the value may be, where only some are understood. `overlay` and `reason` say who
    changed the rule and why; both are empty where it stands as in its regulation.
    """

    id: str
    value: Value
    enforcement: Enforcement
    citation: str
    confidence: Confidence
    source: str = ""
    choices: tuple[str, ...] = ()
    overlay: str = ""
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether the regulation's own text, as read, binds everybody: no agency may choose otherwise."""
        return self.confidence is Confidence.READ and self.enforcement is not Enforcement.INFO


@dataclass(frozen=True)
class RuleSet:
    """A versioned set of rules, valid from and to (both inclusive) a date; `valid_to` is open when it is None.

    Attributes:
        switches: the revisions of rule functions that the set asks for; an older set has none.
        overlays: ids of the overlays merged into it, in order.
    """

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    rules: Mapping[str, Rule]
    switches: frozenset[Switch] = frozenset()
    overlays: tuple[str, ...] = ()

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id.

        Raises:
            KeyError: the set has no such rule; the message names it and the set.
        """
        try:
            return self.rules[rule_id]
        except KeyError:
            raise KeyError(f"rule {rule_id} is not in rule set {self.id}") from None

    def has(self, rule_id: str) -> bool:
        """Whether the set knows the rule at all; an older set may not."""
        return rule_id in self.rules

    def integer(self, rule_id: str) -> int:
        """The value of a counting rule (days, members, years)."""
        value = self.rule(rule_id).value
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"rule {rule_id} is not an integer: {value!r}")
        return value

    def decimal(self, rule_id: str) -> Decimal:
        """The value of a measuring rule (shares, percentages, points); an integer serves as well."""
        value = self.rule(rule_id).value
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise TypeError(f"rule {rule_id} is not a number: {value!r}")
        return Decimal(value)

    def flag(self, rule_id: str) -> bool:
        """The value of a switch."""
        value = self.rule(rule_id).value
        if not isinstance(value, bool):
            raise TypeError(f"rule {rule_id} is not a flag: {value!r}")
        return value

    def text(self, rule_id: str) -> str:
        """The value of a rule that names something."""
        value = self.rule(rule_id).value
        if not isinstance(value, str):
            raise TypeError(f"rule {rule_id} is not a text: {value!r}")
        return value

    def items(self, rule_id: str) -> tuple[str, ...]:
        """The value of a rule that lists something."""
        value = self.rule(rule_id).value
        if not isinstance(value, tuple):
            raise TypeError(f"rule {rule_id} is not a list: {value!r}")
        return value

    def pairs(self, rule_id: str) -> dict[str, str]:
        """The value of a rule that lists `key=value`, such as weights and the rating matrix."""
        split = [item.partition("=") for item in self.items(rule_id)]
        return {key: value for key, _, value in split}

    def in_force_on(self, day: date) -> bool:
        """Whether the set applies on that local date."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def switched(self, switch: Switch) -> bool:
        """Whether the set asks for that revision of a rule function; a set pinned before it does not."""
        return switch in self.switches

    @property
    def sha256(self) -> str:
        """The address of this very content."""
        return hashlib.sha256(canonical_json(self.to_mapping()).encode()).hexdigest()

    def to_mapping(self) -> dict[str, Any]:
        """The set as JSON values; `from_mapping` reads it back to an equal set."""
        # Keys that came later are left out where they are empty, so that an older set keeps its hash.
        later: dict[str, Any] = {"switches": sorted(self.switches), "overlays": list(self.overlays)}
        return {
            "id": self.id,
            "title": self.title,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "rules": {rule_id: _rule_mapping(rule) for rule_id, rule in sorted(self.rules.items())},
            **{key: value for key, value in later.items() if value},
        }

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "RuleSet":
        """The set that `to_mapping` wrote; the same as `parse_rules`."""
        return parse_rules(mapping)


def refuse(rules: RuleSet, rule_id: str, code: str, /, **facts: object) -> Refused:
    """A refusal that names the rule and its article; facts are shown as text."""
    rule = rules.rule(rule_id)
    return Refused(code, rule=rule.id, citation=rule.citation, **{key: str(fact) for key, fact in facts.items()})


def canonical_json(value: object) -> str:
    """JSON with sorted keys and without spaces, the form over which hashes are taken."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_rules(mapping: Mapping[str, Any]) -> RuleSet:
    """Read a rule set out of parsed TOML or JSON.

    Raises:
        RuleSetError: a key is missing, unknown or of the wrong form; a blocking or warning rule has no citation.
    """
    only_keys("", mapping, _SET_KEYS)
    rules = field_of("", mapping, "rules")
    return RuleSet(
        id=str(field_of("", mapping, "id")),
        title=str(field_of("", mapping, "title")),
        valid_from=date_of("valid_from", field_of("", mapping, "valid_from")),
        valid_to=None if mapping.get("valid_to") is None else date_of("valid_to", mapping["valid_to"]),
        rules=MappingProxyType({rule_id: parse_rule(rule_id, item) for rule_id, item in rules.items()}),
        switches=frozenset(_switch(name) for name in mapping.get("switches", ())),
        overlays=tuple(str(overlay) for overlay in mapping.get("overlays", ())),
    )


_SET_KEYS: Final = frozenset({"id", "title", "valid_from", "valid_to", "rules", "switches", "overlays"})
_RULE_KEYS: Final = frozenset(
    {"value", "enforcement", "citation", "confidence", "source", "choices", "overlay", "reason"}
)


def parse_rule(rule_id: str, item: Mapping[str, Any]) -> Rule:
    """Read one rule out of parsed TOML or JSON.

    Raises:
        RuleSetError: as for `parse_rules`.
    """
    path = f"rules.{rule_id}"
    only_keys(path, item, _RULE_KEYS)
    degree, certainty = field_of(path, item, "enforcement"), field_of(path, item, "confidence")
    try:
        enforcement, confidence = Enforcement(degree), Confidence(certainty)
    except ValueError as error:
        raise RuleSetError(path, str(error)) from error
    citation = str(item.get("citation", ""))
    if not citation.strip():
        raise RuleSetError(path, "a rule needs a citation; a practice is named as such")
    value, choices = parse_value(path, item.get("value")), tuple(str(choice) for choice in item.get("choices", ()))
    if choices and value not in choices:
        raise RuleSetError(path, f"{value!r} is none of {', '.join(choices)}")
    return Rule(
        id=rule_id,
        value=value,
        enforcement=enforcement,
        citation=citation,
        confidence=confidence,
        source=str(item.get("source", "")),
        choices=choices,
        overlay=str(item.get("overlay", "")),
        reason=str(item.get("reason", "")),
    )


def parse_value(path: str, value: object) -> Value:
    """What a parameter holds, out of TOML or JSON; a decimal may be written `{decimal = "0.45"}`.

    Raises:
        RuleSetError: it is none of the forms that a value may have.
    """
    if value is None or isinstance(value, int | str | Decimal):
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, Mapping) and set(value) == {"decimal"}:
        try:
            return Decimal(str(value["decimal"]))
        except InvalidOperation as error:
            raise RuleSetError(path, f"not a decimal: {value['decimal']!r}") from error
    raise RuleSetError(path, f"a value is a whole number, a decimal, a text, a flag or a list of texts: {value!r}")


def _rule_mapping(rule: Rule) -> dict[str, Any]:
    later: dict[str, Any] = {"choices": list(rule.choices), "overlay": rule.overlay, "reason": rule.reason}
    return {
        "value": value_mapping(rule.value),
        "enforcement": rule.enforcement.value,
        "citation": rule.citation,
        "confidence": rule.confidence.value,
        "source": rule.source,
        **{key: value for key, value in later.items() if value},
    }


def value_mapping(value: Value) -> object:
    """A value as JSON; `parse_value` reads it back."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return list(value) if isinstance(value, tuple) else value


def field_of(path: str, mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key that must be there.

    Raises:
        RuleSetError: it is missing.
    """
    if key not in mapping:
        raise RuleSetError(path or "rule set", f"{key} is missing")
    return mapping[key]


def only_keys(path: str, mapping: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse keys that nobody knows.

    Raises:
        RuleSetError: naming the first.
    """
    for key in sorted(set(mapping) - known):
        raise RuleSetError(f"{path}.{key}".lstrip("."), "unknown key")


def _switch(name: object) -> Switch:
    try:
        return Switch(str(name))
    except ValueError:
        raise RuleSetError("switches", f"this release does not know the switch {name!r}; use a newer one") from None


def date_of(path: str, value: object) -> date:
    """A date of TOML, or one written as text.

    Raises:
        RuleSetError: it is no date.
    """
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise RuleSetError(path, str(error)) from error
