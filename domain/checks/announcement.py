"""What the announcement says, from where applicants may come, who signs it and where it is published."""

from collections.abc import Iterator
from typing import Final

from domain.checks.finding import Finding, found, not_checked
from domain.law.announcement import Signer, may_sign_announcement
from domain.plan import AgencyKind, Level, Plan, PlannedAnnouncement
from domain.rulebook import applies
from domain.rules import RuleSet

_FIELDS: Final = "announcement.required_fields"
_SCOPE: Final = "announcement.scope.kabkota_pratama"
_SIGNERS: Final = "announcement.signers"
_MEDIA: Final = "announcement.media"


def check_announcement(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """Everything about the announcement's form that the plan states; one information for what it does not state."""
    announcement = plan.announcement
    if announcement is None:
        return
    stated = (announcement.contents, announcement.scope, announcement.signer, announcement.media)
    if all(part is None for part in stated):
        why = "Isi, cakupan, penanda tangan dan media pengumuman tidak disebut; tidak diperiksa."
        why_en = "The announcement's contents, scope, signer and media are not stated; they were not checked."
        yield not_checked(rules, _FIELDS, "announcement", why, why_en)
    yield from missing_contents(announcement, rules)
    yield from too_narrow(plan, rules)
    yield from wrong_signer(announcement, rules)
    yield from wrong_media(announcement, rules)


@applies("announcement.required_fields")
def missing_contents(announcement: PlannedAnnouncement, rules: RuleSet) -> Iterator[Finding]:
    """The announcement omits what the law asks it to hold (PP 11/2017 Pasal 117 ayat (4) huruf a-f)."""
    if announcement.contents is None:
        return
    missing = [field for field in rules.items(_FIELDS) if field not in announcement.contents]
    if missing:
        yield found(
            rules,
            _FIELDS,
            "announcement.contents",
            f"Pengumuman belum memuat: {', '.join(missing)}.",
            f"The announcement does not hold {', '.join(missing)}.",
            expected=", ".join(rules.items(_FIELDS)),
            actual=", ".join(announcement.contents),
        )


@applies("announcement.scope.kabkota_pratama")
def too_narrow(plan: Plan, rules: RuleSet) -> Iterator[Finding]:
    """A JPT pratama of a kabupaten or kota is open nationally or in the province (PP 11/2017 Pasal 110 ayat (4))."""
    scope = plan.announcement.scope if plan.announcement else None
    local = plan.agency_kind in (AgencyKind.KABUPATEN, AgencyKind.KOTA)
    if scope is None or not local or plan.level not in (Level.PRATAMA, None):
        return
    allowed = rules.items(_SCOPE)
    if scope.value not in allowed:
        yield found(
            rules,
            _SCOPE,
            "announcement.scope",
            f"JPT pratama kabupaten/kota dibuka secara {' atau '.join(allowed)}; rencana ini {scope.value}.",
            f"A JPT pratama of a kabupaten or kota is open to {' or '.join(allowed)}; the plan has {scope.value}.",
            expected=" | ".join(allowed),
            actual=scope.value,
        )


def wrong_signer(announcement: PlannedAnnouncement, rules: RuleSet) -> Iterator[Finding]:
    """Somebody signs who may not (PP 11/2017 Pasal 117 ayat (5))."""
    signer = announcement.signer
    if signer is None or (signer in frozenset(Signer) and may_sign_announcement(Signer(signer), rules)):
        return
    yield found(
        rules,
        _SIGNERS,
        "announcement.signer",
        f"Pengumuman ditandatangani ketua panitia atau kepala sekretariat atas namanya; rencana ini {signer}.",
        f"The chair signs the announcement, or the head of the secretariat for him; the plan has {signer}.",
        expected=" | ".join(rules.items(_SIGNERS)),
        actual=signer,
    )


@applies("announcement.media")
def wrong_media(announcement: PlannedAnnouncement, rules: RuleSet) -> Iterator[Finding]:
    """The announcement is not published openly in print or electronic media (PP 11/2017 Pasal 117 ayat (1))."""
    if announcement.media is None:
        return
    allowed = rules.items(_MEDIA)
    if not any(medium.value in allowed for medium in announcement.media):
        yield found(
            rules,
            _MEDIA,
            "announcement.media",
            f"Pengumuman dimuat secara terbuka sekurang-kurangnya dalam salah satu media: {', '.join(allowed)}.",
            f"The announcement is published openly in one of {', '.join(allowed)} at least.",
            expected=" | ".join(allowed),
            actual=", ".join(medium.value for medium in announcement.media),
        )
