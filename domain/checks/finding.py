"""A finding of lint, and the words its checks share."""

from dataclasses import dataclass

from domain.rules import Confidence, Enforcement, RuleSet


@dataclass(frozen=True)
class Finding:
    """What a rule says about a place in the plan; `message` is Indonesian, `path` as in the plan file."""

    rule: str
    severity: Enforcement
    path: str
    message: str
    message_en: str
    citation: str
    confidence: Confidence
    expected: str = ""
    actual: str = ""

    def to_mapping(self) -> dict[str, str]:
        """As the JSON of design.md section 7."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "path": self.path,
            "message": self.message,
            "message_en": self.message_en,
            "citation": self.citation,
            "confidence": self.confidence.value,
            "expected": self.expected,
            "actual": self.actual,
        }


def found(
    rules: RuleSet,
    rule_id: str,
    path: str,
    message: str,
    message_en: str,
    *,
    severity: Enforcement | None = None,
    expected: object = "",
    actual: object = "",
) -> Finding:
    """A finding with the article of its rule; the rule's own enforcement unless the check says otherwise."""
    rule = rules.rule(rule_id)
    chosen = severity if severity is not None else rule.enforcement
    return Finding(
        rule_id, chosen, path, message, message_en, rule.citation, rule.confidence, str(expected), str(actual)
    )


def not_checked(rules: RuleSet, rule_id: str, path: str, why: str = "", why_en: str = "") -> Finding:
    """The information that a rule was not checked, because the plan does not state what it needs."""
    message = why or "Bagian ini tidak ada dalam rencana; tidak diperiksa."
    message_en = why_en or "The plan does not have this part; it was not checked."
    return found(rules, rule_id, path, message, message_en, severity=Enforcement.INFO)
