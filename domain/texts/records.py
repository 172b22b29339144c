"""Refusals of records: sign-in, edits, uploads."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final[dict[str, RefusalText]] = {
    # -- the wire
    "bad-request": RefusalText(400, "Permintaan tidak dapat dibaca.", "The request cannot be read."),
    "not-found": RefusalText(404, "Tidak ditemukan.", "Not found."),
    "method-not-allowed": RefusalText(405, "Metode ini tidak tersedia di sini.", "This method is not available here."),
    "validation": RefusalText(422, "Ada isian yang belum benar.", "Some fields are not right."),
    "body-too-large": RefusalText(
        413, "Isi permintaan melebihi batas {limit} byte.", "The request is larger than {limit} bytes."
    ),
    "still-running": RefusalText(
        202,
        "Tindakan diterima dan masih diproses; lihat perkaranya, atau ulangi dengan kunci yang sama.",
        "The act is accepted and still being carried out; look at the case, or repeat it with the same key.",
    ),
    "try-again": RefusalText(
        503,
        "Catatan sedang dipakai pihak lain; coba lagi sebentar lagi.",
        "The record is busy; try again in a moment.",
    ),
    "storage-full": RefusalText(
        507,
        "Ruang penyimpanan server habis; tidak ada yang tersimpan. Beri tahu pengelola, lalu coba lagi.",
        "The server is out of storage; nothing was saved. Tell the operator, then try again.",
    ),
    # -- sign-in
    "sign-in-needed": RefusalText(401, "Masuk dahulu untuk melanjutkan.", "Sign in first."),
    "sign-in-failed": RefusalText(
        401, "Alamat surel atau kata sandi tidak cocok.", "The mail address or the password is wrong."
    ),
    "sign-in-slowed": RefusalText(
        429,
        "Terlalu banyak percobaan gagal; coba lagi dalam {seconds} detik.",
        "Too many failed attempts; try again in {seconds} seconds.",
    ),
    "account-exists": RefusalText(
        409,
        "Akun tidak dapat dibuat dengan data ini. Bila Anda sudah terdaftar, masuklah atau hubungi sekretariat.",
        "No account can be made from these data. If you are registered, sign in or ask the secretariat.",
    ),
    "bad-nip": RefusalText(
        422, "NIP harus terdiri dari {length} angka.", "The employee number must have {length} digits."
    ),
    "weak-password": RefusalText(
        422,
        "Kata sandi paling sedikit {length} huruf dan tidak boleh sama dengan NIP, surel atau nama.",
        "The password needs at least {length} characters and must not be the number, mail address or name.",
    ),
    "bad-birth-date": RefusalText(422, "Tanggal lahir tidak masuk akal.", "The birth date is not plausible."),
    # -- edits
    "precondition-needed": RefusalText(
        428,
        "Sertakan If-Match dengan versi yang Anda baca.",
        "Send If-Match with the version that you have read.",
    ),
    "stale-version": RefusalText(
        412,
        "Data sudah diubah orang lain (versi sekarang {current}); muat ulang lalu ulangi.",
        "Somebody has changed this meanwhile (version {current}); reload and repeat.",
    ),
    "bad-idempotency-key": RefusalText(
        400,
        "Idempotency-Key harus 8-80 huruf ASCII yang terlihat.",
        "Idempotency-Key must be 8-80 visible ASCII characters.",
    ),
    "idempotency-conflict": RefusalText(
        409,
        "Idempotency-Key ini sudah dipakai untuk permintaan lain.",
        "This Idempotency-Key was used for another request.",
    ),
    "bad-cursor": RefusalText(400, "Penunjuk halaman tidak dapat dibaca.", "The page cursor cannot be read."),
    # -- agencies, people, posts, assignments
    "unknown-agency": RefusalText(404, "Instansi tidak ditemukan.", "There is no such agency."),
    "agency-needed": RefusalText(
        422, "Sebutkan instansi (agency_id) yang dimaksud.", "Say which agency (agency_id) is meant."
    ),
    "unknown-person": RefusalText(404, "Orang {person} tidak ditemukan.", "There is no person {person}."),
    "person-exists": RefusalText(
        409, "Orang dengan NIP atau surel ini sudah tercatat.", "Somebody with this number or mail is on record."
    ),
    "unknown-post": RefusalText(404, "Jabatan {post} tidak ditemukan.", "There is no post {post}."),
    "post-held": RefusalText(
        409,
        "Jabatan ini dipegang pejabat lain pada tanggal itu.",
        "Somebody else holds this post on that day.",
    ),
    "unknown-holding": RefusalText(404, "Catatan jabatan tidak ditemukan.", "There is no such holding."),
    "unknown-assignment": RefusalText(404, "Penugasan tidak ditemukan.", "There is no such assignment."),
    "assignment-overlaps": RefusalText(
        409,
        "Orang ini sudah memegang peran {role} di lingkup itu sejak {since}.",
        "This person holds the role {role} in that scope since {since}.",
    ),
    "already-ended": RefusalText(409, "Sudah berakhir pada {at}.", "It ended at {at}."),
    "bad-period": RefusalText(422, "Akhir mendahului awal.", "The end comes before the start."),
    "override-exists": RefusalText(
        409,
        "Tanggal {day} sudah diatur lain oleh {decree}.",
        "The day {day} is already set otherwise by {decree}.",
    ),
    "bad-scope": RefusalText(
        422, "Peran {role} tidak dapat diberikan di lingkup {scope}.", "Role {role} cannot be given in scope {scope}."
    ),
    "seat-needed": RefusalText(
        422,
        "Anggota panitia memerlukan kedudukan (position) dan unsur (element).",
        "A committee member needs a seat (position) and an element.",
    ),
    "duties-conflict": RefusalText(
        409,
        "Satu orang tidak boleh memegang {role} dan {other} bersamaan.",
        "One person may not hold {role} and {other} at the same time.",
    ),
    "by-act": RefusalText(
        409,
        "Perubahan panitia setelah pengumuman hanya melalui tindakan replace_member.",
        "After the announcement the committee changes by the act replace_member only.",
    ),
    # -- selections
    "unknown-selection": RefusalText(404, "Seleksi tidak ditemukan.", "There is no such selection."),
    "plan-locked": RefusalText(
        409,
        "Rencana seleksi terkunci sejak diumumkan; perubahan hanya melalui tindakan yang tercatat.",
        "The plan is locked since it was published; it changes by recorded acts only.",
    ),
    "plan-unreadable": RefusalText(422, "{path}: {problem}", "{path}: {problem}"),
    "unknown-ruleset": RefusalText(422, "Himpunan aturan {ruleset} tidak ada.", "There is no rule set {ruleset}."),
    "overlay-unlawful": RefusalText(
        422,
        "Pilihan instansi atas himpunan aturan tidak dapat diterima; {path}: {problem}.",
        "The agency's choice in the rule set cannot be accepted; {path}: {problem}.",
    ),
    "overlay-exists": RefusalText(
        409,
        "Pilihan bernama {overlay} sudah dicatat dengan isi lain; catat yang baru dengan nama baru.",
        "A choice named {overlay} was recorded with other content; enter a new one under a new id.",
    ),
    # -- documents and mail
    "unknown-document": RefusalText(404, "Dokumen tidak ditemukan.", "There is no such document."),
    "not-pressed": RefusalText(
        409, "Berkas dokumen ini sedang dibuat; coba sebentar lagi.", "This document is being made; try again soon."
    ),
    "unknown-mail": RefusalText(404, "Surel tidak ditemukan.", "There is no such mail."),
    "mail-sent": RefusalText(409, "Surel ini sudah terkirim pada {at}.", "This mail was sent at {at}."),
}
