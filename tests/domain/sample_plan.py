"""A lawful selection plan, from which tests deviate."""

from typing import Any, Final

MEMBERS: Final[list[dict[str, Any]]] = [
    {"name": "Anggota 1", "element": "internal", "role": "chair", "party_member": False, "kin_of": []},
    {"name": "Anggota 2", "element": "internal", "role": "secretary", "party_member": False},
    {"name": "Anggota 3", "element": "related_agency", "role": "member"},
    {"name": "Anggota 4", "element": "expert", "role": "member"},
    {"name": "Anggota 5", "element": "expert", "role": "member"},
    {"name": "Anggota 6", "element": "expert", "role": "member"},
    {"name": "Anggota 7", "element": "expert", "role": "member"},
    {"name": "Anggota 8", "element": "expert", "role": "member"},
    {"name": "Anggota 9", "element": "expert", "role": "member"},
    {"name": "Anggota 10", "element": "expert", "role": "member"},
    {"name": "Anggota 11", "element": "expert", "role": "member"},
]
LAWFUL: Final[dict[str, Any]] = {
    "agency": "Pemerintah Kabupaten Contoh",
    "agency_kind": "kabupaten",
    "level": "pratama",
    "ruleset": None,
    "vacancies": [{"title": "Kepala Dinas Kesehatan", "kind": "head_of_agency"}],
    "announcement": {"opens": "2026-01-20", "closes": "2026-02-04"},
    "stages": [
        {"stage": "screening_result", "date": "2026-02-05"},
        {"stage": "assessment", "start": "2026-02-09", "end": "2026-02-10"},
        {"stage": "paper", "date": "2026-02-11"},
        {"stage": "interview", "date": "2026-02-12"},
        {"stage": "final_result", "date": "2026-02-13"},
        {"stage": "inauguration", "date": "2026-04-01"},
    ],
    "weights": {"track_record": 20, "assessment": 25, "paper": 20, "interview": 35},
    "committee": MEMBERS[:5],
    "requirements": {
        "max_age": 56,
        "age_reference": "2026-04-01",
        "min_rank": "IV/a",
        "experience_years": 5,
        "feeder_years": 2,
        "education": "S1",
    },
    "applicants_minimum": 4,
    "approvals": {"plan_approval": "B-123/X", "home_affairs_consent": None},
    "context": {"acting_head": False, "head_inaugurated_on": None, "next_candidacy_determination": None},
}
