"""Refusals that any act may meet."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final = {
    # -- any act
    "unknown-act": RefusalText(404, "Tindakan {act} tidak dikenal.", "There is no act {act}."),
    "not-allowed": RefusalText(
        403,
        "Tindakan {act} hanya boleh dilakukan oleh {roles}.",
        "The act {act} is reserved for {roles}.",
    ),
    "case-closed": RefusalText(409, "Perkara ini sudah ditutup.", "This case is closed."),
    "different-repeat": RefusalText(
        409,
        "Tindakan ini sudah dicatat pada {at} dengan isi yang berbeda (catatan nomor {seq}).",
        "This act was already recorded at {at} with different content (entry {seq}).",
    ),
    "wrong-stage": RefusalText(
        409,
        "Tindakan {act} tidak dapat dilakukan pada tahap {stage}; tahap yang diperlukan: {needed}.",
        "The act {act} is not possible in stage {stage}; it needs {needed}.",
    ),
    "no-vacancy": RefusalText(
        409,
        "Tidak ada jabatan dalam seleksi ini yang menunggu tindakan {act}.",
        "No vacancy of this selection waits for the act {act}.",
    ),
    "unknown-vacancy": RefusalText(
        404, "Jabatan {vacancy} tidak ada dalam seleksi ini.", "Vacancy {vacancy} is not in this selection."
    ),
    "suspended": RefusalText(
        409,
        "Tahap ini sedang dihentikan sementara sejak {since}; lanjutkan dahulu dengan tindakan resume.",
        "This stage is suspended since {since}; resume it first.",
    ),
    "not-suspended": RefusalText(409, "Tahap ini tidak sedang dihentikan.", "This stage is not suspended."),
    "reason-missing": RefusalText(
        422, "Tindakan {act} memerlukan alasan tertulis.", "The act {act} needs a written reason."
    ),
    "internal": RefusalText(
        500,
        "Terjadi kesalahan di sistem; tidak ada yang tersimpan. Sebutkan kode {incident} kepada pengelola.",
        "The system failed; nothing was saved. Tell the operator code {incident}.",
    ),
    "bad-command": RefusalText(422, "Isi tindakan {act} tidak dapat dibaca.", "The act {act} cannot be read."),
    "unknown-case": RefusalText(404, "Perkara {case} tidak ditemukan.", "There is no case {case}."),
    "case-not-running": RefusalText(
        503,
        "Perkara {case} sedang tidak berjalan di mesin proses; pengelola perlu menjalankan selter rebuild.",
        "Case {case} is not running on the engine; the operator should run selter rebuild.",
    ),
    "journal-conflict": RefusalText(
        409,
        "Catatan perkara sudah sampai nomor {expected}; muat ulang dan coba lagi.",
        "The case's journal stands at {expected}; reload and try again.",
    ),
    "unknown-rules": RefusalText(404, "Himpunan aturan {sha256} tidak dikenal.", "There is no rule set {sha256}."),
    "role-vacant": RefusalText(
        409,
        "Belum ada yang memegang peran {role}; catat penugasannya dahulu.",
        "Nobody holds the role {role}; record the assignment first.",
    ),
    "engine-unavailable": RefusalText(
        503,
        "Mesin proses sedang tidak dapat dihubungi; tidak ada yang berubah. Coba lagi sebentar lagi.",
        "The process engine cannot be reached; nothing has changed. Try again in a moment.",
    ),
}
