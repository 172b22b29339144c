"""Appointment: ranking and minutes, the three names, clearance, choice, decree and inauguration."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlmodel import col, select

from domain import dates, letters
from domain.ranking import Ranking as RankingResult
from domain.refusals import Refused
from domain.rules import refuse
from domain.selection import Lane
from domain.words import Clearance, DocumentKind, HoldingKind, Role, Stage
from records import journal, terms
from records.acts import scoring
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
            tuple("absent" if r.components.get(c) is None else f"{r.components[c]:.2f}" for c in components),
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
        notes=_notes(acting, candidates, names, ranking),
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
        wanted = acting.rules.integer("result.top_n")
        if len(top) < wanted:
            raise refuse(acting.rules, "result.if_fewer_than_3", "fewer-than-three", found=len(top), wanted=wanted)
        acting.data["shortlist"][vacancy.id] = top
        acting.lift(f"appointment/{vacancy.id}")
        acting.due_in_working_days(f"choice/{vacancy.id}", "ppk.decision_working_days", subject=vacancy.id)
        _send_shortlist(acting, round_, vacancy, lane.minutes, top)


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
    wanted = acting.rules.integer("result.top_n")
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
    """Note another authority's letter; with the supervisor's, the three names become public."""
    if not acting.arguments.get("granted", True):
        raise Refused("clearance-refused", kind=str(acting.arguments["kind"]))
    round_ = Round(acting)
    kind = acting.arguments["kind"]
    acting.data.update(kind=kind, number=acting.arguments["number"], issued_on=str(acting.arguments["issued_on"]))
    if date.fromisoformat(str(acting.arguments["issued_on"])) > acting.today:
        raise Refused("date-in-future", date=str(acting.arguments["issued_on"]))
    if kind != Clearance.APPOINTMENT:
        return
    for vacancy, _lane in round_.chosen():
        applications = round_.in_play(vacancy.id, Stage.APPOINTMENT)
        rule = acting.rules.rule("result.publish").citation
        facts = post_facts(vacancy, date=acting.today.isoformat(), rule=rule)
        acting.mail("shortlist_published", [a.person_id for a in applications], facts, cause=f"/{vacancy.id}")


def choose(acting: Acting) -> None:
    """The PPK chooses one of the three, with a reason; an acting head needs the consent that the law asks for."""
    round_ = Round(acting)
    ((vacancy, lane),) = round_.chosen()
    application_id = acting.arguments["application_id"]
    application = acting.session.get(Application, application_id)
    if application is None or application_id not in _submitted(acting, vacancy) or application.withdrawn_at is not None:
        raise refuse(acting.rules, "ppk.choice_limited_to_top3", "not-shortlisted")
    _require_authority(acting, lane)
    acting.data["application_id"] = application_id
    acting.lift(f"choice/{vacancy.id}")
    facts = post_facts(vacancy, date=acting.today.isoformat())
    acting.mail("chosen", [application.person_id], facts)


def _submitted(acting: Acting, vacancy: Vacancy) -> list[str]:
    """The names that lie before the PPK: those submitted last, whoever has moved up in the ranking since."""
    rows = [r for r in journal.entries_of(acting.session, acting.case.key) if r.act == "submit_shortlist"]
    named: list[str] = next(r.data["shortlist"][vacancy.id] for r in reversed(rows) if vacancy.id in r.vacancy_ids)
    return named


def _require_authority(acting: Acting, lane: Lane) -> None:
    """An acting head needs the recorded consent of the Minister of Home Affairs."""
    holding = acting.session.get(Assignment, acting.assignment_id) if acting.assignment_id else None
    if holding is not None and holding.kind != HoldingKind.DEFINITIVE and Clearance.HOME_AFFAIRS not in lane.cleared:
        raise refuse(acting.rules, "acting_head.requires_mendagri_approval", "acting-head")


def issue_decree(acting: Acting) -> None:
    """The numbered decree, mailed to the appointee; the inauguration has its term from here."""
    round_ = Round(acting)
    ((vacancy, lane),) = round_.chosen()
    application = acting.session.get_one(Application, lane.chosen)
    if application.withdrawn_at is not None:
        raise Refused("chosen-withdrew")
    _require_authority(acting, lane)
    person = acting.session.get_one(Person, application.person_id)
    document = _decree(acting, vacancy, as_applicant(person, application), person.id, lane.minutes)
    acting.data["decree"] = {vacancy.id: document.id}
    acting.due_in_days(f"inauguration/{vacancy.id}", "inauguration.max_days_after_sk", subject=vacancy.id)
    rule = acting.rules.rule("inauguration.max_days_after_sk").citation
    facts = post_facts(vacancy, number=document.number, date=acting.today.isoformat(), rule=rule)
    acting.mail("decree_issued", [person.id], facts, [document.id])


def _decree(acting: Acting, vacancy: Vacancy, appointee: letters.Person, subject_id: str, minutes_id: str) -> Document:
    ppk = acting.one(Role.PPK)
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
            f"{acting.rules.integer('appeal.keberatan.file_working_days')} hari kerja sejak diterima "
            f"({acting.rules.rule('appeal.keberatan.file_working_days').citation})."
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
    _check_ceremony(acting, on, decree, application.person_id)
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


def _check_ceremony(acting: Acting, on: date, decree: Document, appointee_id: str) -> None:
    if on > acting.today:
        raise Refused("date-in-future", date=on.isoformat())
    if on < decree.issued_on:
        raise Refused("before-decree", date=on.isoformat(), decree=decree.issued_on.isoformat())
    needed = acting.rules.integer("oath.witnesses")
    present = {*acting.arguments["witness_ids"], acting.arguments["officiant_id"]}
    if len(present) != needed + 1 or appointee_id in present:
        raise refuse(acting.rules, "oath.witnesses", "witnesses", needed=str(needed))
    unknown = present - people_by_id(acting.session, list(present)).keys()
    if unknown:
        raise Refused("unknown-person", person=", ".join(sorted(unknown)))


def _tell_all(acting: Acting, round_: Round, vacancy: Vacancy, appointee: Application, on: date) -> None:
    days = acting.rules.integer("pk.due_after_inauguration_days")
    deadline = local(acting, dates.due_after_days(acting.calendar, on, days))
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
