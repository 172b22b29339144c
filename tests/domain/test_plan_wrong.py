"""Reading a plan: the exact place of whatever is wrong, and the exact words about it."""

from typing import Any, Final

import pytest

from domain.plan import PlanError, plan_from_mapping

WORDS_OF_STAGES: Final = (
    "plan_approval, home_affairs_consent, announcement, registration, extension, document_check, track_record, "
    "screening_result, assessment, assessment_result, paper, health, psych_test, interview, objection, top_three, "
    "supervisor_report, final_result, ppk_report, choice, consultation, recommendation, decree, inauguration, other"
)
WRONG: Final[list[tuple[dict[Any, Any], str, str]]] = [
    ({"agency": 12}, "agency", "a text is expected, not 12; put it in quotes"),
    ({"agency": True}, "agency", "a text is expected, not True; put it in quotes"),
    ({"agency": "\ud800"}, "agency", "a text in UTF-8 is expected; this one has a broken character"),
    ({"ruleset": []}, "ruleset", "a text is expected, not a list; put it in quotes"),
    ({"agency_kind": "desa"}, "agency_kind", "'desa' is none of kabupaten, kota, provinsi, kementerian, lembaga"),
    ({"level": 2}, "level", "2 is none of utama, madya, pratama"),
    ({"level": ""}, "level", "'' is none of utama, madya, pratama"),
    ({"filling_route": {}}, "filling_route", "a mapping is none of selter, talenta, mutasi_ukom, penataan"),
    ({"vacancies": {}}, "vacancies", "a list is expected, not a mapping"),
    ({"vacancies": "x"}, "vacancies", "a list is expected, not 'x'"),
    ({"vacancies": ["x"]}, "vacancies[0]", "a mapping with kind, title is expected, not 'x'"),
    ({"vacancies": [{"title": "x"}, {"kind": "other"}]}, "vacancies[1].title", "is missing"),
    ({"vacancies": [{"title": None}]}, "vacancies[0].title", "is missing"),
    ({"vacancies": [{"title": "x", "kind": "camat"}]}, "vacancies[0].kind",
     "'camat' is none of sekda, sekwan, inspector, head_of_agency, assistant, staff_expert, other"),
    ({"vacancies": [{"title": "x"}] * 201}, "vacancies", "at most 200 items are read, not 201"),
    ({"announcement": []}, "announcement",
     "a mapping with closes, contents, media, opens, scope, signer is expected, not a list"),
    ({"announcement": {"open": 1}}, "announcement.open",
     "unknown key; known are closes, contents, media, opens, scope, signer"),
    ({"announcement": {"scope": "asia"}}, "announcement.scope",
     "'asia' is none of national, province, region, agency"),
    ({"announcement": {"media": ["print", "tv"]}}, "announcement.media[1]",
     "'tv' is none of print, electronic, notice_board"),
    ({"announcement": {"contents": [1]}}, "announcement.contents[0]", "a text is expected, not 1; put it in quotes"),
    ({"announcement": {"signer": 1}}, "announcement.signer", "a text is expected, not 1; put it in quotes"),
    ({"announcement": {"closes": 20260204}}, "announcement.closes",
     "a date such as 2026-01-20 is expected, not 20260204"),
    ({"extensions": ["2026-2-1"]}, "extensions[0]", "a date such as 2026-01-20 is expected, not '2026-2-1'"),
    ({"extensions": ["2026-02-30"]}, "extensions[0]", "a date such as 2026-01-20 is expected, not '2026-02-30'"),
    ({"extensions": ["1945-12-31"]}, "extensions[0]", "a date from 1946 to 2100 is expected, not 1945-12-31"),
    ({"extensions": ["2101-01-01"]}, "extensions[0]", "a date from 1946 to 2100 is expected, not 2101-01-01"),
    ({"stages": [None]}, "stages[0]", "a mapping with date, end, stage, start is expected, not nothing"),
    ({"stages": [{"stage": "makan"}]}, "stages[0].stage", f"'makan' is none of {WORDS_OF_STAGES}"),
    ({"stages": [{}]}, "stages[0].stage", "is missing"),
    ({"stages": [{"stage": "paper", "date": "2026-02-01", "start": "2026-02-01"}]}, "stages[0]",
     "either date or start and end"),
    ({"stages": [{"stage": "paper", "date": "2026-02-01", "end": "2026-02-01"}]}, "stages[0]",
     "either date or start and end"),
    ({"stages": [{"stage": "paper", "start": "x"}]}, "stages[0].start",
     "a date such as 2026-01-20 is expected, not 'x'"),
    ({"stages": [{"stage": "paper", "end": "x"}]}, "stages[0].end", "a date such as 2026-01-20 is expected, not 'x'"),
    ({"stages": [{"stage": "paper", "date": "x"}]}, "stages[0].date", "a date such as 2026-01-20 is expected, not 'x'"),
    ({"weights": 1}, "weights", "a mapping with assessment, interview, paper, track_record is expected, not 1"),
    ({"weights": {"paper": "a"}}, "weights.paper", "a number such as 20 or 22.5 is expected, not 'a'"),
    ({"weights": {"paper": False}}, "weights.paper", "a number such as 20 or 22.5 is expected, not False"),
    ({"weights": {"paper": None}}, "weights.paper", "is missing"),
    ({"weights": {"paper": []}}, "weights.paper", "a number such as 20 or 22.5 is expected, not a list"),
    ({"weights": {"paper": "Infinity"}}, "weights.paper", "a number such as 20 or 22.5 is expected, not 'Infinity'"),
    ({"weights": {"paper": -1000000.5}}, "weights.paper", "a number such as 20 or 22.5 is expected, not -1000000.5"),
    ({"weights": {"paper": "1.0000000001"}}, "weights.paper",
     "a number such as 20 or 22.5 is expected, not '1.0000000001'"),
    ({"weights": {"paper": 10**5000}}, "weights.paper",
     "a number such as 20 or 22.5 is expected, not a number of many digits"),
    ({"committee": [1]}, "committee[0]",
     "a mapping with element, kin_of, name, party_member, role, supervisor_staff is expected, not 1"),
    ({"committee": [{"name": 1}]}, "committee[0].name", "a text is expected, not 1; put it in quotes"),
    ({"committee": [{"element": "ahli"}]}, "committee[0].element",
     "'ahli' is none of internal, related_agency, expert"),
    ({"committee": [{"element": "expert", "role": "ketua"}]}, "committee[0].role",
     "'ketua' is none of chair, secretary, member"),
    ({"committee": [{"element": "expert", "party_member": "no"}]}, "committee[0].party_member",
     "true or false is expected, not 'no'"),
    ({"committee": [{"element": "expert", "supervisor_staff": 0}]}, "committee[0].supervisor_staff",
     "true or false is expected, not 0"),
    ({"committee": [{"element": "expert", "kin_of": "x"}]}, "committee[0].kin_of", "a list is expected, not 'x'"),
    ({"committee": [{"element": "expert", "kin_of": [1]}]}, "committee[0].kin_of[0]",
     "a text is expected, not 1; put it in quotes"),
    ({"committee": [{"element": "expert", "kin_of": [{"of": "x"}]}]}, "committee[0].kin_of[0].relation", "is missing"),
    ({"committee": [{"element": "expert", "kin_of": [{"relation": "cousin"}]}]}, "committee[0].kin_of[0].of",
     "is missing"),
    ({"committee": [{"element": "expert", "kin_of": [{"name": "x"}]}]}, "committee[0].kin_of[0].name",
     "unknown key; known are of, relation"),
    ({"committee": [{"element": "expert", "kin_of": [{"of": 1, "relation": "cousin"}]}]}, "committee[0].kin_of[0].of",
     "a text is expected, not 1; put it in quotes"),
    ({"requirements": {"age": 1}}, "requirements.age",
     ("unknown key; known are age_reference, clean_discipline_years, documents, education, experience_years, "
     "feeder_posts, feeder_years, max_age, min_rank, min_rating, min_remaining_service_months, open_to")),
    ({"requirements": {"max_age": -1}}, "requirements.max_age",
     "a whole number of zero or more is expected, not -1"),
    ({"requirements": {"experience_years": 5.0}}, "requirements.experience_years",
     "a whole number of zero or more is expected, not 5.0"),
    ({"requirements": {"feeder_years": True}}, "requirements.feeder_years",
     "a whole number of zero or more is expected, not True"),
    ({"requirements": {"clean_discipline_years": "3"}}, "requirements.clean_discipline_years",
     "a whole number of zero or more is expected, not '3'"),
    ({"requirements": {"min_remaining_service_months": 1_000_001}}, "requirements.min_remaining_service_months",
     "a whole number of zero or more is expected, not 1000001"),
    ({"requirements": {"age_reference": "x"}}, "requirements.age_reference",
     "a date such as 2026-01-20 is expected, not 'x'"),
    ({"requirements": {"min_rank": "V/a"}}, "requirements.min_rank", "a rank such as IV/a is expected, not 'V/a'"),
    ({"requirements": {"min_rank": 4}}, "requirements.min_rank", "a text is expected, not 4; put it in quotes"),
    ({"requirements": {"education": "kursus"}}, "requirements.education",
     "an education such as S1 is expected, not 'kursus'"),
    ({"requirements": {"education": 1}}, "requirements.education", "a text is expected, not 1; put it in quotes"),
    ({"requirements": {"feeder_posts": ["camat"]}}, "requirements.feeder_posts[0]",
     ("'camat' is none of jpt_utama, jpt_madya, jpt_pratama, administrator, pengawas, jf_ahli_utama, jf_ahli_madya, "
     "jf_ahli_muda, jf_ahli_pertama, other")),
    ({"requirements": {"open_to": ["pppk"]}}, "requirements.open_to[0]",
     "'pppk' is none of pns, non_pns, tni_polri_resigned, tni_polri_active"),
    ({"requirements": {"min_rating": "baik"}}, "requirements.min_rating",
     "'baik' is none of very_good, good, needs_improvement, poor, very_poor"),
    ({"requirements": {"documents": [None]}}, "requirements.documents[0]",
     "a text is expected, not nothing; put it in quotes"),
    ({"applicants_minimum": None, "results": 3}, "results",
     "a mapping with cross_use, names_per_post is expected, not 3"),
    ({"results": {"cross_use": "no"}}, "results.cross_use", "true or false is expected, not 'no'"),
    ({"results": {"names_per_post": "3"}}, "results.names_per_post",
     "a whole number of zero or more is expected, not '3'"),
    ({"approvals": {"plan_approval": 5}}, "approvals.plan_approval", "a text is expected, not 5; put it in quotes"),
    ({"approvals": {"stated": []}}, "approvals.stated",
     ("unknown key; known are dprd_consultation, governor_coordination, home_affairs_consent, plan_approval, "
     "supervisor_consideration, talent_approval")),
    ({"context": {"acting_head": 1}}, "context.acting_head", "true or false is expected, not 1"),
    ({"context": {"head_inaugurated_on": 1}}, "context.head_inaugurated_on",
     "a date such as 2026-01-20 is expected, not 1"),
    ({"context": {"next_candidacy_determination": 1}}, "context.next_candidacy_determination",
     "a date such as 2026-01-20 is expected, not 1"),
    ({"context": {"head": 1}}, "context.head",
     "unknown key; known are acting_head, head_inaugurated_on, next_candidacy_determination"),
]  # fmt: skip


