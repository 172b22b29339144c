"""Refusals of acts on a selection."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final[dict[str, RefusalText]] = {
    "window-open": RefusalText(
        409,
        "Masa pendaftaran belum berakhir; baru dapat dilanjutkan setelah {until}.",
        "The application window is still open; go on after {until}.",
    ),
    "enough-applicants": RefusalText(
        409,
        "Jumlah pelamar ({applicants}) sudah mencukupi; perpanjangan tidak diperlukan.",
        "There are enough applicants ({applicants}); no extension is needed.",
    ),
    "too-few-applicants": RefusalText(
        409,
        "Pelamar baru {applicants} orang, belum mencapai jumlah minimal; perpanjang pendaftaran atau tutup jabatan.",
        "Only {applicants} applicants, below the minimum; extend the window or close this vacancy.",
    ),
    "no-more-extensions": RefusalText(
        409,
        "Pendaftaran sudah diperpanjang {times} kali, batas yang diumumkan; tutup jabatan ini.",
        "The window was extended {times} times, the published limit; close this vacancy.",
    ),
    "result-not-announced": RefusalText(
        409,
        "Hasil tahap {stage} belum diumumkan; umumkan dahulu kepada setiap peserta.",
        "The result of stage {stage} is not announced yet; announce it first.",
    ),
    "stage-objections-open": RefusalText(
        409,
        "Masa sanggah atas hasil tahap {stage} berlangsung sampai {until}; tahap berikutnya baru dapat dimulai sesudah "
        "itu.",
        "Objections to the result of stage {stage} are open until {until}; the next stage begins after that.",
    ),
    "already-announced": RefusalText(
        409, "Hasil tahap {stage} sudah diumumkan.", "The result of stage {stage} is already announced."
    ),
    "seals-closed": RefusalText(
        409, "Segel nilai tahap {stage} belum dibuka.", "The sheets of stage {stage} are still sealed."
    ),
    "seals-open": RefusalText(409, "Segel nilai sudah dibuka.", "The seals are already open."),
    "cannot-repeat": RefusalText(
        409,
        "Tahap {stage} tidak dapat diulang dari tahap {present}.",
        "Stage {stage} cannot be repeated from stage {present}.",
    ),
    "just-repeated": RefusalText(
        409,
        "Tahap {stage} baru saja dimulai lagi (ulangan ke-{repeat}) dan belum ada hasilnya.",
        "Stage {stage} has just begun again (repeat {repeat}); nothing has come of it yet.",
    ),
    "chosen-withdrew": RefusalText(
        409,
        "Yang dipilih telah mengundurkan diri; ulangi tahap penetapan agar panitia menyampaikan nama lagi.",
        "The chosen candidate has withdrawn; repeat the appointment stage so that names are submitted again.",
    ),
    "stage-over": RefusalText(409, "Tahap {stage} sudah selesai dinilai.", "Stage {stage} has been scored already."),
    "decree-issued": RefusalText(
        409, "Keputusan pengangkatan sudah ditetapkan.", "The decree has already been issued."
    ),
    "decree-missing": RefusalText(
        409, "Keputusan pengangkatan belum ditetapkan.", "The decree has not been issued yet."
    ),
    "not-a-signer": RefusalText(
        403,
        "Berita acara ini tidak memerlukan tanda tangan Anda.",
        "These minutes do not need your signature.",
    ),
    "minutes-unsigned": RefusalText(
        409,
        "Berita acara belum ditandatangani oleh {missing} anggota panitia.",
        "The minutes still lack {missing} members' signatures.",
    ),
    "clearance-not-needed": RefusalText(
        409,
        "Persetujuan {kind} tidak diperlukan; yang diperlukan: {needed}.",
        "Clearance {kind} is not needed here; needed: {needed}.",
    ),
    "clearance-missing": RefusalText(
        409,
        "Persetujuan berikut belum dicatat: {kinds}.",
        "These clearances are not recorded yet: {kinds}.",
    ),
    "shortlist-missing": RefusalText(
        409, "Tiga nama terbaik belum disampaikan kepada PPK.", "The three names have not been submitted to the PPK."
    ),
    "choice-missing": RefusalText(409, "PPK belum memilih satu nama.", "The PPK has not chosen a name yet."),
    "publish-late": RefusalText(
        409,
        "Tanggal pembukaan {opens} sudah lewat (hari ini {today}); perbarui jadwal dahulu.",
        "The opening date {opens} has passed (today is {today}); update the timetable first.",
    ),
    "plan-incomplete": RefusalText(
        422, "Rencana belum lengkap; yang belum diisi: {missing}.", "The plan is incomplete; missing: {missing}."
    ),
    "plan-unlawful": RefusalText(
        422,
        "Rencana belum dapat diumumkan ({count} temuan): {finding} (pada {path}).",
        "The plan cannot be published ({count} findings): {finding} (at {path}).",
    ),
    "objection-clock-runs": RefusalText(
        409,
        "Jangka waktu keberatan pejabat lama belum berakhir atau belum diputus; jabatan ini belum dapat diumumkan.",
        "The former official's objection clock has not run out or been decided; this post cannot be announced yet.",
    ),
    "screening-incomplete": RefusalText(
        409,
        "Masih ada {missing} lamaran yang belum diputus oleh {verifiers} verifikator.",
        "{missing} applications are not yet decided by {verifiers} verifiers.",
    ),
    "component-not-weighted": RefusalText(
        422, "Komponen {component} tidak diberi bobot dalam seleksi ini.", "Component {component} has no weight here."
    ),
    "sheets-missing": RefusalText(
        409,
        "Masih kurang {missing} lembar nilai yang tersegel atau catatan ketidakhadiran.",
        "{missing} sealed sheets or recorded absences are still missing.",
    ),
    "not-the-minutes": RefusalText(
        409, "Dokumen ini bukan berita acara tahap ini.", "This document is not the minutes of this stage."
    ),
    "hash-differs": RefusalText(
        409,
        "Sidik dokumen berbeda dari yang tersimpan ({expected}); muat ulang dokumennya.",
        "The document's hash differs from the stored one ({expected}); load it again.",
    ),
    "fewer-than-three": RefusalText(
        409,
        "Hanya {found} dari {wanted} nama tersedia; laporkan kepada pengawas atau ulangi tahap.",
        "Only {found} of {wanted} names are available; report to the supervisor or repeat a stage.",
    ),
    "clearance-refused": RefusalText(
        422,
        "Persetujuan {kind} tidak diberikan; jabatan ini tidak dapat dilanjutkan tanpa persetujuan itu.",
        "Clearance {kind} was not granted; the post cannot go on without it.",
    ),
    "date-in-future": RefusalText(422, "Tanggal {date} masih di masa depan.", "The date {date} lies in the future."),
    "not-shortlisted": RefusalText(
        422,
        "Nama ini tidak termasuk tiga nama yang disampaikan panitia.",
        "This name is not among the three submitted.",
    ),
    "acting-head": RefusalText(
        403,
        "Penjabat atau pelaksana tugas tidak boleh memilih tanpa persetujuan tertulis Mendagri yang tercatat.",
        "An acting head may not choose without the recorded written consent of the Minister of Home Affairs.",
    ),
    "before-decree": RefusalText(
        422,
        "Tanggal pelantikan {date} mendahului tanggal keputusan {decree}.",
        "The inauguration date {date} precedes the decree of {decree}.",
    ),
    "witnesses": RefusalText(
        422,
        "Pelantikan memerlukan {needed} saksi yang berbeda; yang melantik dan yang dilantik tidak dapat menjadi saksi.",
        "An inauguration needs {needed} distinct witnesses, neither the officiant nor the appointee.",
    ),
    "oath-unknown": RefusalText(
        422,
        "Naskah sumpah/janji {oath} tidak termasuk yang ditetapkan peraturan.",
        "The oath or promise {oath} is none of those that the regulation states.",
    ),
    "witness-too-low": RefusalText(
        422,
        "Jabatan saksi paling rendah harus setingkat dengan jabatan yang dilantik; {witness} tidak memenuhi syarat.",
        "A witness must hold a post at least equal to the one that is taken; {witness} does not.",
    ),
    "not-the-authority": RefusalText(
        403,
        "Pejabat jenjang ini diangkat oleh {authority}, bukan oleh PPK instansi.",
        "Officials of this level are appointed by {authority}, not by the agency's own appointing official.",
    ),
    "not-a-member": RefusalText(
        404, "Orang ini bukan anggota panitia atau penilai seleksi ini.", "This person is not on this committee."
    ),
    "already-member": RefusalText(409, "Orang ini sudah menjadi anggota panitia.", "This person is a member already."),
    "committee-unlawful": RefusalText(
        422, "Susunan panitia menjadi tidak sah: {finding}", "The committee would become unlawful: {finding}"
    ),
    "recusal-of-another": RefusalText(
        403,
        "Hanya yang bersangkutan atau ketua panitia yang dapat menyatakan mundur.",
        "Only the person himself or the chair may declare a recusal.",
    ),
    "calendar-version": RefusalText(
        409, "Versi kalender sekarang adalah {present}.", "The calendar's present version is {present}."
    ),
    "tie-at-the-cut": RefusalText(
        409,
        "Peringkat {rank} dipegang bersama tepat di batas tiga besar; panitia harus memutus nilai sama menurut sistem "
        "yang diumumkan, atau mengulang tahap wawancara.",
        "Rank {rank} is shared right at the cut; break the tie as published, or repeat the interview.",
    ),
}
