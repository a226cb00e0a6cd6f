"""Files that try to hurt whoever reads them: bombs, loops, lies and rubbish, each small and made in a moment."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Mapping

PAGE = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SOUND = b"BT /H 10 Tf 50 200 Td (What the first page says is harmless.) Tj ET "
SECOND = "The second page is as sound as any page can be."
CAPTION = b"BT /H 10 Tf 50 30 Td (Figure 1: What is drawn above.) Tj ET "


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


def flate(data: bytes, head: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + head)


def pdf(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """A file of numbered objects with a sound cross-reference table."""
    out, places = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    rows = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(size)
    )
    return out + b"xref\n0 %d\n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, rows, size, root, len(out),
    )  # fmt: skip


def book(first: bytes, *, resources: bytes = b"", page: bytes = PAGE, more: Mapping[int, bytes] | None = None) -> bytes:
    """Two pages: the first shows `first` (a content object), the second is sound. Own objects count from 10."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
        3: b"<<%s/Contents 5 0 R/Resources<</Font<</H 7 0 R>>%s>>>>" % (page, resources),
        4: b"<<%s/Contents 6 0 R/Resources<</Font<</H 8 0 R>>>>>>" % PAGE,
        5: first,
        6: stream(b"BT /H 10 Tf 50 200 Td (%s) Tj ET" % SECOND.encode()),
        7: FONT,
        8: FONT,
    }
    return pdf({**objects, **(more or {})})


def image(head: bytes, data: bytes) -> bytes:
    shown = stream(b"q 250 0 0 250 20 20 cm /X Do Q " + SOUND)
    own = stream(data, b"/Type/XObject/Subtype/Image" + head)
    return book(shown, resources=b"/XObject<</X 10 0 R>>", more={10: own})


def packed_zeros(size: int) -> bytes:
    """What inflates to about `size` zeros, without the check sum that nobody waits for."""
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + piece * -(-size // (1 << 20)) + b"\x03\x00" + bytes(4)


def huge_page() -> bytes:
    return book(stream(SOUND), page=b"/Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 1000000]")


def huge_drawing() -> bytes:
    drawn = b"BT /H 900 Tf 500 200 Td (Figure 1: A giant.) Tj ET 5 w " + b"1000 3000 m 900000 900000 l S " * 50
    return book(stream(drawn), page=b"/Type/Page/Parent 2 0 R/MediaBox[0 0 1000000 1000000]")


def one_bit_image() -> bytes:
    head = b"/Width 30000/Height 30000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    return image(head, packed_zeros(30000 * 3750))


def colour_image() -> bytes:
    head = b"/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter[/FlateDecode/FlateDecode]"
    return image(head, zlib.compress(packed_zeros(256 << 20), 9))


def lying_image() -> bytes:
    head = b"/Width 2000000000/Height 2000000000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    return image(head, b"0" * 100)


def many_pages(count: int = 50_000) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    objects |= dict.fromkeys(range(3, count + 3), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    head = b"%PDF-1.5\n"
    body, places = [head], {}
    at = len(head)
    for number, what in sorted(objects.items()):
        line = b"%d 0 obj%sendobj\n" % (number, what)
        places[number] = at
        body.append(line)
        at += len(line)
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in range(1, count + 3))
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join(body) + end % (count + 3, rows, count + 3, at)


def forms(levels: int, calls: int) -> bytes:
    """Forms that each draw the next one `calls` times."""
    more = {}
    for level in range(10, 10 + levels):
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</F %d 0 R>>>>" % (level + 1)
        more[level] = stream(b"/F Do " * calls, head)
    more[10 + levels] = stream(b"0 0 m 1 1 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]")
    return book(stream(b"/F Do"), resources=b"/XObject<</F 10 0 R>>", more=more)


def form_draws_itself() -> bytes:
    own = stream(b"/F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 10 0 R>>>>")
    return book(stream(b"/F Do " + SOUND), resources=b"/XObject<</F 10 0 R>>", more={10: own})


def flate_bomb() -> bytes:
    return book(stream(packed_zeros(8 << 30), b"/Filter/FlateDecode"))


def double_flate() -> bytes:
    return book(stream(zlib.compress(packed_zeros(4 << 30), 9), b"/Filter[/FlateDecode/FlateDecode]"))


def glyphs(count: int = 60_000_000) -> bytes:
    text = b"BT /H 1 Tf 9 9 Td (" + b"a" * 1000 + b") Tj ET\n"
    packer = zlib.compressobj(9)
    parts = [packer.compress(text * 100) for _ in range(count // 100_000)]
    return book(stream(b"".join(parts) + packer.flush(), b"/Filter/FlateDecode"))


def path_operators() -> bytes:
    return book(flate(b"1 1 m 9 9 l 200 7 l\n" * 15_000_000 + b"S"))


def shadings() -> bytes:
    function = b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"
    shading = b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[300 0 0 300 0 0]/Function 11 0 R>>"
    shown = flate(CAPTION + b"50 50 m 250 250 l 60 200 l S 50 50 200 200 re W n " + b"/S sh\n" * 5000)
    more = {10: shading, 11: stream(b"{ 2 copy mul sin abs 3 1 roll add cos abs dup }", function)}
    return book(shown, resources=b"/Shading<</S 10 0 R>>", more=more)


def tiling() -> bytes:
    head = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>"
    shown = stream(CAPTION + b"/Pattern cs /P scn 50 50 m 250 250 l 60 200 l f")
    return book(shown, resources=b"/Pattern<</P 10 0 R>>", more={10: stream(b"0 0 1 1 re f", head)})


def page_tree_loop() -> bytes:
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R 2 0 R]>>"})


def page_count_lies() -> bytes:
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>",
                3: b"<<%s>>" % PAGE})  # fmt: skip


