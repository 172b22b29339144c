"""Boundaries of the selection: authority, announcement, applications, committee, results, appointment."""

from datetime import date, timedelta

from boundary import Side, boundary

from domain.law import announcement, application, appointment, authority, committee, results
from domain.plan import Level
from domain.rules import RuleSet
from domain.words import HoldingKind, Role, Stage, Verdict

MB = 1_048_576

# -- authority -----------------------------------------------------------------------------------------------------


@boundary("supervisor.body", Side("BKN", kept="BKN", broken="KASN"), Side("KASN", kept="KASN", broken="BKN"))
def supervises(rules: RuleSet, probe: str) -> bool:
    return authority.supervisor(rules) == probe


@boundary("plan.bkn_approval_required", Side(True, kept=True, broken=False), Side(False, kept=False, broken=True))
def the_plan_waits(rules: RuleSet, probe: bool) -> bool:
    return authority.plan_needs_approval(rules) is probe


@boundary(
    "appointing_authority.pratama",
    Side("PPK", kept=("PPK", True), broken=("President", False)),
    Side("President", kept=("President", False), broken=("PPK", True)),
)
def appoints_to_pratama(rules: RuleSet, probe: tuple[str, bool]) -> bool:
    level = Level.PRATAMA
    return (authority.appointing_authority(level, rules), authority.ppk_appoints(level, rules)) == probe


@boundary(
    "appointing_authority.madya", Side("President", kept=False, broken=True), Side("PPK", kept=True, broken=False)
)
def ppk_appoints_to_madya(rules: RuleSet, probe: bool) -> bool:
    return authority.ppk_appoints(Level.MADYA, rules) is probe


@boundary(
    "appointing_authority.utama", Side("President", kept=False, broken=True), Side("PPK", kept=True, broken=False)
)
def ppk_appoints_to_utama(rules: RuleSet, probe: bool) -> bool:
    return authority.ppk_appoints(Level.UTAMA, rules) is probe


@boundary(
    "acting_head.requires_mendagri_approval",
    Side(True, kept=(HoldingKind.PJ, True), broken=(HoldingKind.DEFINITIVE, True)),
    Side(False, kept=(HoldingKind.PJ, False), broken=(HoldingKind.PJ, True)),
)
def minister_consents_to_acting_head(rules: RuleSet, probe: tuple[HoldingKind, bool]) -> bool:
    return authority.acting_head_needs_minister(probe[0], rules) is probe[1]


@boundary(
    "acting_head.requires_bkn_pertek",
    Side(True, kept=(HoldingKind.PLT, True), broken=(HoldingKind.DEFINITIVE, True)),
    Side(False, kept=(HoldingKind.PLT, False), broken=(HoldingKind.PLT, True)),
)
def supervisor_consents_to_acting_head(rules: RuleSet, probe: tuple[HoldingKind, bool]) -> bool:
    return authority.acting_head_needs_supervisor(probe[0], rules) is probe[1]


@boundary(
    "political_window.after_inauguration_months",
    Side(6, kept=date(2025, 8, 21), broken=date(2025, 8, 20)),
    Side(3, kept=date(2025, 5, 21), broken=date(2025, 5, 20)),
)
def free_after_inauguration(rules: RuleSet, probe: date) -> bool:
    return not authority.restricted_after_inauguration(probe, date(2025, 2, 20), rules)


@boundary(
    "political_window.before_candidacy_months",
    Side(6, kept=date(2030, 3, 21), broken=date(2030, 3, 22)),
    Side(3, kept=date(2030, 6, 21), broken=date(2030, 6, 22)),
)
def free_before_candidacy(rules: RuleSet, probe: date) -> bool:
    return not authority.restricted_before_candidacy(probe, date(2030, 9, 22), rules)


# -- announcement --------------------------------------------------------------------------------------------------


@boundary(
    "announcement.signers",
    Side(
        ("chair", "secretariat_head_on_behalf"),
        kept=[(announcement.Signer.CHAIR, True), (announcement.Signer.SECRETARIAT_HEAD, True)],
        broken=[(announcement.Signer.SECRETARIAT_HEAD, False)],
    ),
    Side(
        ("chair",),
        kept=[(announcement.Signer.CHAIR, True), (announcement.Signer.SECRETARIAT_HEAD, False)],
        broken=[(announcement.Signer.SECRETARIAT_HEAD, True)],
    ),
)
def signers(rules: RuleSet, probe: list[tuple[announcement.Signer, bool]]) -> bool:
    return all(announcement.may_sign_announcement(signer, rules) is may for signer, may in probe)


@boundary("applicants.min_per_post", Side(4, kept=4, broken=3), Side(3, kept=3, broken=2))
def enough_applicants(rules: RuleSet, probe: int) -> bool:
    return probe >= announcement.minimum_applicants(None, rules)


