"""Refusals of acts on an office term."""

from typing import Final

from domain.texts.row import RefusalText

ROWS: Final[dict[str, RefusalText]] = {
    "extension-too-short": RefusalText(
        409,
        "Perpanjangan sampai {until} tidak melewati akhir masa jabatan sekarang ({present}).",
        "An extension until {until} does not go beyond the present end of the term ({present}).",
    ),
    "extension-too-long": RefusalText(
        409,
        "Perpanjangan sampai {until} terlalu lama; paling lama sampai {latest}.",
        "An extension until {until} is too long; it may go to {latest}.",
    ),
    "targets-not-proven": RefusalText(
        409,
        "Masa jabatan hanya dapat diperpanjang jika target kinerja terbukti tercapai.",
        "A term may be extended only when its targets are proven to be met.",
    ),
    "before-inauguration": RefusalText(
        422,
        "Tanggal itu mendahului pelantikan ({inaugurated_on}).",
        "That day lies before the inauguration ({inaugurated_on}).",
    ),
    "lower-post-needs-review": RefusalText(
        409,
        "Penempatan pada jabatan lebih rendah hanya dapat melalui evaluasi jabatan dengan seluruh tahapannya.",
        "A lower post is reached only through a review with all its gates.",
    ),
    "no-new-post": RefusalText(
        409,
        "Pejabat yang dipindahkan harus sudah memiliki jabatan baru sejak hari berikutnya; tidak boleh tanpa jabatan.",
        "An official who is moved must hold a new post from the next day on; nobody is left without one.",
    ),
    "not-ended": RefusalText(
        409, "Jabatan ini masih dipegang; tidak ada yang berakhir.", "The post is still held; nothing has ended."
    ),
    "own-superior": RefusalText(
        422, "Pejabat tidak dapat menjadi atasan bagi dirinya sendiri.", "An official cannot be his own superior."
    ),
    "date-too-early": RefusalText(
        422,
        "Tanggal {date} terlalu awal; paling awal {earliest}.",
        "The date {date} is too early; the earliest is {earliest}.",
    ),
    "row-incomplete": RefusalText(
        422, "Kolom {column} kosong atau tidak terbaca.", "Column {column} is empty or cannot be read."
    ),
}
