"""Appointment: ranking and minutes, the three names, clearance, choice, decree and inauguration."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sqlmodel import col, select

from domain import letters
from domain.deadlines import selection as deadlines
from domain.deadlines.performance import contract_after_inauguration
from domain.law.appeals import Decider, Decision, remedy
from domain.law.appointment import may_choose
from domain.law.authority import acting_head_needs_minister, appointing_authority, ppk_appoints
from domain.law.results import names_known, too_few_names
from domain.numbers import half_up
from domain.plan import Level
from domain.ranking import Ranking as RankingResult
from domain.ranking import ScoreRow, shortlist_size
from domain.refusals import Refused
from domain.rules import refuse
from domain.scoring.examination import Inputs, examine
from domain.scoring.panel import divergence_limit, divergences
from domain.selection import Lane
from domain.switches import Switch
from domain.words import Clearance, DocumentKind, HoldingKind, Role, Stage
from records import journal, terms
from records.acts import ceremony, scoring
from records.acts.acting import Acting, Recorder, signature, tanggal
from records.acts.announcement import COMPONENT_TITLES
from records.acts.round import COMMITTEE_UNIT, Round, as_applicant, local, post_facts, weights_of
from records.assignments import people_by_id
from records.documents import COMMITTEE, DECREES
from records.tables import Application, Assignment, Document, Person, Ranking, Vacancy

_SCORED: Final = (Stage.ASSESSMENT, Stage.INTERVIEW)


def enter(acting: Acting, round_: Round, vacancy: Vacancy) -> None:
    """A vacancy enters appointment: the final ranking is computed and the minutes are written for signature."""
    acting.lift(f"interview/{vacancy.id}", f"choice/{vacancy.id}")
    round_.stage_due(vacancy.id, "appointment", "final_result")
    candidates = round_.in_play(vacancy.id, Stage.APPOINTMENT)
    ranking = scoring.ranked(acting, round_, vacancy, _SCORED, Stage.APPOINTMENT, candidates)
    minutes = _minutes(acting, round_, vacancy, candidates, ranking)
    acting.data.setdefault("minutes", {})[vacancy.id] = minutes.id
    acting.data.setdefault("signers", {})[vacancy.id] = [person.id for person, _ in round_.committee]


def _minutes(
    acting: Acting, round_: Round, vacancy: Vacancy, candidates: list[Application], ranking: RankingResult
) -> Document:
    people = round_.people(candidates)
    names = {a.id: people[a.person_id].name for a in candidates}
    components = weights_of(round_.selection)
    rows = tuple(
        letters.ScoreRow(
            "" if r.rank is None else str(r.rank),
            names[r.candidate],
            tuple(_shown(r.components.get(c)) for c in components),
            "absent" if r.total is None else str(r.total),
        )
        for r in ranking.ranking
    )
    return acting.issue(
        DocumentKind.MINUTES,
        f"Berita acara hasil akhir {vacancy.title}",
        COMMITTEE,
        [signature("Ketua Panitia Seleksi", round_.chair)],
        letters.Minutes,
        unit=COMMITTEE_UNIT,
        wants_pdf=True,
        post=vacancy.title,
        stage="Hasil akhir seleksi",
        held_on=acting.today.isoformat(),
        members=tuple(signature(_title(a), p) for p, a in round_.committee),
        components=tuple(letters.WeightRow(COMPONENT_TITLES[c], round_.selection.weights[c]) for c in components),
        rows=rows,
        notes=(*_notes(acting, candidates, names, ranking), *_explained(acting, round_, vacancy, candidates, ranking)),
        ranking_sha256=ranking.sha256,
        audit_hash=acting.writer.chain_hash(acting.case.agency_id),
    )


def _title(assignment: Assignment) -> str:
    titles = {"chair": "Ketua", "secretary": "Sekretaris", "member": "Anggota"}
    return f"{titles[assignment.position]} Panitia Seleksi"


def _notes(
    acting: Acting, candidates: list[Application], names: Mapping[str, str], ranking: RankingResult
) -> tuple[str, ...]:
    recused = scoring.recusals(acting, candidates)
    judges = people_by_id(acting.session, [person for person, _ in recused])
    notes = [f"{judges[p].name} tidak menilai {names[a]} karena benturan kepentingan." for p, a in sorted(recused)]
    for tie in ranking.ties:
        tied = " dan ".join(names[c] for c in tie.candidates)
        by = ", ".join(COMPONENT_TITLES[c] for c in tie.broken_by)
        broken = f"diputus menurut {by}" if by else "berbagi peringkat"
        notes.append(f"Nilai {tied} sama ({tie.total}); {broken}.")
    return tuple(notes)


def _shown(score: Decimal | None) -> str:
    """A component's score as the minutes print it: two decimals, half up."""
    return "absent" if score is None else str(half_up(score))


