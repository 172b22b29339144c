"""A lawful plan, and an applicant who meets its requirements."""

from datetime import UTC, datetime
from typing import Any

OPENED = datetime(2027, 1, 11, 2, tzinfo=UTC)  # the draft
PUBLISHED = datetime(2027, 1, 18, 2, tzinfo=UTC)  # a Monday, nine in the morning
PLAN: dict[str, Any] = {
    "announcement": {"opens": "2027-01-18", "closes": "2027-02-02"},
    "timetable": [
        {"step": "screening_result", "start": "2027-02-10"},
        {"step": "assessment", "start": "2027-02-16", "end": "2027-02-17"},
        {"step": "paper", "start": "2027-02-18"},
        {"step": "interview", "start": "2027-02-24", "end": "2027-02-25"},
        {"step": "final_result", "start": "2027-03-03"},
        {"step": "inauguration", "start": "2027-04-01"},
    ],
    "weights": {"track_record": "20", "assessment": "25", "paper": "20", "interview": "35"},
    "pass_marks": {"assessment": "68"},
    "tie_break": ["interview", "assessment", "paper", "track_record"],
    "applicants_minimum": 4,
    "approvals": {"plan_approval": "B-123/X/2027", "home_affairs_consent": None},
    "context": {"acting_head": False, "head_inaugurated_on": "2025-02-20", "next_candidacy_determination": None},
    "venue": "Balai Latihan",
}
REQUIREMENTS: dict[str, Any] = {
    "max_age": 56,
    "age_reference": "2027-04-01",
    "min_rank": "IV/a",
    "experience_years": 5,
    "feeder_years": 2,
    "education": "S1",
}
PAPERS = [
    {"code": "cv", "title": "Daftar riwayat hidup", "required": True},
    {"code": "ppk_recommendation", "title": "Surat rekomendasi PPK", "required": True},
]
PROFILE: dict[str, Any] = {
    "education": "S2",
    "rank": "IV/b",
    "experience_years": 9,
    "positions": [{"kind": "administrator", "held_from": "2020-01-02"}],
    "discipline": [],
}