@boundary(
    "applicants.min_basis",
    Side("passed_admin", kept=(3, 4), broken=(4, 3)),
    Side("submitted", kept=(4, 3), broken=(3, 4)),
)
def counted(rules: RuleSet, probe: tuple[int, int]) -> bool:
    return announcement.counted_applicants(*probe, rules) >= 4


@boundary("extension.max_times", Side(2, kept=1, broken=2), Side(1, kept=0, broken=1))
def extended_once_more(rules: RuleSet, probe: int) -> bool:
    return announcement.may_extend(probe, rules)


@boundary(
    "extension.then",
    Side("report_to_supervisor_or_cancel_post", kept={"report_to_supervisor", "cancel_post"}, broken={"cancel_post"}),
    Side("cancel_post", kept={"cancel_post"}, broken={"report_to_supervisor"}),
)
def ways_left(rules: RuleSet, probe: set[str]) -> bool:
    return set(announcement.after_last_extension(rules)) == probe


# -- applications --------------------------------------------------------------------------------------------------


@boundary("application.max_posts_per_person", Side(1, kept=0, broken=1), Side(2, kept=1, broken=2))
def one_more_post(rules: RuleSet, probe: int) -> bool:
    return application.may_apply_again(probe, rules)


@boundary(
    "upload.allowed_types",
    Side(("pdf", "jpg", "png"), kept=("cv", "png"), broken=("cv", "docx")),
    Side(("pdf",), kept=("cv", "pdf"), broken=("cv", "png")),
)
@boundary(
    "upload.photo_types",
    Side(("jpg", "png"), kept=("photo", "png"), broken=("photo", "pdf")),
    Side(("jpg",), kept=("photo", "jpg"), broken=("photo", "png")),
)
def taken(rules: RuleSet, probe: tuple[str, str]) -> bool:
    code, ending = probe
    return ending in application.upload_types(code, rules)


@boundary("upload.max_bytes", Side(524_288, kept=524_288, broken=524_289), Side(MB, kept=MB, broken=MB + 1))
def file_fits(rules: RuleSet, probe: int) -> bool:
    return probe <= application.largest_file(rules)


@boundary(
    "selter.upload.max_bytes_total",
    Side(15_728_640, kept=15_728_640, broken=15_728_641),
    Side(MB, kept=MB, broken=MB + 1),
)
def files_fit(rules: RuleSet, probe: int) -> bool:
    return probe <= application.largest_application(rules)


@boundary(
    "application.ppk_recommendation_required",
    Side(True, kept=("cv", "ppk_recommendation"), broken=("cv",)),
    Side(False, kept=("cv",), broken=("cv", "ppk_recommendation")),
)
def asked_of_everybody(rules: RuleSet, probe: tuple[str, ...]) -> bool:
    return application.required_documents(("cv",), rules) == probe


# -- those who judge -----------------------------------------------------------------------------------------------


@boundary(
    "committee.coi_declaration_per_candidate",
    Side(True, kept=(True, True), broken=(False, True)),
    Side(False, kept=(False, True), broken=(False, False)),
)
def judges(rules: RuleSet, probe: tuple[bool, bool]) -> bool:
    declared, may = probe
    return committee.may_judge(rules, declared=declared) is may


@boundary(
    "committee.pakta_integritas_required",
    Side(True, kept=("b", "c"), broken=()),
    Side(False, kept=(), broken=("b", "c")),
)
def pacts_missing(rules: RuleSet, probe: tuple[str, ...]) -> bool:
    return committee.without_pact(["b", "a", "c"], {"a"}, rules) == probe


@boundary(
    "secretariat.may_score",
    Side(False, kept=(Role.SECRETARIAT, False), broken=(Role.COMMITTEE, False)),
    Side(True, kept=(Role.SECRETARIAT, True), broken=(Role.ADMIN, True)),
)
def scores(rules: RuleSet, probe: tuple[Role, bool]) -> bool:
    return committee.may_score(probe[0], rules) is probe[1]


@boundary("selter.screening.verifiers", Side(2, kept=2, broken=1), Side(3, kept=3, broken=2))
def decided(rules: RuleSet, probe: int) -> bool:
    return committee.agreed_verdict([Verdict.MET] * probe, rules) is Verdict.MET


@boundary("selter.assessors.min_sheets", Side(2, kept=2, broken=1), Side(3, kept=3, broken=2))
def seals_may_open(rules: RuleSet, probe: int) -> bool:
    return committee.missing_sheets(1, probe, rules) == 0


# -- results -------------------------------------------------------------------------------------------------------


@boundary(
    "weights.locked_after",
    Side("announcement", kept=Stage.DRAFT, broken=Stage.ANNOUNCEMENT),
    Side("screening", kept=Stage.ANNOUNCEMENT, broken=Stage.SCREENING),
)
def weights_open(rules: RuleSet, probe: Stage) -> bool:
    return not results.weights_locked(probe, rules)


