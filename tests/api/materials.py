"""What the site is furnished with: invented people, a lawful plan, and small real files."""

import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
from PIL import Image

from runtime.settings import PasswordSettings

ZONE = ZoneInfo("Asia/Jakarta")
START = datetime(2027, 1, 4, 9, tzinfo=ZONE)
OPENS, CLOSES = "2027-01-05", "2027-01-20"
PASSWORD = "gunung-kelabu-27"
COST = PasswordSettings(time_cost=1, memory_kib=8, parallelism=1)
DOCUMENTS = [
    {"code": "ppk_recommendation", "title": "Surat rekomendasi PPK", "required": True},
    {"code": "photo", "title": "Pas foto", "required": False},
]
REQUIREMENTS = {
    "max_age": 56,
    "age_reference": "2027-04-01",
    "min_rank": "IV/a",
    "experience_years": 5,
    "feeder_years": 2,
    "education": "S1",
}
PLAN: dict[str, Any] = {
    "announcement": {"opens": OPENS, "closes": CLOSES},
    "timetable": [
        {"step": "screening_result", "start": "2027-01-25"},
        {"step": "assessment", "start": "2027-02-01", "end": "2027-02-02"},
        {"step": "paper", "start": "2027-02-03"},
        {"step": "interview", "start": "2027-02-10"},
        {"step": "final_result", "start": "2027-02-15"},
    ],
    "weights": {"track_record": "20", "assessment": "25", "paper": "20", "interview": "35"},
    "pass_marks": {"assessment": "68"},
    "tie_break": ["interview", "assessment"],
    "applicants_minimum": 4,
    "approvals": {"plan_approval": "B-31415/R-AK.02.03/SD/K/2026"},
    "context": {"acting_head": False},
    "venue": "Aula BKPSDM",
}
AGENCY = {
    "name": "Pemerintah Kabupaten Tirta Wening",
    "kind": "kabupaten",
    "head_title": "Bupati Tirta Wening",
    "unit": "BKPSDM Kabupaten Tirta Wening",
    "address": "Jalan Pandan Arum 7",
    "contact": "(0299) 555 0147",
    "place": "Tirta Wening",
}
SEATS = {
    "chair": ("internal", "chair"),
    "clerk": ("internal", "secretary"),
    "province": ("related_agency", "member"),
    "scholar1": ("expert", "member"),
    "scholar2": ("expert", "member"),
}
OFFICE = {"secretariat": ["secretariat"], "secretariat2": ["secretariat"], "regent": ["ppk"], "deputy": ["pyb"]}
OFFICE |= {"observer": ["observer"]}
PROFILE = {
    "education": "S2",
    "rank": "IV/b",
    "experience_years": 9,
    "positions": [{"kind": "administrator", "title": "Kepala Bidang", "held_from": "2021-02-01", "related": True}],
    "discipline": [],
}


def local(text: str) -> datetime:
    """A local instant out of ISO 8601 without offset."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def pdf(line: str = "surat") -> bytes:
    """A small real PDF; another line gives other bytes."""
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = line
        buffer = io.BytesIO()
        document.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def picture(width: int = 30, height: int = 40, kind: str = "JPEG") -> bytes:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(buffer, kind)
    return buffer.getvalue()
