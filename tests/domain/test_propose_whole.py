"""Whole proposals: every step with its dates, reasons in both languages, rule, article and standing."""

from datetime import date
from typing import Any, Final

import pytest
from sample_plan import LAWFUL

import regulations
from domain.plan import plan_from_mapping, plan_to_mapping
from domain.propose import Proposal, propose
from domain.rules import RuleSet
from records.calendars import build_calendar
from tests.altered import with_values

CALENDAR: Final = build_calendar("Asia/Jakarta", range(2025, 2028))
RULES: Final = regulations.load("id-pns-2020")
SUNDAY: Final = date(2026, 3, 1)
Step = tuple[str, str | None, str | None, str, str, str, str, str]

# The sample plan, published on Tuesday 20 January. 16 and 17 February are free, and 18 to 24 March.
SHORT: Final[list[Step]] = [
    ("announcement", "2026-01-20", "2026-02-04",
     "Diumumkan pada hari kerja dan ditutup 15 hari kalender sesudahnya, menurut hitungan ketat.",
     "Published on a working day and closed 15 calendar days later, counted strictly.",
     "announcement.min_calendar_days", "PP 11/2017 Pasal 117 ayat (2)", "read"),
    ("screening_result", "2026-02-05", "2026-02-05",
     ("Hasil seleksi administrasi, paling cepat 1 hari kerja sesudah penutupan 4 Februari 2026: hari kerja pertama "
      "sesudah 4 Februari 2026."),
     ("The result of the screening, at the earliest 1 working day(s) after the closing on 2026-02-04: the first "
      "working day after 2026-02-04."),
     "selter.propose.screening_working_days",
     "Pilihan Selter (bukan ketentuan); hasil administrasi sehari sesudah penutupan (Gianyar 2025)", "derived"),
    ("assessment", "2026-02-06", "2026-02-09",
     "Asesmen kompetensi: hari kerja pertama sesudah 5 Februari 2026, selama 2 hari kerja.",
     "assessment: the first working day after 2026-02-05, for 2 working days.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("paper", "2026-02-10", "2026-02-10",
     "Penulisan makalah: hari kerja pertama sesudah 9 Februari 2026.",
     "paper: the first working day after 2026-02-09.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("interview", "2026-02-11", "2026-02-11",
     "Wawancara akhir: hari kerja pertama sesudah 10 Februari 2026.",
     "interview: the first working day after 2026-02-10.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("health", "2026-02-12", "2026-02-12",
     "Tes kesehatan: hari kerja pertama sesudah 11 Februari 2026.",
     "health: the first working day after 2026-02-11.",
     "stages.required", "PP 11/2017 Pasal 120 ayat (5)", "read"),
    ("supervisor_report", "2026-02-12", "2026-02-23",
     "Tiga nama dikirim kepada BKN dan dijawab; dalam praktik 5 hari kerja sejak 12 Februari 2026.",
     "The three names are sent to BKN, which answers; in practice 5 working days from 2026-02-12.",
     "selter.propose.supervisor_working_days",
     "Pilihan Selter (bukan ketentuan); BKN dalam praktik sekitar lima hari (Bengkulu dan Blitar 2025)", "derived"),
    ("final_result", "2026-02-24", "2026-02-24",
     "Hasil akhir diumumkan: hari kerja pertama sesudah 23 Februari 2026.",
     "The final result is announced: the first working day after 2026-02-23.",
     "result.publish", "Praktik (Mukomuko 2026, Blitar 2025)", "secondary"),
    ("ppk_report", "2026-02-25", "2026-02-25",
     "Tiga nama disampaikan kepada PPK: hari kerja pertama sesudah 24 Februari 2026.",
     "The three names go to the PPK: the first working day after 2026-02-24.",
     "appointing_authority.pratama", "PP 11/2017 Pasal 127 ayat (1)-(2)", "read"),
    ("choice", "2026-02-26", "2026-02-26",
     "Satu nama dipilih, paling lambat 11 Maret 2026: hari kerja pertama sesudah 25 Februari 2026.",
     "One name is chosen, by 2026-03-11 at the latest: the first working day after 2026-02-25.",
     "ppk.decision_working_days", "UU 30/2014 Pasal 53 ayat (2)", "derived"),
    ("recommendation", "2026-02-27", "2026-03-06",
     "Rekomendasi BKN mendahului pelantikan; dalam praktik 5 hari kerja sejak 27 Februari 2026.",
     "BKN's recommendation comes before the inauguration; in practice 5 working days from 2026-02-27.",
     "bkn.recommendation_before_inauguration", "Praktik rekomendasi BKN lewat I-MUT (gerbang G4)", "secondary"),
    ("decree", "2026-03-09", "2026-03-09",
     "Hari kerja pertama sesudah semua syarat terpenuhi 6 Maret 2026.",
     "The first working day after everything needed is there on 2026-03-06.",
     "appointing_authority.pratama", "PP 11/2017 Pasal 127 ayat (1)-(2)", "read"),
    ("inauguration", "2026-03-10", "2026-03-10",
     "Hari kerja pertama sesudah keputusan 9 Maret 2026, paling lambat 8 April 2026.",
     "The first working day after the decree of 2026-03-09, by 2026-04-08 at the latest.",
     "inauguration.max_days_after_sk", "Perka BKN 7/2017", "secondary"),
    ("age_reference", "2026-03-10", "2026-03-10",
     "Umur dihitung menurut jadwal ini.",
     "Ages are counted by this timetable.",
     "candidate.age_reference", "Praktik pengumuman (Jombang 2026, Banjarbaru 2025)", "secondary"),
]  # fmt: skip

