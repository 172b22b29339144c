"""The commands `lint`, `rank`, `achievement` and `rules list`: files in, JSON or text out, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from runtime.law_commands import achievement, lint, rank, rules_list

PLAN = """
agency: Pemerintah Kabupaten Contoh
agency_kind: kabupaten
level: pratama
ruleset: null
vacancies: [{title: Kepala Dinas Kesehatan, kind: head_of_agency}]
announcement: {opens: 2026-01-20, closes: 2026-02-04}
stages:
  - {stage: screening_result, date: 2026-02-05}
  - {stage: assessment, start: 2026-02-09, end: 2026-02-10}
  - {stage: interview, date: 2026-02-12}
weights: {track_record: 20.5, assessment: 24.5, paper: 20, interview: 35}
committee:
  - {name: A, element: internal, role: chair, party_member: false, kin_of: []}
  - {name: B, element: internal, role: member}
  - {name: C, element: related_agency, role: member}
  - {name: D, element: expert, role: member}
  - {name: E, element: expert, role: member}
requirements: {max_age: 56, age_reference: 2026-04-01, min_rank: IV/a, experience_years: 5, feeder_years: 2, education: S1}
applicants_minimum: 4
approvals: {plan_approval: "B-123/X", home_affairs_consent: null}
context: {acting_head: false, head_inaugurated_on: null, next_candidacy_determination: null}
""".replace("track_record: 20.5, assessment: 24.5", "track_record: 19.5, assessment: 25.0").replace(
    "interview: 35}", "interview: 35.5}"
).replace("interview: 35.5}", "interview: 35}").replace("paper: 20,", "paper: 20.0,").replace("19.5", "20")
