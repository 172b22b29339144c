"""The committee (panitia seleksi): size, elements, internal share, parties, staff, kinship (PP 11/2017 Pasal 114)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.numbers import half_up
from domain.plan import Plan, PlannedKin, PlannedMember, Relation
from domain.rulebook import applies
from domain.rules import Enforcement, RuleSet
from domain.switches import Switch
from domain.words import CommitteePosition, Element

_KINSHIP: Final = "committee.kinship_degree_forbidden"
_STAFF: Final = "committee.forbid_supervisor_staff"
_DEGREES: Final[Mapping[Relation, int]] = MappingProxyType(
    {
        Relation.PARENT: 1,
        Relation.CHILD: 1,
        Relation.SPOUSE: 1,
        Relation.PARENT_IN_LAW: 1,
        Relation.CHILD_IN_LAW: 1,
        Relation.SIBLING: 2,
        Relation.GRANDPARENT: 2,
        Relation.GRANDCHILD: 2,
        Relation.SIBLING_IN_LAW: 2,
        # Parents' siblings stand in the elucidation's own list, though other counts give them a third degree; their
        # siblings' children are the same tie, seen from the other end.
        Relation.PARENT_SIBLING: 2,
        Relation.SIBLING_CHILD: 2,
    }
)


def check_committee(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about the committee that the plan states."""
    members = plan.committee
    if members is None:
        yield not_checked(rules, "committee.min_members", "committee")
        return
    yield from too_few_members(len(members), rules)
    yield from too_many_members(len(members), rules)
    yield from even_number(len(members), rules)
    yield from missing_elements(members, rules)
    yield from too_many_internal(members, rules)
    yield from not_one_chair(members, rules)
    for index, member in enumerate(members):
        path = f"committee[{index}]"
        yield from in_a_party(member, path, rules)
        yield from kin(member, path, rules)
        yield from of_the_supervisor(member, path, rules)


@applies("committee.min_members")
def too_few_members(size: int, rules: RuleSet) -> Iterator[Finding]:
    """Fewer members than the committee needs (PP 11/2017 Pasal 114 ayat (7))."""
    lowest = rules.integer("committee.min_members")
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


@applies("committee.max_members")
def too_many_members(size: int, rules: RuleSet) -> Iterator[Finding]:
    """More members than the committee may have (PP 11/2017 Pasal 114 ayat (7))."""
    highest = rules.integer("committee.max_members")
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


@applies("committee.must_be_odd")
def even_number(size: int, rules: RuleSet) -> Iterator[Finding]:
    """An even number of members (PP 11/2017 Pasal 114 ayat (7)); none is even as well."""
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


@applies("committee.required_elements")
def missing_elements(members: Sequence[PlannedMember], rules: RuleSet) -> Iterator[Finding]:
    """An element of the law is not represented (PP 11/2017 Pasal 114 ayat (5))."""
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


@applies("committee.max_internal_share")
def too_many_internal(members: Sequence[PlannedMember], rules: RuleSet) -> Iterator[Finding]:
    """The agency's own members are a larger share (a ratio; equal is allowed) than the guideline lets them be."""
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


@applies("committee.one_chair")
def not_one_chair(members: Sequence[PlannedMember], rules: RuleSet) -> Iterator[Finding]:
    """No chair or several, where roles are named at all: the chair signs the announcement (Pasal 117 ayat (5))."""
    chairs = sum(member.role is CommitteePosition.CHAIR for member in members)
    named = any(member.role is not None for member in members)
    if rules.flag("committee.one_chair") and named and chairs != 1:
        yield found(
            rules,
            "committee.one_chair",
            "committee",
            f"Panitia memerlukan satu ketua; rencana ini menyebut {chairs}.",
            f"The committee needs one chair; the plan names {chairs}.",
            expected=1,
            actual=chairs,
        )


@applies("committee.forbid_party_member")
def in_a_party(member: PlannedMember, path: str, rules: RuleSet) -> Iterator[Finding]:
    """A member belongs to a political party (PP 11/2017 Pasal 114 ayat (6) huruf c)."""
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


@applies("committee.forbid_supervisor_staff")
def of_the_supervisor(member: PlannedMember, path: str, rules: RuleSet) -> Iterator[Finding]:
    """A member is on the supervisor's own staff (BKN's practice since July 2025); an older rule set does not ask."""
    if member.supervisor_staff and rules.switched(Switch.WHOLE_PLAN) and rules.has(_STAFF) and rules.flag(_STAFF):
        yield found(
            rules,
            _STAFF,
            f"{path}.supervisor_staff",
            f"Pegawai {rules.text('supervisor.body')} tidak duduk dalam panitia seleksi.",
            f"Staff of {rules.text('supervisor.body')} do not sit in the committee.",
            expected="false",
            actual="true",
        )


def kinship_degree(relation: Relation) -> int | None:
    """The degree of a tie by blood or marriage, as the list of UU 30/2014 (elucidation of Pasal 43) has it.

    None where the list does not name the tie: it is beyond the second degree.
    """
    return _DEGREES.get(relation)


@applies("committee.kinship_degree_forbidden")
def kinship_forbidden(tie: PlannedKin, rules: RuleSet) -> bool:
    """Whether a member may not be bound so to somebody he judges (PP 11/2017 Pasal 114 ayat (6) huruf d).

    Ties by blood and by marriage count up to the rule's degree; a tie that is not named counts as forbidden.
    """
    limit = rules.integer(_KINSHIP)
    if tie.relation is None or not rules.switched(Switch.WHOLE_PLAN):
        return True
    degree = kinship_degree(tie.relation)
    return degree is not None and degree <= limit


@applies("committee.kinship_degree_forbidden")
def kin(member: PlannedMember, path: str, rules: RuleSet) -> Iterator[Finding]:
    """A member declares ties of kinship: one finding for all that are forbidden, one information for the others."""
    degree = rules.integer(_KINSHIP)
    forbidden = sum(kinship_forbidden(tie, rules) for tie in member.kin_of)
    if forbidden:
        yield found(
            rules,
            _KINSHIP,
            f"{path}.kin_of",
            f"Anggota ini menyatakan hubungan keluarga (dilarang sampai derajat ke-{degree}); ganti anggota ini.",
            f"This member declares kinship (forbidden up to degree {degree}); replace the member.",
            expected="[]",
            actual=forbidden,
        )
    distant = len(member.kin_of) - forbidden
    if distant:
        yield found(
            rules,
            _KINSHIP,
            f"{path}.kin_of",
            f"Anggota ini menyatakan hubungan keluarga di luar derajat ke-{degree}; tidak dilarang, umumkan.",
            f"This member declares kinship beyond degree {degree}; it is not forbidden, disclose it.",
            severity=Enforcement.INFO,
            expected=f"> {degree}",
            actual=distant,
        )