def _explained(
    acting: Acting, round_: Round, vacancy: Vacancy, candidates: list[Application], ranking: RankingResult
) -> tuple[str, ...]:
    """How sure the ranking is: how many scores the assessors disagreed on, and the whole in a citizen's words."""
    sheets = scoring.panel_sheets(acting, round_, vacancy.id, _SCORED, candidates)
    apart, limit = divergences(sheets, acting.rules), divergence_limit(acting.rules)
    notes = [f"Pada {len(apart)} nilai, penilai terpaut lebih dari {limit.normalize():f} poin."] if apart else []
    weights = {c: Decimal(w) for c, w in round_.selection.weights.items()}
    rows = [ScoreRow(r.candidate, r.components) for r in ranking.ranking]
    return (*notes, examine(ranking, Inputs(rows, weights, sheets=sheets), acting.rules).sentences.id)


def sign_minutes(acting: Acting) -> None:
    """A member signs the minutes by their hash."""
    round_ = Round(acting)
    document = acting.session.get(Document, acting.arguments["document_id"])
    for _vacancy, lane in round_.chosen():
        if document is None or document.id != lane.minutes:
            raise Refused("not-the-minutes")
        if document.inputs_sha256 != acting.arguments["sha256"]:
            raise Refused("hash-differs", expected=document.inputs_sha256)
    acting.data["person_id"] = acting.intent.person_id


def submit_shortlist(acting: Acting) -> None:
    """Send the best three through the PyB to the PPK, alphabetically and without scores."""
    round_ = Round(acting)
    acting.data["shortlist"] = {}
    for vacancy, lane in round_.chosen():
        top = _top(acting, vacancy, lane.repeat(Stage.APPOINTMENT))
        wanted = shortlist_size(acting.rules)
        if too_few_names(len(top), wanted, acting.rules):
            raise refuse(acting.rules, "result.if_fewer_than_3", "fewer-than-three", found=len(top), wanted=wanted)
        acting.data["shortlist"][vacancy.id] = top
        acting.lift(f"appointment/{vacancy.id}")
        due = deadlines.choice(acting.calendar, acting.today, acting.rules)
        acting.due_by(f"choice/{vacancy.id}", due, subject=vacancy.id)
        _send_shortlist(acting, round_, vacancy, lane.minutes, top)
        if names_known(replace(lane, shortlisted=True), acting.rules):
            _publish_names(acting, round_, vacancy)


def _top(acting: Acting, vacancy: Vacancy, repeat: int) -> list[str]:
    """The application ids of the best, from the kept ranking."""
    query = select(Ranking).where(
        col(Ranking.vacancy_id) == vacancy.id,
        col(Ranking.stage) == Stage.APPOINTMENT,
        col(Ranking.repeat) == repeat,
    )
    rows = acting.session.exec(query).one().result["ranking"]
    gone = {a.id for a in _withdrawn(acting, vacancy)}
    ranked = [r for r in rows if r["rank"] is not None and r["candidate"] not in gone]
    wanted = shortlist_size(acting.rules)
    if len(ranked) > wanted and ranked[wanted]["rank"] == ranked[wanted - 1]["rank"]:
        raise refuse(acting.rules, "tie_break", "tie-at-the-cut", rank=str(ranked[wanted]["rank"]))
    return [r["candidate"] for r in ranked[:wanted]]


