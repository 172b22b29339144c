"""Invented inputs of the papers of a review."""

from dataclasses import replace

from domain import letters as l

from .sample_cast import HEAD, KOP_BKPSDM, KOP_HEAD, LAWS, OFFICIAL, POST, REGENT, REMEDY, RIGHTS, SECRETARY

IMPROVEMENT_NOTICE = l.ImprovementNotice(
    **{**HEAD, "date": "2028-03-01", "letterhead": KOP_BKPSDM},
    number="800.1.9/021/BKPSDM/2028",
    signatories=(SECRETARY,),
    official=replace(OFFICIAL, position=POST),
    post=POST,
    year="2027",
    rating="needs_improvement",
    shortfalls=(
        l.ShortfallRow("Angka kematian ibu per 100.000 kelahiran hidup", "85.5", "112.4", "68.54"),
        l.ShortfallRow("Prevalensi tengkes pada anak balita", "14.2%", "19.8%", "60.56"),
    ),
    starts_on="2028-03-01",
    ends_on="2028-08-31",
    rights=RIGHTS,
)

HEARING_NOTICE = l.HearingNotice(
    **{**HEAD, "date": "2028-09-25", "letterhead": KOP_BKPSDM},
    number="800.1.9/088/BKPSDM/2028",
    signatories=(SECRETARY,),
    official=replace(OFFICIAL, position=POST),
    post=POST,
    grounds=(
        "predikat kinerja tahun 2027 Butuh Perbaikan, ditetapkan pada 20 Februari 2028;",
        "evaluasi akhir masa perbaikan tanggal 4 September 2028 menyatakan kinerja belum membaik;",
        "hasil uji kompetensi kembali tanggal 18 September 2028.",
    ),
    hearing_at="2028-10-09T09:30:00+08:00",
    venue="Ruang Rapat Sekretaris Daerah, Jalan Telaga Bening Nomor 17, Tirta Wening",
    earliest_decision_on="2028-10-16",
    rights=("didampingi satu orang pendamping;", "mengajukan dokumen dan saksi;", "menerima salinan berita acara."),
)

REVIEW_DECISION = l.ReviewDecision(
    **{**HEAD, "date": "2028-10-23", "letterhead": KOP_HEAD},
    number="800.1.3.3/201/TAHUN 2028",
    signatories=(REGENT,),
    issuer="Bupati Tirta Wening",
    official=replace(OFFICIAL, position=POST),
    post=POST,
    outcome="lower_post",
    target_post="Sekretaris Dinas Sosial Kabupaten Tirta Wening",
    reasons=(
        "bahwa target kinerja tahun 2027 tidak tercapai dan tidak membaik setelah masa perbaikan enam bulan;",
        "bahwa hasil uji kompetensi menunjukkan kesesuaian dengan jabatan administrator bidang pelayanan sosial;",
        "bahwa pilihan tetap dalam jabatan dan pemindahan ke jabatan setara telah dipertimbangkan;",
    ),
    gates=(
        l.GateRow("Perjanjian kinerja berlaku; dua belas bulan dalam jabatan", "PK/440/003/2027", "2027-02-20"),
        l.GateRow("Predikat akhir dalam kriteria evaluasi", "Penilaian tahun 2027", "2028-02-20"),
        l.GateRow("Tidak ada keadaan kahar yang diterima", "Penetapan 12/BKPSDM/2028", "2028-01-31"),
        l.GateRow("Pemberitahuan tertulis dan rencana perbaikan", "800.1.9/021/BKPSDM/2028", "2028-03-01"),
        l.GateRow("Enam bulan berlalu dengan pendampingan", "Dialog kinerja I sampai dengan VI", "2028-08-31"),
        l.GateRow("Evaluasi: belum membaik", "Evaluasi 17/BKPSDM/2028", "2028-09-04"),
        l.GateRow("Uji kompetensi kembali", "Laporan asesmen 44/2028", "2028-09-18"),
        l.GateRow("Pertimbangan tim penilai kinerja dan usul PyB", "BA/TPK/05/2028", "2028-09-22"),
        l.GateRow("Pemberitahuan dan kesempatan didengar", "800.1.9/088/BKPSDM/2028", "2028-09-25"),
        l.GateRow("Tidak dalam masa larangan; rekomendasi BKN", "00000/R-AK.02.03/SD/F/2028", "2028-10-12"),
    ),
    recalling=LAWS,
    effective_on="2028-11-01",
    remedy=REMEDY,
)

OBJECTION_DECISION = l.ObjectionDecision(
    **{**HEAD, "date": "2028-11-27", "letterhead": KOP_HEAD},
    number="800.1.3.3/230/TAHUN 2028",
    signatories=(REGENT,),
    objector=replace(OFFICIAL, position=POST),
    against="Keputusan Bupati Tirta Wening Nomor 800.1.3.3/201/TAHUN 2028 tanggal 23 Oktober 2028",
    filed_on="2028-11-06",
    considering=(
        "bahwa keberatan diajukan dalam jangka waktu 14 (empat belas) hari kerja sejak Keputusan diterima",
        "bahwa penghitungan capaian indikator pertama keliru, tetapi koreksinya tidak mengubah predikat",
    ),
    decision="granted_in_part",
    result="Capaian indikator pertama diperbaiki menjadi 72,10 persen; diktum KESATU Keputusan semula tetap berlaku",
    remedy="Apabila tidak puas, yang bersangkutan dapat mengajukan gugatan ke Pengadilan Tata Usaha Negara",
    recalling=(
        *LAWS,
        "Peraturan Pemerintah Nomor 79 Tahun 2021 tentang Upaya Administratif dan Badan Pertimbangan ASN",
    ),
)
