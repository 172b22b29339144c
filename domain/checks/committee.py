"""The committee (panitia seleksi): size, elements, internal share, parties and kinship (PP 11/2017 Pasal 114)."""

from collections.abc import Iterator
from decimal import Decimal

from domain.checks.finding import Finding, found, not_checked
from domain.numbers import half_up
from domain.plan import Plan, PlannedMember
from domain.rules import RuleSet
from domain.words import CommitteePosition, Element


def check_committee(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about the committee that the plan states."""
    if plan.committee is None:
        yield not_checked(rules, "committee.min_members", "committee")
        return
    yield from _size(plan.committee, rules)
    yield from _elements(plan.committee, rules)
    yield from _internal_share(plan.committee, rules)
    yield from _chair(plan.committee, rules)
    for index, member in enumerate(plan.committee):
        yield from _member(member, f"committee[{index}]", rules)


def _size(members: tuple[PlannedMember, ...], rules: RuleSet) -> Iterator[Finding]:
    size = len(members)
    lowest, highest = rules.integer("committee.min_members"), rules.integer("committee.max_members")
    if size < lowest:
        yield found(
            rules,
            "committee.min_members",
            "committee",
            f"Panitia seleksi paling sedikit {lowest} orang; rencana ini {size}.",
            f"The committee needs at least {lowest} members; the plan has {size}.",
            expected=f">= {lowest}",
            actual=size,
        )
    if size > highest:
        yield found(
            rules,
            "committee.max_members",
            "committee",
            f"Panitia seleksi paling banyak {highest} orang; rencana ini {size}.",
            f"The committee may have at most {highest} members; the plan has {size}.",
            expected=f"<= {highest}",
            actual=size,
        )
    if rules.flag("committee.must_be_odd") and size % 2 == 0:
        yield found(
            rules,
            "committee.must_be_odd",
            "committee",
            f"Jumlah anggota panitia harus gasal; rencana ini {size}.",
            f"The number of members must be odd; the plan has {size}.",
            expected="gasal",
            actual=size,
        )


def _elements(members: tuple[PlannedMember, ...], rules: RuleSet) -> Iterator[Finding]:
    present = {member.element.value for member in members}
    missing = [element for element in rules.items("committee.required_elements") if element not in present]
    if missing:
        yield found(
            rules,
            "committee.required_elements",
            "committee",
            f"Unsur panitia belum lengkap: {', '.join(missing)}.",
            f"The committee lacks the elements {', '.join(missing)}.",
            expected=", ".join(rules.items("committee.required_elements")),
            actual=", ".join(sorted(present)),
        )


def _internal_share(members: tuple[PlannedMember, ...], rules: RuleSet) -> Iterator[Finding]:
    internal = sum(member.element is Element.INTERNAL for member in members)
    limit = rules.decimal("committee.max_internal_share")
    if not members or Decimal(internal) <= limit * len(members):
        return
    percent = f"{(limit * 100).normalize():f}"
    share = half_up(Decimal(internal) / len(members), 4)
    yield found(
        rules,
        "committee.max_internal_share",
        "committee",
        f"Unsur internal {internal} dari {len(members)} anggota melebihi {percent} persen.",
        f"{internal} of {len(members)} members are internal, more than {percent} percent.",
        expected=f"<= {limit}",
        actual=share,
    )


def _chair(members: tuple[PlannedMember, ...], rules: RuleSet) -> Iterator[Finding]:
    chairs = sum(member.role is CommitteePosition.CHAIR for member in members)
    if chairs != 1 and any(member.role is not None for member in members):
        yield found(
            rules,
            "committee.one_chair",
            "committee",
            f"Panitia memerlukan satu ketua; rencana ini menyebut {chairs}.",
            f"The committee needs one chair; the plan names {chairs}.",
            expected=1,
            actual=chairs,
        )


def _member(member: PlannedMember, path: str, rules: RuleSet) -> Iterator[Finding]:
    if member.party_member and rules.flag("committee.forbid_party_member"):
        yield found(
            rules,
            "committee.forbid_party_member",
            f"{path}.party_member",
            "Anggota atau pengurus partai politik tidak boleh duduk dalam panitia.",
            "A member of a political party may not sit in the committee.",
            expected="false",
            actual="true",
        )
    if member.kin_of:
        degree = rules.integer("committee.kinship_degree_forbidden")
        yield found(
            rules,
            "committee.kinship_degree_forbidden",
            f"{path}.kin_of",
            f"Anggota ini menyatakan hubungan keluarga (dilarang sampai derajat ke-{degree}); ganti anggota ini.",
            f"This member declares kinship (forbidden up to degree {degree}); replace the member.",
            expected="[]",
            actual=len(member.kin_of),
        )