@pytest.mark.parametrize(("mapping", "path", "message"), WRONG)
def test_whatever_is_wrong_is_told_in_full(mapping: dict[Any, Any], path: str, message: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_mapping(mapping)
    assert (caught.value.path, caught.value.message) == (path, message)
    assert str(caught.value) == f"{path}: {message}"


KNOWN: Final = (
    "agency, agency_kind, announcement, applicants_minimum, approvals, committee, context, extensions, filling_route, "
    "level, requirements, results, ruleset, stages, vacancies, weights"
)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("a" * 40, "a" * 40),
        ("a" * 41, "'" + "a" * 39 + "…"),
        ("a\nb", "'a\\nb'"),
        ("é\n", "'\\xe9\\n'"),
        (1, "1"),
        (None, "nothing"),
        (("a",), "a list"),
        (10**40, "1" + "0" * 40),
        (10**40 + 1, "a number of many digits"),
        (-(10**40), "-1" + "0" * 40),
        (-(10**40) - 1, "a number of many digits"),
    ],
)
def test_an_unknown_key_is_shown_short_and_on_one_line(key: object, path: str) -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_mapping({key: 1})
    assert (caught.value.path, caught.value.message) == (path, f"unknown key; known are {KNOWN}")


def test_a_value_that_is_no_plan_is_named() -> None:
    with pytest.raises(PlanError) as caught:
        plan_from_mapping({1, 2})
    assert str(caught.value) == f"plan: a mapping with {KNOWN} is expected, not a list"
