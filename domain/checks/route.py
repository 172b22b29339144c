"""How the posts are filled; this format judges open selections, other routes need their own proof."""

from collections.abc import Iterator
from typing import Final

from domain.checks.finding import Finding, found
from domain.plan import FillingRoute, Plan
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch

_ROUTE: Final = "filling_route"
_TALENT: Final = "filling_route.talenta.requires_approval"
_ARTICLES: Final = {
    FillingRoute.TALENTA: "Pasal 134",
    FillingRoute.MUTASI_UKOM: "Pasal 131-132",
    FillingRoute.PENATAAN: "Pasal 130",
}


@applies("filling_route")
def usual_route(rules: RuleSet) -> FillingRoute:
    """The route by which the agency fills posts unless a plan says otherwise (PP 11/2017 Pasal 130-134).

    Raises:
        ValueError: the rule names no route that is known.
    """
    return FillingRoute(rules.text(_ROUTE))


def route_of(plan: Plan, rules: RuleSet) -> FillingRoute:
    """The plan's route; a rule set that judges less than the whole plan knows open selections only."""
    if not rules.switched(Switch.WHOLE_PLAN):
        return FillingRoute.SELTER
    return plan.filling_route or usual_route(rules)


def check_route(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """What is said of a route that is no open selection."""
    route = route_of(plan, rules)
    if route is FillingRoute.SELTER:
        return
    article = _ARTICLES[route]
    yield found(
        rules,
        _ROUTE,
        "filling_route",
        f"Format ini memeriksa seleksi terbuka; jalur {route.value} diatur PP 11/2017 {article}. Hanya persetujuan "
        "dan masa larangan yang diperiksa.",
        f"This format checks open selections; the route {route.value} follows PP 11/2017 {article}. Only consents "
        "and restriction windows are checked.",
        severity=Enforcement.INFO,
        expected=FillingRoute.SELTER.value,
        actual=route.value,
    )
    if route is FillingRoute.TALENTA:
        yield from without_talent_approval(plan, rules)


@applies("filling_route.talenta.requires_approval")
def without_talent_approval(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Talent management replaces the open selection only with approval of the merit system (PP 11/2017 Pasal 134)."""
    if rules.flag(_TALENT) and (plan.approvals is None or plan.approvals.number("talent_approval") is None):
        yield found(
            rules,
            _TALENT,
            "approvals.talent_approval",
            f"Pengisian melalui manajemen talenta memerlukan persetujuan {rules.text('supervisor.body')}.",
            f"Filling by talent management needs the approval of {rules.text('supervisor.body')}.",
            expected="nomor surat persetujuan",
            actual="null",
        )
