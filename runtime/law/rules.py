"""`selter rules`: the rule sets, explained to a person."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Final

import typer

import regulations
from domain.rule_changes import Difference, RuleChange, changes_between
from domain.rulebook import rule_functions
from domain.rules import Confidence, Enforcement, Rule, RuleSet, Value
from runtime.law.command import FINE, AsJson, OverlayFile, RuleSetName, UsageError, command, named, print_json

_EFFECTS: Final = {
    Enforcement.BLOCK: "menghalangi",
    Enforcement.WARN: "memperingatkan",
    Enforcement.INFO: "keterangan",
}
_SOURCES: Final = {
    Confidence.READ: "naskah peraturannya dibaca",
    Confidence.SECONDARY: "sumber sekunder atau praktik",
    Confidence.UNCONFIRMED: "belum dikonfirmasi",
    Confidence.DERIVED: "tafsiran atau pilihan, bukan bunyi naskah",
}
_KINDS: Final = {Difference.ADDED: "+", Difference.DROPPED: "-", Difference.CHANGED: "~"}


@command
def rules_list(*, ruleset: RuleSetName = None, as_json: AsJson = False) -> int:
    """Show the rule sets, or every rule of one with its value, article and confidence."""
    chosen = [named(ruleset)] if ruleset else [regulations.load(name) for name in regulations.available()]
    if as_json:
        print_json({"rulesets": [{**rules.to_mapping(), "sha256": rules.sha256} for rules in chosen]})
        return FINE
    for rules in chosen:
        typer.echo(_headline(rules))
        if ruleset:
            for rule in rules.rules.values():
                typer.echo(f"  {rule.id} = {_shown(rule.value)}  [{_EFFECTS[rule.enforcement]}] {rule.citation}")
    return FINE


@command
def rules_show(
    ruleset: Annotated[str, typer.Argument(help="such as id-pns-2020")],
    only: Annotated[str, typer.Option("--rule", help="a rule's id, or the beginning of one")] = "",
    *,
    overlay: OverlayFile = None,
    as_json: AsJson = False,
) -> int:
    """Explain the rules of a set: what each demands, on which article, how sure that is, and who may choose."""
    rules = named(ruleset, overlay)
    chosen = [rule for rule in rules.rules.values() if rule.id.startswith(only)]
    if not chosen:
        raise UsageError(f"{rules.id} has no rule that begins with {only!r}")
    if as_json:
        print_json({"ruleset": rules.id, "sha256": rules.sha256, "rules": [_mapping(rule) for rule in chosen]})
        return FINE
    typer.echo(_headline(rules))
    for subject, group in groupby(chosen, key=lambda rule: rule.id.partition(".")[0]):
        typer.echo(f"\n{subject}")
        for rule in group:
            typer.echo("\n".join(_explained(rule)))
    return FINE


@command
def rules_diff(
    before: Annotated[str, typer.Argument(help="such as id-pns-2017")],
    after: Annotated[
        str | None, typer.Argument(help="such as id-pns-2020; default: the same, with the overlay")
    ] = None,
    *,
    overlay: Annotated[Path | None, typer.Option(help="an overlay (TOML) to merge into the second set")] = None,
    as_json: AsJson = False,
) -> int:
    """Show what differs between two rule sets, or what an overlay changes."""
    if after is None and overlay is None:
        raise UsageError("name a second rule set, or an overlay with --overlay")
    old, new = named(before), named(after or before, overlay)
    changes = changes_between(old, new)
    if as_json:
        print_json({"before": old.id, "after": new.id, "changes": [change.to_mapping() for change in changes]})
        return FINE
    typer.echo(f"{old.id} → {new.id}{''.join(f' + {name}' for name in new.overlays)}: {len(changes)} perbedaan")
    for change in changes:
        typer.echo("\n".join(_compared(change)))
    return FINE


def _headline(rules: RuleSet) -> str:
    overlays = "".join(f" + {name}" for name in rules.overlays)
    return f"{rules.id}{overlays}  {rules.valid_from} – {rules.valid_to or '…'}  {rules.title}  {rules.sha256[:12]}"


def _explained(rule: Rule) -> Iterator[str]:
    yield f"  {rule.id} = {_shown(rule.value)}"
    yield f"      {_EFFECTS[rule.enforcement]}; {_SOURCES[rule.confidence]}: {rule.citation}"
    yield f"      {_freedom(rule)}"
    if rule.overlay:
        yield f"      diubah oleh {rule.overlay}{f': {rule.reason}' if rule.reason else ''}"
    for function in rule_functions().get(rule.id, ()):
        yield f"      {function.__module__}.{function.__name__}"


def _freedom(rule: Rule) -> str:
    """What an agency may do with it."""
    if rule.settled:
        return "instansi tidak dapat mengubahnya"
    choices = f" ({', '.join(rule.choices)})" if rule.choices else ""
    needs = " dengan alasan tercatat" if rule.enforcement is Enforcement.BLOCK else ""
    return f"instansi dapat memilih lain{choices}{needs}"


def _compared(change: RuleChange) -> Iterator[str]:
    """A rule on a line of its own, before on the next, after on the last."""
    yield f"{_KINDS[change.kind]} {change.rule}"
    for sign, rule in (("-", change.before), ("+", change.after)):
        if rule is not None:
            yield f"    {sign} {_shown(rule.value)}  [{_EFFECTS[rule.enforcement]}] {rule.citation}"
    if change.after is not None and change.after.reason:
        yield f"      alasan: {change.after.reason}"


def _mapping(rule: Rule) -> dict[str, Any]:
    functions = rule_functions().get(rule.id, ())
    return {
        "rule": rule.id,
        "value": list(rule.value) if isinstance(rule.value, tuple) else _plain(rule.value),
        "enforcement": rule.enforcement.value,
        "confidence": rule.confidence.value,
        "citation": rule.citation,
        "source": rule.source,
        "choices": list(rule.choices),
        "agency_may_choose": not rule.settled,
        "overlay": rule.overlay,
        "reason": rule.reason,
        "functions": [f"{function.__module__}.{function.__name__}" for function in functions],
    }


def _plain(value: Value) -> str | int | bool | None:
    """Decimals as text; the rest as JSON knows it."""
    return value if value is None or isinstance(value, str | int) else str(value)


def _shown(value: Value | Sequence[str]) -> str:
    if value is None:
        return "tidak dibatasi"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
