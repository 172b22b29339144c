"""Writes `docs/rules.md` from the rule sets; a test fails when the page is not what they give."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import regulations
from domain.rule_changes import changes_between
from domain.rulebook import rule_functions
from domain.rules import Rule, RuleSet, Value
from domain.switches import CHANGED, Switch

PAGE = Path(__file__).parent / "rules.md"


def lines() -> Iterator[str]:
    """The page, line by line."""
    newest = regulations.latest()
    yield "# Rules"
    yield ""
    yield "Generated from `regulations/` and the rule functions of `domain/` by `python docs/build_rules.py`."
    yield "`selter rules list|show|diff` say the same on the command line; the sources are in [law.md](law.md)."
    yield ""
    yield "**Breach** says what a breach does: `block`, `warn` or `info`. **Confidence** says how well the source is"
    yield "known: `read` in the regulation's own text, `secondary` (press, announcements, practice), `unconfirmed`,"
    yield "`derived` (a reading, arithmetic, or our own choice). **Agency** says whether an agency's overlay may choose"
    yield "otherwise: never where the text was read and blocks or warns; with a reason where it blocks on less."
    yield from ("", "## Rule sets", "", "| id | title | in force | rules |", "|---|---|---|---|")
    for name in regulations.available():
        rules = regulations.load(name)
        until = rules.valid_to.isoformat() if rules.valid_to else "…"
        yield f"| `{rules.id}` | {rules.title} | {rules.valid_from} to {until} | {len(rules.rules)} |"
    yield from _switches(newest)
    yield from _parameters(newest)
    yield from _earlier(newest)


def _switches(newest: RuleSet) -> Iterator[str]:
    yield from (
        "",
        "## Switches",
        "",
        "Which revisions of rule functions the newest set asks for; a set pinned earlier keeps the old path.",
        "",
    )
    yield from (f"- `{switch.value}`: {CHANGED[switch]}" for switch in Switch if newest.switched(switch))


def _parameters(rules: RuleSet) -> Iterator[str]:
    yield from ("", f"## Parameters of `{rules.id}`")
    ordered = sorted(rules.rules.values(), key=lambda rule: rule.id)
    for subject, group in groupby(ordered, key=lambda rule: rule.id.partition(".")[0]):
        yield from ("", f"### {subject}", "")
        yield "| parameter | value | breach | confidence | article or source | law.md | agency | rule functions |"
        yield "|---|---|---|---|---|---|---|---|"
        for rule in group:
            yield _row(rule)


def _row(rule: Rule) -> str:
    freedom = "no" if rule.settled else ("with a reason" if rule.enforcement == "block" else "yes")
    functions = rule_functions().get(rule.id, ())
    cells = (
        f"`{rule.id}`",
        _shown(rule.value),
        rule.enforcement.value,
        rule.confidence.value,
        rule.citation,
        rule.source,
        freedom,
        "<br>".join(f"`{function.__module__.removeprefix('domain.')}.{function.__name__}`" for function in functions),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _earlier(newest: RuleSet) -> Iterator[str]:
    for name in regulations.available():
        rules = regulations.load(name)
        if rules.id == newest.id:
            continue
        yield from (
            "",
            f"## How `{rules.id}` differs",
            "",
            "| parameter | value | breach | confidence | article or source |",
        )
        yield "|---|---|---|---|---|"
        for change in changes_between(newest, rules):
            after = change.after
            if after is None:
                yield f"| `{change.rule}` | not yet law | | | |"
            else:
                cells = (_shown(after.value), after.enforcement.value, after.confidence.value, after.citation)
                yield f"| `{change.rule}` | {' | '.join(cells)} |"


def _shown(value: Value) -> str:
    if value is None:
        return "no limit"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "<br>".join(value) if isinstance(value, tuple) else str(value)


if __name__ == "__main__":
    PAGE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
