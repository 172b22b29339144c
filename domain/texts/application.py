"""Refusals of applications, documents and sheets."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final[dict[str, RefusalText]] = {
    # -- applications
    "unknown-application": RefusalText(
        404, "Lamaran {application} tidak ditemukan.", "There is no application {application}."
    ),
    "window-not-open": RefusalText(
        409,
        "Pendaftaran belum dibuka; dibuka pada {opens_at}. Waktu server: {server_time}.",
        "Applications are not open yet; they open at {opens_at}. Server time: {server_time}.",
    ),
    "window-closed": RefusalText(
        409,
        "Batas waktu pendaftaran {deadline} sudah lewat. Waktu server: {server_time}. Draf Anda tetap tersimpan.",
        "The deadline {deadline} has passed. Server time: {server_time}. Your draft is kept.",
    ),
    "window-suspended": RefusalText(
        409,
        "Pendaftaran dihentikan sementara sejak {since}. Waktu server: {server_time}. Draf Anda tetap tersimpan.",
        "Applications are suspended since {since}. Server time: {server_time}. Your draft is kept.",
    ),
    "too-many-posts": RefusalText(
        409,
        "Dalam satu seleksi Anda hanya boleh melamar {limit} jabatan.",
        "You may apply for no more than {limit} posts in one round.",
    ),
    "already-applied": RefusalText(
        409, "Lamaran untuk jabatan ini sudah ada.", "There is already an application for this vacancy."
    ),
    "already-submitted": RefusalText(
        409,
        "Lamaran sudah dikirim pada {at} dan tidak dapat diubah lagi.",
        "The application was submitted at {at} and can no longer be changed.",
    ),
    "application-withdrawn": RefusalText(
        409, "Lamaran ini sudah ditarik pada {at}.", "This application was withdrawn at {at}."
    ),
    "not-submitted": RefusalText(409, "Lamaran ini belum dikirim.", "This application has not been submitted."),
    "profile-incomplete": RefusalText(
        409, "Isian lamaran belum lengkap: {missing}.", "The application form is incomplete: {missing}."
    ),
    "documents-missing": RefusalText(
        409, "Dokumen wajib belum diunggah: {missing}.", "Required documents are missing: {missing}."
    ),
    "confirmation-missing": RefusalText(
        409,
        "Lamaran yang dimasukkan sekretariat harus diperiksa dan dibenarkan oleh orang kedua sebelum dikirim.",
        "An application entered on behalf needs a second person's confirmation before it is submitted.",
    ),
    "same-person": RefusalText(
        409,
        "Pembenaran harus dilakukan oleh orang lain, bukan yang memasukkan lamaran.",
        "The confirmation must be given by somebody other than the one who entered it.",
    ),
    "already-inaugurated": RefusalText(
        409,
        "Lamaran tidak dapat ditarik lagi karena jabatan sudah dilantik atau ditutup.",
        "The application can no longer be withdrawn: the post is filled or closed.",
    ),
    # -- documents
    "unknown-document-code": RefusalText(
        404, "Dokumen {document} tidak diminta untuk jabatan ini.", "Document {document} is not asked for this vacancy."
    ),
    "file-empty": RefusalText(422, "Berkas kosong.", "The file is empty."),
    "file-too-large": RefusalText(413, "Berkas melebihi batas {limit} byte.", "The file is larger than {limit} bytes."),
    "files-too-large": RefusalText(
        413,
        "Seluruh berkas lamaran ini melebihi batas {limit} byte.",
        "All files of this application together are larger than {limit} bytes.",
    ),
    "too-many-files": RefusalText(
        409, "Jumlah unggahan sudah mencapai batas {limit}.", "The number of uploads has reached its limit of {limit}."
    ),
    "file-type": RefusalText(
        415,
        "Isi berkas bukan salah satu dari: {allowed}. Nama atau akhiran berkas tidak menentukan.",
        "The content is none of {allowed}. The name of the file does not count.",
    ),
    "file-unreadable": RefusalText(
        422, "Berkas {type} ini rusak atau tidak dapat dibuka.", "This {type} file is damaged or cannot be opened."
    ),
    "file-encrypted": RefusalText(
        422,
        "PDF terkunci kata sandi; unggah tanpa kata sandi agar dapat diperiksa.",
        "The PDF is encrypted; upload it without a password so that it can be checked.",
    ),
    "file-active-content": RefusalText(
        422,
        "PDF memuat {found}; simpan ulang (cetak ke PDF) tanpa isi aktif.",
        "The PDF contains {found}; print it to a plain PDF.",
    ),
    "file-too-many-pages": RefusalText(422, "PDF melebihi {limit} halaman.", "The PDF has more than {limit} pages."),
    "image-too-large": RefusalText(422, "Gambar melebihi {limit} piksel.", "The image has more than {limit} pixels."),
    "file-mixed": RefusalText(
        422,
        "Berkas ini sekaligus berkas {found}; simpan ulang sebagai satu jenis berkas saja.",
        "The file is also a {found} file; save it anew as one kind of file.",
    ),
    "file-infected": RefusalText(
        422,
        "Pemindai menemukan {found} dalam berkas ini; berkas tidak disimpan.",
        "The scanner found {found} in this file; it was not kept.",
    ),
    "upload-infected": RefusalText(
        409,
        "Pemindai menemukan {found} dalam berkas {document}; unggah berkas penggantinya.",
        "The scanner found {found} in the file {document}; upload another in its place.",
    ),
    "uploads-not-scanned": RefusalText(
        409,
        "Pemindai belum dapat memeriksa {documents}. Draf Anda tetap tersimpan; kirim lagi beberapa saat lagi.",
        "The scanner could not look at {documents} yet. Your draft is kept; submit again in a while.",
    ),
    "unknown-upload": RefusalText(404, "Berkas tidak ditemukan.", "There is no such file."),
    # -- screening
    "unknown-requirement": RefusalText(
        404, "Syarat {requirement} tidak diminta untuk jabatan ini.", "Requirement {requirement} is not asked here."
    ),
    "check-locked": RefusalText(
        409,
        "Pemeriksaan hanya dapat diisi pada tahap seleksi administrasi, sebelum hasilnya diumumkan.",
        "Checks are made in the screening stage, before its result is announced.",
    ),
    "overruling-reason": RefusalText(
        422,
        "Putusan Anda berbeda dari hasil hitungan ({computed}); tuliskan alasannya.",
        "Your verdict differs from the computed one ({computed}); give a reason.",
    ),
    "recused": RefusalText(
        403,
        "Anda sudah menyatakan mundur untuk pelamar ini karena benturan kepentingan.",
        "You have recused yourself from this applicant.",
    ),
    # -- sheets
    "no-duty": RefusalText(
        403,
        "Anda tidak ditugaskan menilai komponen {component} untuk jabatan ini.",
        "You are not assigned to score component {component} of this vacancy.",
    ),
    "may-not-score": RefusalText(
        403,
        "Pemegang peran {role} tidak boleh menilai.",
        "A holder of the role {role} may not score.",
    ),
    "declaration-missing": RefusalText(
        409,
        "Nyatakan dahulu ada atau tidaknya benturan kepentingan dengan peserta ini.",
        "Declare first whether you have a conflict of interest with this candidate.",
    ),
    "declare-by-recusal": RefusalText(
        409,
        "Benturan kepentingan dinyatakan dengan tindakan recuse, bukan di sini.",
        "Declare a conflict by the act recuse, not here.",
    ),
    "sheet-stage": RefusalText(
        409,
        "Komponen {component} hanya dapat dinilai pada tahap {needed}, sebelum segel dibuka; tahap sekarang {stage}.",
        "Component {component} is scored in stage {needed}, before the seals are opened; the stage is {stage}.",
    ),
    "sheet-sealed": RefusalText(
        409,
        "Lembar nilai ini sudah disegel pada {at} dengan isi yang berbeda dan tidak dapat diubah.",
        "This sheet was sealed at {at} with different content and cannot be changed.",
    ),
    "not-a-candidate": RefusalText(
        409,
        "Peserta ini tidak mengikuti tahap {stage}.",
        "This person does not take part in stage {stage}.",
    ),
}
