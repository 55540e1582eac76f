"""How a file's bytes become text, and which files are no text at all."""

import codecs
from pathlib import Path

from playground.session.csv.words import short
from playground.session.errors import UserError
from playground.session.file_bytes import PIECE, Progress

# first bytes -> what the file is, and what to do
NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or an archive: open it there and save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "a spreadsheet: open it there and save the sheet as CSV",
    b"%PDF": "a PDF: copy its table into a spreadsheet and save that as CSV",
    b"\x1f\x8b": "packed: unpack it and open what is in it",
    b"BZh": "packed: unpack it and open what is in it",
    b"\xfd7zXZ": "packed: unpack it and open what is in it",
    b"\x89PNG": "a picture, not a table",
    b"\xff\xd8\xff": "a picture, not a table",
    b"GIF8": "a picture, not a table",
    b"\x93NUMPY": "a NumPy array: write it with numpy.savetxt",
    b"PAR1": "a Parquet file: write its table as CSV",
    b"SQLite format 3": "a database: export its table as CSV",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset([*range(9), *range(14, 27), *range(28, 32), 127])


def find_encoding(path: Path, data: bytes, progress: Progress) -> tuple[str, str]:
    """The name of the encoding, and a remark where it had to be guessed; UserError for what is no text."""
    for first, what in NOT_TEXT.items():
        if data.startswith(first):
            raise UserError(f"{path.name} is {what}")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _without_a_mark(data)
    wrong = _first_wrong_byte(data, encoding, progress)
    if wrong is None:
        return encoding, ""
    number, line = _line_at(data, wrong)
    if encoding == "utf-8" and not _is_binary(data) and _first_wrong_byte(data, "cp1252", progress) is None:
        return "cp1252", f"read as Windows-1252, since line {number} (“{short(line)}”) is not UTF-8"
    raise UserError(
        f"{path.name} is not text that can be read (byte {wrong} in line {number} is not): "
        "save it as “CSV UTF-8” and open it again"
    )


def _without_a_mark(data: bytes) -> str:
    """UTF-16 where every other byte of the beginning is zero, as in Latin text; else UTF-8."""
    even, odd = data[:4096:2], data[1:4096:2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return "utf-8"


def _first_wrong_byte(data: bytes, encoding: str, progress: Progress) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        kept = len(decoder.getstate()[0])  # bytes of a sign that the piece before began
        try:
            decoder.decode(piece, final=start + PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - kept + error.start
        progress((start + len(piece)) / len(data))
    return None


def _line_at(data: bytes, place: int) -> tuple[int, str]:
    before = data[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = max(data.rfind(b"\n", 0, place), data.rfind(b"\r", 0, place)) + 1
    rest = data[start : start + 400].replace(b"\r", b"\n").split(b"\n")[0]
    return before.count(b"\n") + 1, rest.decode("cp1252", "replace")


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    return 0 in sample or sum(sample.count(sign) for sign in _CONTROLS) > 0.005 * len(sample)