@boundary(
    "stage.result_announcement_required",
    Side(True, kept=(True, True), broken=(False, True)),
    Side(False, kept=(False, True), broken=(False, False)),
)
def goes_on(rules: RuleSet, probe: tuple[bool, bool]) -> bool:
    announced, may = probe
    return results.may_go_on(rules, announced=announced) is may


@boundary(
    "stage.publish_ranked_scores",
    Side(True, kept=(Stage.ASSESSMENT, True), broken=(Stage.INTERVIEW, True)),
    Side(False, kept=(Stage.ASSESSMENT, False), broken=(Stage.ASSESSMENT, True)),
)
def scores_published(rules: RuleSet, probe: tuple[Stage, bool]) -> bool:
    return results.ranked_scores_public(probe[0], rules) is probe[1]


@boundary(
    "result.if_fewer_than_3",
    Side("block_and_report_to_supervisor", kept=3, broken=2),
    Side("submit_those_found", kept=1, broken=0),
)
def names_go(rules: RuleSet, probe: int) -> bool:
    return not results.too_few_names(probe, 3, rules)


@boundary(
    "result.publish",
    Side("after_bkn", kept=(True, True), broken=(True, False)),
    Side("before_bkn", kept=(True, False), broken=(False, True)),
)
def names_are_known(rules: RuleSet, probe: tuple[bool, bool]) -> bool:
    submitted, cleared = probe
    return results.names_public(rules, submitted=submitted, cleared=cleared)


@boundary(
    "result.public_order",
    Side("alphabetical", kept=("A", "B", "C"), broken=("B", "C", "A")),
    Side("ranked", kept=("B", "C", "A"), broken=("A", "B", "C")),
)
def listed(rules: RuleSet, probe: tuple[str, ...]) -> bool:
    return results.in_public_order(["B", "C", "A"], rules) == probe


@boundary("result.public_scores", Side(False, kept=False, broken=True), Side(True, kept=True, broken=False))
def totals_published(rules: RuleSet, probe: bool) -> bool:
    return results.final_scores_public(rules) is probe


@boundary(
    "result.cross_use_forbidden",
    Side(True, kept=("a", True), broken=("b", True)),
    Side(False, kept=("b", True), broken=("b", False)),
)
def filled_with(rules: RuleSet, probe: tuple[str, bool]) -> bool:
    selected_for, may = probe
    return results.may_fill("a", selected_for, rules) is may


FINAL = date(2026, 3, 3)


@boundary(
    "result.validity_days",
    Side(None, kept=(FINAL + timedelta(days=4000), True), broken=(FINAL, False)),
    Side(180, kept=(FINAL + timedelta(days=180), False), broken=(FINAL + timedelta(days=181), True)),
)
def still_valid(rules: RuleSet, probe: tuple[date, bool]) -> bool:
    day, round_open = probe
    return results.result_valid(day, FINAL, rules, round_open=round_open)


# -- appointment ---------------------------------------------------------------------------------------------------


@boundary(
    "ppk.choice_limited_to_top3",
    Side(True, kept=("c", True), broken=("d", True)),
    Side(False, kept=("d", True), broken=("d", False)),
)
def chosen(rules: RuleSet, probe: tuple[str, bool]) -> bool:
    application_id, may = probe
    return appointment.may_choose(application_id, ("a", "b", "c"), rules) is may


@boundary(
    "bkn.recommendation_before_inauguration",
    Side(True, kept=True, broken=False),
    Side(False, kept=False, broken=True),
)
def recommended_first(rules: RuleSet, probe: bool) -> bool:
    return appointment.needs_recommendation(rules) is probe


@boundary("oath.witnesses", Side(2, kept=("p", "q"), broken=("p",)), Side(3, kept=("p", "q", "r"), broken=("p", "q")))
def sworn(rules: RuleSet, probe: tuple[str, ...]) -> bool:
    return appointment.witnessed(rules, appointee="a", officiant="o", witnesses=probe)


@boundary(
    "oath.min_rank_of_witness",
    Side("equal", kept=appointment.PostLevel.PRATAMA, broken=appointment.PostLevel.ADMINISTRATOR),
    Side("higher", kept=appointment.PostLevel.MADYA, broken=appointment.PostLevel.PRATAMA),
)
def witnesses(rules: RuleSet, probe: appointment.PostLevel) -> bool:
    return appointment.may_witness(probe, appointment.PostLevel.PRATAMA, rules)


@boundary(
    "oath.variants",
    Side(
        ("islam", "kristen", "hindu", "buddha", "khonghucu", "kepercayaan", "janji"), kept="kepercayaan", broken="other"
    ),
    Side(("janji",), kept="janji", broken="islam"),
)
def oath_known(rules: RuleSet, probe: str) -> bool:
    return appointment.oath_allowed(probe, rules)
