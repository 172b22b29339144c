"""`selter rules`: the rule sets, explained to a person."""

import typer

import regulations
from domain.rules import RuleSet
from runtime.law.command import FINE, AsJson, RuleSetName, command, named, print_json


@command
def rules_list(*, ruleset: RuleSetName = None, as_json: AsJson = False) -> int:
    """Show the rule sets, or every rule of one with its value, article and confidence."""
    chosen = [named(ruleset)] if ruleset else [regulations.load(name) for name in regulations.available()]
    if as_json:
        print_json({"rulesets": [{**rules.to_mapping(), "sha256": rules.sha256} for rules in chosen]})
        return FINE
    for rules in chosen:
        typer.echo(f"{rules.id}  {rules.valid_from} – {rules.valid_to or '…'}  {rules.title}  {rules.sha256[:12]}")
        if ruleset:
            _print_rules(rules)
    return FINE


def _print_rules(rules: RuleSet) -> None:
    for rule_id, rule in rules.rules.items():
        value = ", ".join(rule.value) if isinstance(rule.value, tuple) else rule.value
        typer.echo(f"  {rule_id} = {value}  [{rule.enforcement.value}, {rule.confidence.value}] {rule.citation}")