def _withdrawn(acting: Acting, vacancy: Vacancy) -> list[Application]:
    query = select(Application).where(
        col(Application.vacancy_id) == vacancy.id, col(Application.withdrawn_at).is_not(None)
    )
    return list(acting.session.exec(query))


def _send_shortlist(acting: Acting, round_: Round, vacancy: Vacancy, minutes_id: str, top: list[str]) -> None:
    applications = [a for a in round_.applicants([vacancy.id]) if a.id in top]
    people = round_.people(applications)
    candidates = sorted((as_applicant(people[a.person_id], a) for a in applications), key=lambda c: c.name)
    ppk, pyb = acting.one(Role.PPK), acting.one(Role.PYB)
    document = acting.issue(
        DocumentKind.SHORTLIST_LETTER,
        f"Penyampaian tiga nama {vacancy.title}",
        COMMITTEE,
        [signature("Ketua Panitia Seleksi", round_.chair)],
        letters.ShortlistLetter,
        unit=COMMITTEE_UNIT,
        wants_pdf=True,
        addressee=f"{acting.agency.head_title} selaku Pejabat Pembina Kepegawaian",
        through=f"{pyb.position or 'Sekretaris Daerah'} selaku Pejabat yang Berwenang",
        post=vacancy.title,
        candidates=tuple(candidates),
        minutes_number=acting.session.get_one(Document, minutes_id).number,
    )
    rule = acting.rules.rule("ppk.choice_limited_to_top3").citation
    facts = post_facts(vacancy, number=document.number, date=acting.today.isoformat(), rule=rule)
    acting.mail("shortlist_submitted", [ppk.id, pyb.id], facts, [document.id], cause=f"/{vacancy.id}")


def record_clearance(acting: Acting) -> None:
    """Note another authority's letter; with the supervisor's, the names become public, if they are not yet."""
    if not acting.arguments.get("granted", True):
        raise Refused("clearance-refused", kind=str(acting.arguments["kind"]))
    round_ = Round(acting)
    kind = acting.arguments["kind"]
    acting.data.update(kind=kind, number=acting.arguments["number"], issued_on=str(acting.arguments["issued_on"]))
    if date.fromisoformat(str(acting.arguments["issued_on"])) > acting.today:
        raise Refused("date-in-future", date=str(acting.arguments["issued_on"]))
    if kind != Clearance.APPOINTMENT:
        return
    for vacancy, lane in round_.chosen():
        if not names_known(lane, acting.rules):
            _publish_names(acting, round_, vacancy)


def _publish_names(acting: Acting, round_: Round, vacancy: Vacancy) -> None:
    applications = round_.in_play(vacancy.id, Stage.APPOINTMENT)
    facts = post_facts(vacancy, date=acting.today.isoformat(), rule=acting.rules.rule("result.publish").citation)
    acting.mail("shortlist_published", [a.person_id for a in applications], facts, cause=f"/{vacancy.id}")


def choose(acting: Acting) -> None:
    """The PPK chooses one of the three, with a reason; an acting head needs the consent that the law asks for."""
    round_ = Round(acting)
    ((vacancy, lane),) = round_.chosen()
    application_id = acting.arguments["application_id"]
    application = acting.session.get(Application, application_id)
    if application is None or application.vacancy_id != vacancy.id or application.withdrawn_at is not None:
        raise refuse(acting.rules, "ppk.choice_limited_to_top3", "not-shortlisted")
    if not may_choose(application_id, _submitted(acting, vacancy), acting.rules):
        raise refuse(acting.rules, "ppk.choice_limited_to_top3", "not-shortlisted")
    _require_authority(acting, round_, lane)
    acting.data["application_id"] = application_id
    acting.lift(f"choice/{vacancy.id}")
    facts = post_facts(vacancy, date=acting.today.isoformat())
    acting.mail("chosen", [application.person_id], facts)


