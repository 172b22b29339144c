"""The invented region of the samples: its letterheads, people, laws."""

from dataclasses import replace
from typing import Any

from domain import letters as l

KOP = l.Letterhead(
    agency="Pemerintah Kabupaten Tirta Wening",
    unit="Panitia Seleksi Terbuka Jabatan Pimpinan Tinggi Pratama",
    address="Jalan Telaga Bening Nomor 17, Tirta Wening 00000",
    contact="Telepon (0200) 555-0117  ·  surel sekretariat@tirtawening.example",
    place="Tirta Wening",
)
KOP_HEAD = replace(KOP, unit="Bupati Tirta Wening")
KOP_BKPSDM = replace(KOP, unit="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia")

CHAIR = l.Signatory(
    "Ketua Panitia Seleksi", "Dr. Ratnasari Wibisono, M.Si.", "Pembina Utama Madya (IV/d)", "196804121993032004"
)
REGENT = l.Signatory("Bupati Tirta Wening", "Gunawan Adiprana")
SECRETARY = l.Signatory(
    "Sekretaris Daerah", "Ir. Bambang Sulistyo, M.T.", "Pembina Utama Madya (IV/d)", "196907081995031003"
)
OFFICIAL = l.Person(
    "dr. Siti Nurhayati Pramono, M.Kes.",
    "197605142003122005",
    "Pembina Tingkat I (IV/b)",
    "Sekretaris Dinas Kesehatan Kabupaten Tirta Wening",
)
POST = "Kepala Dinas Kesehatan Kabupaten Tirta Wening"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LAWS = (
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
    (
        "Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri Sipil sebagaimana telah diubah "
        "dengan Peraturan Pemerintah Nomor 17 Tahun 2020"
    ),
)
REMEDY = (
    "Terhadap Keputusan ini dapat diajukan keberatan secara tertulis kepada Pejabat Pembina Kepegawaian paling "
    "lambat 14 (empat belas) hari kerja sejak Keputusan ini diterima"
)
RIGHTS = (
    "memperoleh penjelasan tertulis mengenai setiap indikator yang dinilai belum tercapai;",
    "melihat seluruh bukti dan catatan dialog kinerja;",
    "didampingi oleh atasan langsung dalam menyusun rencana perbaikan.",
)

HEAD: dict[str, Any] = {"letterhead": KOP, "date": "2026-11-23", "verification": "TW7K-QM4P"}
NAMES = (
    "Adhitya Wirakusuma",
    "Bening Larasati",
    "Cahyo Prasetyawan",
    "Dewi Anggraini Putri",
    "Eko Wahyudianto",
    "Farida Hanum Lestari",
    "Galih Rakasiwi",
    "Hesti Purnamasari",
    "Indra Mahendrata",
    "Joko Santosa Wibawa",
    "Kartika Sekarningrum",
    "Lukman Hakim Nasirudin",
    "Maya Kusumawardani",
    "Nugroho Adi Pambudi",
    "Oktavia Rahmadani",
    "Prabowo Setyadi",
    "Qonita Zahratunnisa",
    "Rahmat Hidayatullah",
    "Sekar Ayu Widuri",
    "Teguh Imanuel Siregar",
)