def outline_loop() -> bytes:
    entry = b"<</Title(Again)/Parent 10 0 R/Next 11 0 R/Prev 11 0 R/First 11 0 R/Last 11 0 R/Count 5/Dest[3 0 R/Fit]>>"
    more = {
        1: b"<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R>>",
        10: b"<</First 11 0 R/Last 11 0 R/Count 1>>",
        11: entry,
    }
    return book(stream(SOUND), more=more)


def labels_loop() -> bytes:
    more = {1: b"<</Type/Catalog/Pages 2 0 R/PageLabels 10 0 R>>", 10: b"<</Kids[10 0 R 10 0 R]/Limits[0 9]>>"}
    return book(stream(SOUND), more=more)


def xref_loop() -> bytes:
    data = book(stream(SOUND))
    at = data.rindex(b"xref\n0")
    return data.replace(b"trailer<<", b"trailer<</Prev %d" % at)


def deep_arrays() -> bytes:
    return book(stream(SOUND), more={10: b"[" * 500_000 + b"]" * 500_000})


def deep_in_content() -> bytes:
    return book(stream(b"[" * 500_000 + b" " + SOUND))


def saved_states() -> bytes:
    return book(flate(b"q " * 3_000_000 + SOUND))


def rubbish_stream() -> bytes:
    return book(stream(random.Random(7).randbytes(200_000)))


def rubbish_flate() -> bytes:
    return book(stream(random.Random(8).randbytes(200_000), b"/Filter/FlateDecode"))


def bad_font() -> bytes:
    font = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/Bad/FontDescriptor 11 0 R/FirstChar 0/LastChar 2000000000/Widths[1]>>"
    )
    descriptor = b"<</Type/FontDescriptor/FontName/Bad/Flags 4/FontBBox[0 0 0 0]/FontFile2 12 0 R>>"
    more = {7: font, 10: b"null", 11: descriptor, 12: stream(random.Random(9).randbytes(20_000))}
    return book(stream(SOUND), more=more)


def font_maps_to_itself() -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding 10 0 R/DescendantFonts[7 0 R]/ToUnicode 10 0 R>>"
    cmap = stream(b"/CMapName /Odd def 1 begincodespacerange <00> <ff> endcodespacerange", b"/Type/CMap/UseCMap 10 0 R")
    return book(stream(SOUND), more={7: font, 10: cmap})


def charprocs_loop() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[1]"
        b"/Encoding<</Differences[65/A]>>/CharProcs<</A 10 0 R>>/Resources<</Font<</H 7 0 R>>>>>>"
    )
    return book(stream(SOUND), more={7: font, 10: stream(b"1 0 d0 BT /H 1 Tf (AAAA) Tj ET")})


def web_page() -> bytes:
    return b"<!doctype html><html><body>Sign in to download the PDF</body></html>"


def web_page_with_mark() -> bytes:
    return b"<html><body>%PDF-1.7 is how it would begin</body></html>\n%%EOF"


def cut(share: float) -> Callable[[], bytes]:
    def made() -> bytes:
        whole = book(flate(SOUND * 50), more={10: flate(random.Random(6).randbytes(5000))})
        return whole[: int(len(whole) * share)]

    return made


def zeros_after_half() -> bytes:
    whole = book(stream(SOUND * 50))
    return whole[: len(whole) // 2] + bytes(len(whole) // 2)


FILES: dict[str, Callable[[], bytes]] = {
    "a page as large as a town": huge_page,
    "a drawing as large as a town": huge_drawing,
    "an image of 30000 x 30000 bits": one_bit_image,
    "an image of 30000 x 30000 colours": colour_image,
    "an image that lies about its size": lying_image,
    "50000 pages": many_pages,
    "ten to the tenth forms": lambda: forms(10, 10),
    "forms 5000 deep": lambda: forms(5000, 1),
    "a form that draws itself": form_draws_itself,
    "eight gigabytes deflated": flate_bomb,
    "four gigabytes deflated twice": double_flate,
    "millions of glyphs": glyphs,
    "millions of path operators": path_operators,
    "thousands of slow shadings": shadings,
    "tiles a thousandth of a point wide": tiling,
    "a page tree that bites its tail": page_tree_loop,
    "two thousand million pages claimed": page_count_lies,
    "an outline that bites its tail": outline_loop,
    "page labels that bite their tail": labels_loop,
    "a cross-reference that bites its tail": xref_loop,
    "arrays half a million deep": deep_arrays,
    "arrays half a million deep on the page": deep_in_content,
    "three million saved states": saved_states,
    "rubbish for a page": rubbish_stream,
    "rubbish that claims to be deflated": rubbish_flate,
    "rubbish for a font": bad_font,
    "a font whose codes map to themselves": font_maps_to_itself,
    "a glyph that draws itself": charprocs_loop,
    "a web page": web_page,
    "a web page with a PDF's marks": web_page_with_mark,
    "cut off after a tenth": cut(0.1),
    "cut off in the middle": cut(0.5),
    "cut off near the end": cut(0.9),
    "zeros from the middle on": zeros_after_half,
}
"""Name of the trick → the file's bytes."""