# A secretary of the region and one of the council under a new head, nothing approved yet: it begins on Monday 2 March.
# 3 April and 1 May are free; the head was inaugurated on 20 February, so nobody is replaced before 21 August.
OF_A_NEW_HEAD: Final[dict[str, Any]] = {
    "announcement": ...,
    "approvals": ...,
    "requirements": ...,
    "context": {"head_inaugurated_on": "2026-02-20"},
    "vacancies": [{"title": "Sekretaris Daerah", "kind": "sekda"}, {"title": "Sekretaris DPRD", "kind": "sekwan"}],
    "stages": [
        {"stage": "document_check", "start": "2026-02-05", "end": "2026-02-06"},
        {"stage": "track_record", "start": "2026-02-02", "end": "2026-02-06"},
        {"stage": "assessment", "start": "2026-02-09", "end": "2026-02-11"},
        {"stage": "top_three", "date": "2026-02-13"},
        {"stage": "objection", "start": "2026-02-20", "end": "2026-02-24"},
    ],
}
LONG: Final[list[Step]] = [
    ("plan_approval", "2026-03-02", "2026-03-09",
     "BKN menyetujui rencana sebelum pengumuman; dalam praktik 5 hari kerja.",
     "BKN approves the plan before the announcement; in practice 5 working days.",
     "plan.bkn_approval_required", "Praktik persetujuan BKN atas rencana seleksi (gerbang G1)", "secondary"),
    ("announcement", "2026-03-10", "2026-03-25",
     "Diumumkan pada hari kerja dan ditutup 15 hari kalender sesudahnya, menurut hitungan ketat.",
     "Published on a working day and closed 15 calendar days later, counted strictly.",
     "announcement.min_calendar_days", "PP 11/2017 Pasal 117 ayat (2)", "read"),
    ("document_check", "2026-03-26", "2026-03-27",
     "Pemeriksaan berkas: hari kerja pertama sesudah 25 Maret 2026, selama 2 hari kerja.",
     "document_check: the first working day after 2026-03-25, for 2 working days.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("track_record", "2026-03-26", "2026-04-01",
     "Penelusuran rekam jejak: hari kerja pertama sesudah 25 Maret 2026, selama 5 hari kerja.",
     "track_record: the first working day after 2026-03-25, for 5 working days.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("screening_result", "2026-03-30", "2026-03-30",
     ("Hasil seleksi administrasi, paling cepat 1 hari kerja sesudah penutupan 25 Maret 2026: hari kerja pertama "
      "sesudah 27 Maret 2026."),
     ("The result of the screening, at the earliest 1 working day(s) after the closing on 2026-03-25: the first "
      "working day after 2026-03-27."),
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("assessment", "2026-03-31", "2026-04-02",
     "Asesmen kompetensi: hari kerja pertama sesudah 30 Maret 2026, selama 3 hari kerja.",
     "assessment: the first working day after 2026-03-30, for 3 working days.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("interview", "2026-04-06", "2026-04-06",
     "Wawancara akhir: hari kerja pertama sesudah 2 April 2026.",
     "interview: the first working day after 2026-04-02.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("top_three", "2026-04-07", "2026-04-07",
     "Penetapan tiga besar: hari kerja pertama sesudah 6 April 2026.",
     "top_three: the first working day after 2026-04-06.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("health", "2026-04-08", "2026-04-08",
     "Tes kesehatan: hari kerja pertama sesudah 7 April 2026.",
     "health: the first working day after 2026-04-07.",
     "stages.required", "PP 11/2017 Pasal 120 ayat (5)", "read"),
    ("supervisor_report", "2026-04-08", "2026-04-15",
     "Tiga nama dikirim kepada BKN dan dijawab; dalam praktik 5 hari kerja sejak 8 April 2026.",
     "The three names are sent to BKN, which answers; in practice 5 working days from 2026-04-08.",
     "selter.propose.supervisor_working_days",
     "Pilihan Selter (bukan ketentuan); BKN dalam praktik sekitar lima hari (Bengkulu dan Blitar 2025)", "derived"),
    ("final_result", "2026-04-16", "2026-04-16",
     "Hasil akhir diumumkan: hari kerja pertama sesudah 15 April 2026.",
     "The final result is announced: the first working day after 2026-04-15.",
     "result.publish", "Praktik (Mukomuko 2026, Blitar 2025)", "secondary"),
    ("objection", "2026-04-17", "2026-04-21",
     "Masa sanggah: hari kerja pertama sesudah 16 April 2026, selama 3 hari kerja.",
     "objection: the first working day after 2026-04-16, for 3 working days.",
     "stages.order", "PP 11/2017 Pasal 113 dan Pasal 120 ayat (5)", "read"),
    ("ppk_report", "2026-04-22", "2026-04-22",
     "Tiga nama disampaikan kepada PPK: hari kerja pertama sesudah 21 April 2026.",
     "The three names go to the PPK: the first working day after 2026-04-21.",
     "appointing_authority.pratama", "PP 11/2017 Pasal 127 ayat (1)-(2)", "read"),
    ("choice", "2026-04-23", "2026-04-23",
     "Satu nama dipilih, paling lambat 7 Mei 2026: hari kerja pertama sesudah 22 April 2026.",
     "One name is chosen, by 2026-05-07 at the latest: the first working day after 2026-04-22.",
     "ppk.decision_working_days", "UU 30/2014 Pasal 53 ayat (2)", "derived"),
    ("recommendation", "2026-04-24", "2026-05-04",
     "Rekomendasi BKN mendahului pelantikan; dalam praktik 5 hari kerja sejak 24 April 2026.",
     "BKN's recommendation comes before the inauguration; in practice 5 working days from 2026-04-24.",
     "bkn.recommendation_before_inauguration", "Praktik rekomendasi BKN lewat I-MUT (gerbang G4)", "secondary"),
    ("consultation", "2026-04-24", "2026-05-04",
     "Koordinasi dengan Gubernur mendahului pengangkatan; dalam praktik 5 hari kerja sejak 24 April 2026.",
     "Coordination with the Governor comes before the appointment; in practice 5 working days from 2026-04-24.",
     "consult.sekda", "PP 11/2017 Pasal 127 ayat (3)", "read"),
    ("consultation", "2026-04-24", "2026-05-04",
     "Koordinasi dengan pimpinan DPRD mendahului pengangkatan; dalam praktik 5 hari kerja sejak 24 April 2026.",
     ("Coordination with the council's leadership comes before the appointment; in practice 5 working days from "
      "2026-04-24."),
     "consult.sekwan", "PP 11/2017 Pasal 127 ayat (4)", "read"),
    ("decree", "2026-08-21", "2026-08-21",
     "Hari sah pertama: hari kerja pertama sesudah masa larangan berakhir 20 Agustus 2026.",
     "The first lawful day: the first working day after the restriction ends on 2026-08-20.",
     "political_window.after_inauguration_months", "UU 10/2016 Pasal 162 ayat (3)", "read"),
    ("inauguration", "2026-08-24", "2026-08-24",
     "Hari kerja pertama sesudah keputusan 21 Agustus 2026, paling lambat 20 September 2026.",
     "The first working day after the decree of 2026-08-21, by 2026-09-20 at the latest.",
     "inauguration.max_days_after_sk", "Perka BKN 7/2017", "secondary"),
]  # fmt: skip

# Before an election: from 9 March nobody is replaced any more.
NONE: Final[list[Step]] = [
    ("decree", None, None,
     ("Tidak ada jadwal yang sah: keputusan paling cepat 9 Maret 2026, padahal sejak 9 Maret 2026 sampai akhir masa "
      "jabatan kepala daerah pejabat tidak boleh diganti tanpa persetujuan tertulis Mendagri. Hari sah pertama "
      "datang sesudah masa larangan kepala daerah berikutnya berakhir."),
     ("No timetable is lawful: the decree is possible on 2026-03-09 at the earliest, but from 2026-03-09 to the end "
      "of his term the head of region may not replace officials without the Minister's written consent. The first "
      "lawful day comes when the restriction of the next head has ended."),
     "political_window.before_candidacy_months", "UU 10/2016 Pasal 71 ayat (2)", "read"),
]  # fmt: skip


def _proposed(change: dict[str, Any], opens: date | None, rules: RuleSet = RULES) -> Proposal:
    plan = plan_from_mapping({key: value for key, value in (LAWFUL | change).items() if value is not ...})
    return propose(plan, rules, CALENDAR, SUNDAY, opens)


@pytest.mark.parametrize(
    ("change", "opens", "steps"),
    [
        ({}, date(2026, 1, 20), SHORT),
        (OF_A_NEW_HEAD, None, LONG),
        ({"context": {"next_candidacy_determination": "2026-09-09"}}, date(2026, 1, 20), NONE),
    ],
)
def test_every_step_of_a_proposal(change: dict[str, Any], opens: date | None, steps: list[Step]) -> None:
    shown = [step.to_mapping() for step in _proposed(change, opens).steps]
    keys = ("step", "start", "end", "reason", "reason_en", "rule", "citation", "confidence")
    assert shown == [dict(zip(keys, step, strict=True)) for step in steps]


def test_the_plan_of_a_proposal_holds_its_steps() -> None:
    proposed = _proposed({"extensions": ["2026-02-11"]}, date(2026, 1, 20)).plan
    assert proposed is not None
    changed = {
        "announcement": {"opens": "2026-01-20", "closes": "2026-02-04"},
        "stages": [
            {"stage": "screening_result", "date": "2026-02-05"},
            {"stage": "assessment", "start": "2026-02-06", "end": "2026-02-09"},
            {"stage": "paper", "date": "2026-02-10"},
            {"stage": "interview", "date": "2026-02-11"},
            {"stage": "health", "date": "2026-02-12"},
            {"stage": "supervisor_report", "start": "2026-02-12", "end": "2026-02-23"},
            {"stage": "final_result", "date": "2026-02-24"},
            {"stage": "ppk_report", "date": "2026-02-25"},
            {"stage": "choice", "date": "2026-02-26"},
            {"stage": "recommendation", "start": "2026-02-27", "end": "2026-03-06"},
            {"stage": "decree", "date": "2026-03-09"},
            {"stage": "inauguration", "date": "2026-03-10"},
        ],
        "requirements": LAWFUL["requirements"] | {"age_reference": "2026-03-10"},
    }
    assert proposed == plan_from_mapping(LAWFUL | changed)
    assert plan_to_mapping(proposed)["stages"] == changed["stages"]


def test_a_plan_that_cannot_be_held_is_not_proposed() -> None:
    assert _proposed({"context": {"next_candidacy_determination": "2026-09-09"}}, date(2026, 1, 20)).plan is None


@pytest.mark.parametrize(
    ("days", "decree", "inauguration"),
    [
        (  # Friday 27 February; the following Monday is three days later
            3,
            ("2026-02-27", "appointing_authority.pratama",
             "Hari kerja pertama sesudah semua syarat terpenuhi 26 Februari 2026.",
             "The first working day after everything needed is there on 2026-02-26."),
            ("2026-03-02", "Hari kerja pertama sesudah keputusan 27 Februari 2026, paling lambat 2 Maret 2026.",
             "The first working day after the decree of 2026-02-27, by 2026-03-02 at the latest."),
        ),
        (
            2,
            ("2026-03-02", "inauguration.max_days_after_sk",
             "Hari kerja pertama yang pelantikannya tidak terlambat.",
             "The first working day after which the inauguration is not late."),
            ("2026-03-03", "Hari kerja pertama sesudah keputusan 2 Maret 2026, paling lambat 4 Maret 2026.",
             "The first working day after the decree of 2026-03-02, by 2026-03-04 at the latest."),
        ),
        (
            0,
            ("2026-02-27", "appointing_authority.pratama",
             "Hari kerja pertama sesudah semua syarat terpenuhi 26 Februari 2026.",
             "The first working day after everything needed is there on 2026-02-26."),
            ("2026-02-27", "Pada hari keputusan itu juga, paling lambat 27 Februari 2026.",
             "On the day of the decree itself, by 2026-02-27 at the latest."),
        ),
    ],
)  # fmt: skip
def test_the_inauguration_follows_the_decree_as_near_as_the_rule_asks(
    days: int, decree: tuple[str, ...], inauguration: tuple[str, ...]
) -> None:
    near = with_values(RULES, {"inauguration.max_days_after_sk": days, "bkn.recommendation_before_inauguration": False})
    one, other, _ = _proposed({}, date(2026, 1, 20), near).steps[-3:]
    assert (str(one.start), one.rule, one.reason, one.reason_en) == decree
    assert (str(other.start), other.reason, other.reason_en) == inauguration
    assert other.rule == "inauguration.max_days_after_sk"


def test_a_day_of_receipt_that_counts_leaves_no_day_after_the_decree() -> None:
    first_day_counts = with_values(
        RULES, {"inauguration.max_days_after_sk": 0, "calendar.day_zero": "receipt_date_counted"}
    )
    decree, inauguration, _ = _proposed({}, date(2026, 1, 20), first_day_counts).steps[-3:]
    assert (str(decree.start), str(inauguration.start)) == ("2026-03-09", "2026-03-09")


def test_a_decree_after_a_restriction_may_wait_for_its_inauguration() -> None:
    # The restriction ends on Thursday 26 March; on Friday the decree would leave no working day within two days.
    near = with_values(RULES, {"inauguration.max_days_after_sk": 2})
    decree, inauguration, _ = _proposed(
        {"context": {"head_inaugurated_on": "2025-09-26"}}, date(2026, 1, 20), near
    ).steps[-3:]
    assert (str(decree.start), decree.rule) == ("2026-03-30", "inauguration.max_days_after_sk")
    assert str(inauguration.start) == "2026-03-31"


def test_a_screening_of_no_days_lasts_one_and_an_own_step_on_a_day_off_as_well() -> None:
    at_once = with_values(RULES, {"selter.propose.screening_working_days": 0})
    weekend = [{"stage": "interview", "start": "2026-02-14", "end": "2026-02-15"}]
    steps = {s.step: s for s in _proposed({"stages": weekend}, date(2026, 1, 20), at_once).steps}
    screening, interview = steps["screening_result"], steps["interview"]
    assert (str(screening.start), "paling cepat 1 hari kerja" in screening.reason) == ("2026-02-05", True)
    assert (str(interview.start), str(interview.end)) == ("2026-02-09", "2026-02-09")
    slow = with_values(RULES, {"selter.propose.screening_working_days": 3})
    screening = _proposed({}, date(2026, 1, 20), slow).steps[1]
    assert (str(screening.start), "paling cepat 3 hari kerja" in screening.reason) == ("2026-02-09", True)
