"""The table of acts against the design, and the table of refusals in both languages."""

import string

from domain.acts import ACTS, act_of, acts_of
from domain.refusals import REFUSALS
from domain.words import CaseKind


def test_every_act_of_the_design_is_in_the_table() -> None:
    designed = {
        CaseKind.SELECTION: "open publish extend_vacancy close_vacancy replace_member recuse assign open_seals "
        "announce_result advance suspend resume cancel repeat_stage sign_minutes submit_shortlist record_clearance "
        "choose issue_decree record_inauguration adopt_rules calendar_changed",
        CaseKind.TERM: "extend_term end_term replace_superior",
        CaseKind.CONTRACT: "sign amend verify_check_in decide_force_majeure rate object decide_objection finalise",
        CaseKind.REVIEW: "notify confirm_delivery set_plan evaluate record_retest record_opinion propose "
        "notice_hearing record_hearing record_clearance decide object decide_objection execute",
    }
    for kind, names in designed.items():
        assert {a.name for a in acts_of(kind) if not a.birth or a.name == "open"} == set(names.split())


def test_every_act_has_somebody_who_may_do_it() -> None:
    assert [a.name for a in ACTS.values() if not a.roles and not a.birth] == []
    assert act_of(CaseKind.SELECTION, "nothing") is None


def test_every_refusal_reads_in_both_languages_with_the_same_facts() -> None:
    for code, row in REFUSALS.items():
        facts = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (row.id, row.en)]
        assert facts[0] == facts[1], code
        assert row.status == 202 or 400 <= row.status < 600, code