def _submitted(acting: Acting, vacancy: Vacancy) -> list[str]:
    """The names that lie before the PPK: those submitted last, whoever has moved up in the ranking since."""
    rows = [r for r in journal.entries_of(acting.session, acting.case.key) if r.act == "submit_shortlist"]
    named: list[str] = next(r.data["shortlist"][vacancy.id] for r in reversed(rows) if vacancy.id in r.vacancy_ids)
    return named


def _require_authority(acting: Acting, round_: Round, lane: Lane) -> None:
    """The PPK appoints at this level; an acting head needs the recorded consent of the Minister of Home Affairs."""
    level, rules = Level(round_.selection.level), acting.rules
    if rules.switched(Switch.WHOLE_SELECTION) and not ppk_appoints(level, rules):
        authority = appointing_authority(level, rules)
        raise refuse(rules, f"appointing_authority.{level}", "not-the-authority", authority=authority)
    holding = acting.session.get(Assignment, acting.assignment_id) if acting.assignment_id else None
    if holding is None or Clearance.HOME_AFFAIRS in lane.cleared:
        return
    if acting_head_needs_minister(HoldingKind(holding.kind), rules):
        raise refuse(rules, "acting_head.requires_mendagri_approval", "acting-head")


def issue_decree(acting: Acting) -> None:
    """The numbered decree, mailed to the appointee; the inauguration has its term from here."""
    round_ = Round(acting)
    ((vacancy, lane),) = round_.chosen()
    application = acting.session.get_one(Application, lane.chosen)
    if application.withdrawn_at is not None:
        raise Refused("chosen-withdrew")
    _require_authority(acting, round_, lane)
    person = acting.session.get_one(Person, application.person_id)
    document = _decree(acting, vacancy, as_applicant(person, application), person.id, lane.minutes)
    acting.data["decree"] = {vacancy.id: document.id}
    due = deadlines.inauguration(acting.calendar, acting.today, acting.rules)
    acting.due_by(f"inauguration/{vacancy.id}", due, subject=vacancy.id)
    rule = acting.rules.rule(due.rule).citation
    facts = post_facts(vacancy, number=document.number, date=acting.today.isoformat(), rule=rule)
    acting.mail("decree_issued", [person.id], facts, [document.id])


def _decree(acting: Acting, vacancy: Vacancy, appointee: letters.Person, subject_id: str, minutes_id: str) -> Document:
    ppk = acting.one(Role.PPK)
    open_to = remedy(Decision.APPOINTMENT, Decider.PPK, acting.rules)
    return acting.issue(
        DocumentKind.DECREE,
        f"Keputusan pengangkatan {vacancy.title}",
        DECREES,
        [signature(acting.agency.head_title, ppk)],
        letters.Decree,
        subject_id=subject_id,
        wants_pdf=True,
        subject="Pengangkatan Pegawai Negeri Sipil dalam Jabatan Pimpinan Tinggi Pratama",
        issuer=acting.agency.head_title.upper(),
        considering=(
            f"bahwa jabatan {vacancy.title} perlu diisi melalui seleksi terbuka dan kompetitif;",
            (
                "bahwa yang namanya tercantum dalam keputusan ini memenuhi syarat dan dipilih dari tiga nama yang "
                "disampaikan panitia seleksi;"
            ),
        ),
        recalling=(
            "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara;",
            (
                "Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri Sipil sebagaimana diubah "
                "dengan Peraturan Pemerintah Nomor 17 Tahun 2020;"
            ),
            (
                "Peraturan Menteri PANRB Nomor 15 Tahun 2019 tentang Pengisian Jabatan Pimpinan Tinggi secara Terbuka "
                "dan Kompetitif di Lingkungan Instansi Pemerintah;"
            ),
        ),
        noting=_noting(acting, vacancy, minutes_id),
        person=appointee,
        former_post=appointee.position,
        new_post=vacancy.title,
        effective_on=acting.today.isoformat(),
        remedy=(
            "Keberatan atas keputusan ini dapat diajukan tertulis kepada Pejabat Pembina Kepegawaian paling lama "
            f"{open_to.file} hari kerja sejak diterima ({acting.rules.rule(open_to.rule).citation})."
        ),
        copies=("Badan Kepegawaian Negara", acting.agency.unit),
    )


