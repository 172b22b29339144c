"""The paragraph styles of all documents, and the empty A4 package they live in."""

import io
import zipfile
from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Face:
    """The type of a document: letters in a sans, decisions and contracts in a serif.

    Arial and Times New Roman have the metrics of Liberation Sans and Serif: Word and LibreOffice break lines alike.
    """

    font: str
    size: float


LETTER = Face("Arial", 11)
DECISION = Face("Times New Roman", 12)


@dataclass(frozen=True)
class _Style:
    name: str
    align: str = "left"
    size: float = 0  # relative to the face
    before: float = 0
    after: float = 0
    line: float = 1.0
    bold: bool = False
    caps: bool = False
    keep: bool = False  # with the next paragraph
    colour: str = ""
    left: float = 0  # cm
    hanging: float = 0  # cm
    font: str = ""
    italic: bool = False
    tab: float = 0  # cm, before the hanging indent
    spacing: float = 0  # points between letters
    outline: int = -1


_STYLES = (
    _Style("Isi", "both", after=6, line=1.15),
    _Style("Isi Awal", "both", before=6, after=6, line=1.15),
    _Style("Isi Kiri", after=6, line=1.15),
    _Style("Isi Rapat", "left", line=1.15),
    _Style("Butir", "left", after=3, line=1.15, left=0.75, hanging=0.75),
    _Style("Data", line=1.15, left=4.0, hanging=4.0, tab=3.65, after=1),
    _Style("Kop Instansi", "center", 2, bold=True, caps=True, spacing=0.4, line=1.05),
    _Style("Kop Unit", "center", 1, bold=True, line=1.05, after=2, before=1),
    _Style("Kop Alamat", "center", -2, line=1.05),
    _Style("Kop Garis", "center", -2, line=1.05, after=14),
    _Style("Judul", "center", 1, bold=True, caps=True, keep=True, line=1.15, outline=0),
    _Style("Judul Nomor", "center", keep=True, line=1.15),
    _Style("Subjudul", "center", bold=True, caps=True, keep=True, line=1.15),
    _Style("Subjudul Biasa", "center", keep=True, line=1.15),
    _Style("Bagian", "left", before=9, after=4, bold=True, keep=True, outline=1),
    _Style("Anak Bagian", "left", before=5, after=3, bold=True, keep=True, outline=2),
    _Style("Pengantar", "both", before=6, after=4, line=1.15, keep=True),
    _Style("Tengah", "center", line=1.15),
    _Style("Kanan", "right", line=1.15),
    _Style("Hasil", "center", 2, before=5, after=5, bold=True, caps=True, spacing=0.5),
    _Style("Tabel", "left", -1, before=2, after=2),
    _Style("Butir Judul", before=3, after=3, keep=True, line=1.15, italic=True),
    _Style("Tempat Paraf", "left", -1, before=16, after=2),
    _Style("Tabel Tengah", "center", -1, before=2, after=2),
    _Style("Tabel Angka", "right", -1, before=2, after=2),
    _Style("Tabel Kepala", "center", -1, before=3, after=3, bold=True, keep=True),
    _Style("Tabel Kepala Kecil", "center", -2, before=3, after=3, bold=True, keep=True),
    _Style("Tabel Kecil", "left", -2.5, after=2, colour="404040"),
    _Style("Kode", "left", -4, after=2, colour="404040", font="Courier New"),
    _Style("Kode Lepas", "left", -4, before=5, after=8, colour="404040", font="Courier New"),
    _Style("Sela", "left", -4),
    _Style("Akhir", "left", -100),
    _Style("Ruang", "left", before=36, keep=True),
    _Style("Disahkan", "left", -2.5, before=14, after=14.5, keep=True, colour="404040"),
    _Style("Tanda Tangan", "left", keep=True, line=1.1),
    _Style("Nama", "left", keep=True, line=1.1, bold=True),
    _Style("Tanda Tangan Tengah", "center", keep=True, line=1.1),
    _Style("Nama Tengah", "center", keep=True, line=1.1, bold=True),
    _Style("Disahkan Tengah", "center", -2.5, before=14, after=14.5, keep=True, colour="404040"),
    _Style("Catatan", "both", -2, after=3, line=1.1, colour="404040"),
    _Style("Kaki", "left", -3, colour="404040"),
)


def _half(points: float) -> int:
    return round(points * 2)


def _twips(points: float) -> int:
    return round(points * 20)


def _cm(value: float) -> int:
    return round(value * 567)


def style_id(name: str) -> str:
    """The id of a style, as Word derives it from the name."""
    return name.replace(" ", "")


def _paragraph_style(style: _Style, face: Face) -> str:
    keep = "<w:keepNext/>" if style.keep else ""
    indent = f'<w:ind w:left="{_cm(style.left)}" w:hanging="{_cm(style.hanging)}"/>' if style.left else ""
    spacing = (
        f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
    )
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{_cm(style.tab)}"/></w:tabs>' if style.tab else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    run = f'<w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:cs="{style.font}"/>' if style.font else ""
    run += "<w:b/>" if style.bold else ""
    run += "<w:i/>" if style.italic else ""
    run += "<w:caps/>" if style.caps else ""
    run += f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    run += f'<w:spacing w:val="{_twips(style.spacing)}"/>' if style.spacing else ""
    size = max(_half(face.size + style.size), 2)
    run += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(style.name)}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}<w:widowControl/>{tabs}{spacing}{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _table_style(name: str, *, borders: bool) -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for edge, size, colour in (
            ("top", 8, "000000"),
            ("left", 4, "7F7F7F"),
            ("bottom", 8, "000000"),
            ("right", 4, "7F7F7F"),
            ("insideH", 4, "7F7F7F"),
            ("insideV", 4, "7F7F7F"),
        )
    )
    side = 85 if borders else 0
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{f"<w:tblBorders>{edges}</w:tblBorders>" if borders else ""}'
        f'<w:tblCellMar><w:top w:w="15" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="15" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


def _styles(face: Face) -> str:
    size = _half(face.size)
    return (
        f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{face.font}" w:hAnsi="{face.font}" w:eastAsia="{face.font}" w:cs="{face.font}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{''.join(_paragraph_style(style, face) for style in _STYLES)}"
        f"{_table_style('Tabel Bergaris', borders=True)}{_table_style('Tabel Polos', borders=False)}</w:styles>"
    )


_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="425"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="id-ID"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>Selter</dc:creator><dc:language>id-ID</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def blank(title: str, face: Face) -> io.BytesIO:
    """An empty A4 document with our styles; margins leave room for the binding on the left."""
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1247" w:left="1701" '
        'w:header="567" w:footer="624" w:gutter="0"/>'
        "</w:sectPr>"
    )
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in (
            ("word/document.xml", f"{_TYPES}.document.main+xml"),
            ("word/styles.xml", f"{_TYPES}.styles+xml"),
            ("word/settings.xml", f"{_TYPES}.settings+xml"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        )
    )
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title),
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{page}</w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": _relations(
            (f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/settings", "settings.xml")
        ),
        "word/settings.xml": _SETTINGS,
        "word/styles.xml": _styles(face),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    out.seek(0)
    return out
