"""Published calendars (shared/cases/calendars.json) as plans in lint's format: no date of the source is lost.

A stage keeps the dates at which it was held; `as_planned` takes the published plan's dates where the source tells
both. What the source words freely is given its place in `_STEPS`; other words become `other`.
"""

import json
from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).parents[3] / "shared" / "cases" / "calendars.json"
_STEPS: Final = {
    "pengumuman": "announcement",
    "pendaftaran": "registration",
    "pendaftaran_dibuka_lagi": "registration",
    "perpanjangan": "extension",
    "administrasi": "document_check",
    "administrasi_dan_rekam_jejak": "document_check",
    "administrasi_hasil": "screening_result",
    "rekam_jejak": "track_record",
    "assessment": "assessment",
    "assessment_gelombang_1": "assessment",
    "assessment_hasil": "assessment_result",
    "tes": "assessment",
    "makalah": "paper",
    "kesehatan": "health",
    "psikotes": "psych_test",
    "wawancara": "interview",
    "masa_sanggah": "objection",
    "tiga_besar": "top_three",
    "regulator": "supervisor_report",
    "laporan_BKN": "supervisor_report",
    "rekomendasi_KASN": "supervisor_report",
    "hasil_akhir": "final_result",
    "penyampaian_PPK": "ppk_report",
    "pilihan_PPK": "choice",
    "persetujuan_mendagri": "home_affairs_consent",
    "pelantikan": "inauguration",
    "seleksi_selesai": "other",
}
_COMPONENTS: Final = {
    "rekam_jejak": "track_record",
    "assessment": "assessment",
    "makalah": "paper",
    "wawancara": "interview",
}
_KINDS: Final = {"Pemkab": "kabupaten", "Pemkot": "kota", "Pemprov": "provinsi"}
_OPENING: Final = ("pengumuman", "pendaftaran", "pendaftaran_dibuka_lagi")
_APPLYING: Final = ("pendaftaran", "pendaftaran_dibuka_lagi")


def cases() -> list[dict[str, Any]]:
    """The published calendars; none where the shared folder is absent."""
    return json.loads(SOURCE.read_text(encoding="utf-8"))["selections"] if SOURCE.exists() else []


def as_held(case: dict[str, Any]) -> dict[str, Any]:
    """The calendar as a plan, with the dates at which its stages were held."""
    regency = _KINDS.get(case["institution"].split()[0], "kabupaten")
    sekda = case["post"].startswith("Sekretaris Daerah")
    plan: dict[str, Any] = {
        "agency": case["institution"],
        "agency_kind": regency,
        "level": "madya" if sekda and regency == "provinsi" else "pratama",
        "vacancies": [{"title": case["post"], "kind": "sekda" if sekda else "other"}] * case["n_posts"],
        "announcement": _window(case["stages"]),
        "stages": [_step(stage) for stage in case["stages"]],
    }
    if case["weights_pct"]:
        plan["weights"] = {_COMPONENTS[n]: w for n, w in case["weights_pct"].items()}
    if case["min_applicants_rule"]:
        plan["applicants_minimum"] = case["min_applicants_rule"]["min"]
    consents = [s["note"] for s in case["stages"] if s["stage"] == "persetujuan_mendagri"]
    if consents:
        plan["approvals"] = {"home_affairs_consent": consents[0]}
    return plan


def as_planned(case: dict[str, Any]) -> dict[str, Any]:
    """The calendar as it was published, before stages slipped."""
    return as_held(case | {"stages": [_planned(stage) for stage in case["stages"]]})


def dates_of(case: dict[str, Any]) -> list[tuple[str, str]]:
    """First and last date of every dated stage of the source, in order."""
    return sorted((s["start"], s["end"]) for s in case["stages"] if s["start"])


def dates_in(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """First and last date of every dated stage of a plan, in order."""
    return sorted((s["start"], s["end"]) for s in plan["stages"] if s["start"])


def _step(stage: dict[str, Any]) -> dict[str, Any]:
    return {"stage": _STEPS.get(stage["stage"], "other"), "start": stage["start"], "end": stage["end"]}


def _planned(stage: dict[str, Any]) -> dict[str, Any]:
    start, _, end = stage.get("planned", "").partition("..")
    return stage | {"start": start, "end": end or start} if start else stage


def _window(stages: list[dict[str, Any]]) -> dict[str, Any]:
    """Published with the announcement, or with the opening of the registration; the last registration closes it."""
    opening = [s["start"] for s in stages if s["stage"] in _OPENING and s["start"]]
    closing = [s["end"] for s in stages if s["stage"] in _APPLYING and s["end"]]
    return {"opens": min(opening, default=None), "closes": max(closing, default=None)}