def _noting(acting: Acting, vacancy: Vacancy, minutes_id: str) -> tuple[str, ...]:
    minutes = acting.session.get_one(Document, minutes_id)
    titles = {
        "appointment": "Rekomendasi pelantikan Badan Kepegawaian Negara",
        "home_affairs": "Persetujuan Menteri Dalam Negeri",
        "governor": "Hasil koordinasi dengan Gubernur",
        "council": "Hasil konsultasi dengan pimpinan DPRD",
    }
    noted = [
        f"{titles[row.data['kind']]} Nomor {row.data['number']} tanggal {tanggal(row.data['issued_on'])};"
        for row in journal.entries_of(acting.session, acting.case.key)
        if row.act == "record_clearance" and vacancy.id in row.vacancy_ids
    ]
    return (f"Berita Acara Panitia Seleksi Nomor {minutes.number};", *noted)


def record_inauguration(acting: Acting) -> None:
    """The inauguration: holding and office term begin, and every candidate is told."""
    round_ = Round(acting)
    ((vacancy, lane),) = round_.chosen()
    on = date.fromisoformat(str(acting.arguments["inaugurated_on"]))
    decree = acting.session.get_one(Document, lane.decree)
    application = acting.session.get_one(Application, lane.chosen)
    ceremony.require_lawful(acting, vacancy, on, decree, application.person_id)
    _take_the_post(acting, application, vacancy)
    superior = vacancy.superior_id or acting.one(Role.PPK).id
    term_key = terms.open_term(
        acting,
        post_id=vacancy.post_id,
        person_id=application.person_id,
        superior_id=superior,
        inaugurated_on=on,
        decree_number=decree.number,
    )
    acting.lift(f"inauguration/{vacancy.id}", f"appointment/{vacancy.id}")
    acting.data.update(inaugurated_on=on.isoformat(), term=term_key, oath=acting.arguments["oath"])
    _tell_all(acting, round_, vacancy, application, on)


def _take_the_post(acting: Acting, application: Application, vacancy: Vacancy) -> None:
    """From here on letters name the appointee by his new post, and by the rank his application proved."""
    person = acting.session.get_one(Person, application.person_id)
    person.rank = application.profile.get("rank") or person.rank
    person.position = vacancy.title
    acting.session.add(person)


def _tell_all(acting: Acting, round_: Round, vacancy: Vacancy, appointee: Application, on: date) -> None:
    deadline = local(acting, contract_after_inauguration(acting.calendar, on, acting.rules).at)
    facts = post_facts(vacancy, date=on.isoformat(), deadline=deadline)
    acting.mail("inaugurated", [appointee.person_id], facts)
    others = [a for a in round_.in_play(vacancy.id, Stage.APPOINTMENT) if a.id != appointee.id]
    rule = acting.rules.rule("result.cross_use_forbidden").citation
    told = post_facts(vacancy, date=acting.today.isoformat(), rule=rule)
    acting.mail("not_chosen", [a.person_id for a in others], told)


RECORDERS: Final[Mapping[str, Recorder]] = MappingProxyType(
    {
        "sign_minutes": sign_minutes,
        "submit_shortlist": submit_shortlist,
        "record_clearance": record_clearance,
        "choose": choose,
        "issue_decree": issue_decree,
        "record_inauguration": record_inauguration,
    }
)
