"""PDF files for tests, written sign by sign: words and rules where one wants them, in Helvetica."""

from __future__ import annotations

A4 = (595.0, 842.0)


def words(x: float, top: float, said: str, size: float = 13.0, height: float = A4[1]) -> str:
    """Words whose line stands ``top`` points below the upper edge of the page."""
    escaped = said.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {height - top} Td ({escaped}) Tj ET\n"


def rule(x0: float, top: float, x1: float, bottom: float, height: float = A4[1]) -> str:
    """A ruled line."""
    return f"0.5 w {x0} {height - top} m {x1} {height - bottom} l S\n"


def grid(lefts: list[float], tops: list[float]) -> str:
    """The rules of a table: ``lefts`` and ``tops`` of its columns and rows, with the last right and bottom side."""
    upright = (rule(x, tops[0], x, tops[-1]) for x in lefts)
    level = (rule(lefts[0], y, lefts[-1], y) for y in tops)
    return "".join((*upright, *level))


def picture() -> str:
    """A black square all over the page."""
    return f"q {A4[0]} 0 0 {A4[1]} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"


def pdf(*pages: str, rotate: int = 0, trailer: str = "", size: tuple[float, float] = A4) -> bytes:
    """A PDF of pages whose content is given; ``trailer`` adds to the trailer's dictionary."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return file_of(objects, trailer)


def file_of(objects: list[str], trailer: str = "") -> bytes:
    """A PDF of objects, numbered from 1; the first is its catalogue."""
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def laughs(levels: int = 12, each: int = 12) -> bytes:
    """A PDF with a page of text, and one that draws a form that draws a form …, ``each`` times on every level."""
    forms = range(8, 8 + levels)
    said = words(85, 100, "Trang 1 con.")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [4 0 R 6 0 R] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        f"<< /Length {len(said)} >>\nstream\n{said}\nendstream",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 8 0 R >> >> /Contents 7 0 R >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for number in forms:
        inside = "/X Do\n" * each if number < forms[-1] else "0 0 m 9 9 l S"
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {number + 1} 0 R >> >> "
            f"/Length {len(inside)} >>\nstream\n{inside}\nendstream"
        )
    return file_of(objects)
