"""Captioned figures come out whole and without the text around them; of the rest only what is content."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from drawn_page import BLACK, BLUE, RED, DrawnPage, apart, covers
from hypothesis import given, settings
from hypothesis import strategies as st
from whole_document import whole

from notegen.extract.document import Block, Box, Picture
from notegen.extract.pictures.find import find_pictures
from notegen.extract.pictures.repeats import repeated_images
from notegen.extract.tables.find import find_tables


def pictures_of(drawn: DrawnPage, repeated: frozenset[int] = frozenset()) -> tuple[Picture, ...]:
    return find_pictures(drawn.again(), drawn.blocks, repeated)


def only(pictures: tuple[Picture, ...]) -> Picture:
    assert len(pictures) == 1, [(p.label, p.bbox) for p in pictures]
    return pictures[0]


def assert_clean(picture: Picture, inside: list[Box], outside: list[Box]) -> None:
    for box in inside:
        assert covers(picture.bbox, box), (picture.bbox, box)
    for box in outside:
        assert apart(picture.bbox, box), (picture.bbox, box)


@pytest.mark.parametrize("kind", ["vector", "raster", "mixed"])
def test_a_figure_between_text_and_caption(kind: str) -> None:
    page = DrawnPage()
    above = page.prose(72, 72, 540)
    parts = []
    if kind != "raster":
        parts += [page.graph(150, 220, 150, 100), page.label(296, 262, "node s")]
    if kind != "vector":
        parts += [page.image(350 if kind == "mixed" else 200, 220, 110, 100)]
    caption = page.caption(72, 340, 540, "Figure 3.1. Two ways to draw the same graph.")
    below = page.prose(72, 390, 540)

    picture = only(pictures_of(page))

    assert (picture.label, picture.caption) == ("Figure 3.1", "Figure 3.1. Two ways to draw the same graph.")
    assert picture.kind == kind
    assert_clean(picture, inside=parts, outside=[above, caption, below])


def test_the_crop_is_a_png_of_150_to_200_dpi_and_always_the_same() -> None:
    page = DrawnPage()
    page.graph(150, 220, 150, 100)
    page.caption(72, 340, 540, "Figure 1: A graph.")

    first, second = only(pictures_of(page)), only(pictures_of(page))

    assert first.png == second.png
    shown = pymupdf.Pixmap(first.png)
    assert (shown.width, shown.height) == (first.width_px, first.height_px)
    dpi = 72 * first.width_px / (first.bbox[2] - first.bbox[0])
    assert 150 <= dpi <= 200
    assert len(set(shown.samples[:: shown.n])) > 2, "nothing is drawn"


def test_parts_of_a_figure_and_their_sub_captions_are_one_picture() -> None:
    page = DrawnPage()
    above = page.prose(72, 72, 540)
    parts = [page.graph(90, 200, 120, 80), page.graph(260, 200, 120, 80), page.image(420, 200, 100, 80)]
    parts += [page.label(110, 288, "(a) before"), page.label(280, 288, "(b) after"), page.label(440, 288, "(c) real")]
    caption = page.caption(72, 320, 540, "Fig. 2: Three parts of one figure, each with a name of its own.", align=1)
    below = page.prose(72, 370, 540)

    picture = only(pictures_of(page))

    assert picture.label == "Fig. 2"
    assert_clean(picture, inside=parts, outside=[above, caption, below])


def test_two_captions_side_by_side_are_two_pictures() -> None:
    page = DrawnPage()
    above = page.prose(72, 72, 540)
    left, right = page.graph(90, 200, 180, 100), page.graph(340, 200, 180, 100)
    captions = [
        page.caption(80, 315, 290, "Figure 4: The tree on the left."),
        page.caption(330, 315, 540, "Figure 5: The tree on the right."),
    ]
    below = page.prose(72, 370, 540)

    first, second = pictures_of(page)

    assert [first.label, second.label] == ["Figure 4", "Figure 5"]
    assert_clean(first, inside=[left], outside=[right, above, below, *captions])
    assert_clean(second, inside=[right], outside=[left, above, below, *captions])


def test_each_column_has_its_own_figure() -> None:
    page = DrawnPage()
    text = [page.prose(50, 60, 295, 12), page.prose(318, 60, 562, 4)]
    left, right = page.graph(90, 330, 160, 90), page.graph(360, 180, 160, 90)
    text += [page.caption(50, 435, 295, "Figure 1: In the left column."), page.prose(50, 470, 295, 12)]
    text += [page.caption(318, 285, 562, "Figure 2: In the right column."), page.prose(318, 320, 562, 20)]

    found = {picture.label: picture for picture in pictures_of(page)}

    assert set(found) == {"Figure 1", "Figure 2"}
    assert_clean(found["Figure 1"], inside=[left], outside=[right, *text])
    assert_clean(found["Figure 2"], inside=[right], outside=[left, *text])


def test_a_figure_across_both_columns() -> None:
    page = DrawnPage()
    wide = page.graph(60, 70, 490, 120)
    text = [page.caption(50, 205, 562, "Figure 1: Over the whole width.", align=1)]
    text += [page.prose(50, 250, 295, 20), page.prose(318, 250, 562, 20)]

    assert_clean(only(pictures_of(page)), inside=[wide], outside=text)


def test_captions_above_their_figures() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540)]
    text.append(page.caption(72, 170, 540, "Figure 1: First."))
    first = page.graph(150, 190, 200, 90)
    text += [page.prose(72, 300, 540), page.caption(72, 420, 540, "Figure 2: Second.")]
    second = page.graph(150, 440, 200, 90)
    text.append(page.prose(72, 560, 540))

    one, two = pictures_of(page)

    assert [one.label, two.label] == ["Figure 1", "Figure 2"]
    assert_clean(one, inside=[first], outside=[second, *text])
    assert_clean(two, inside=[second], outside=[first, *text])


def test_a_caption_beside_its_figure() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540)]
    figure = page.graph(72, 180, 220, 120)
    text += [page.caption(330, 200, 540, "Figure 7: Explained in the margin, next to it."), page.prose(72, 330, 540)]

    picture = only(pictures_of(page))

    assert picture.label == "Figure 7"
    assert_clean(picture, inside=[figure], outside=text)


def test_axis_labels_belong_to_the_plot() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540)]
    page.page.draw_rect((180, 180, 420, 330), color=BLACK)
    page.page.draw_polyline([(180 + 4 * n, 330 - n * n / 30) for n in range(60)], color=BLUE)
    labels = [page.label(176 + 40 * n, 333, str(n)) for n in range(7)] + [page.label(270, 347, "time in hours")]
    labels += [page.label(160, 174 + 24 * n, str(n)) for n in range(6)]
    page.page.insert_text((152, 280), "height", fontsize=8, rotate=90)
    text += [page.caption(72, 370, 540, "Figure 8: A curve."), page.prose(72, 400, 540)]

    assert_clean(only(pictures_of(page)), inside=[(144, 180, 420, 330), *labels], outside=text)


def test_labels_of_a_figure_at_the_top_of_the_page_are_no_running_header() -> None:
    page = DrawnPage()
    page.page.insert_text((72, 40), "Chapter 8. Shortest paths and how to find them", fontsize=9)
    figure = page.graph(150, 72, 150, 100)
    page.page.insert_text((172, 71), "17", fontsize=8)  # extraction took it for a part of the header: no block
    text = [page.caption(72, 190, 540, "Figure 8.2. A spanning tree."), page.prose(72, 220, 540)]

    picture = only(pictures_of(page))

    assert_clean(picture, inside=[figure, (172, 66, 180, 71)], outside=[(72, 31, 300, 43), *text])
    crop = pymupdf.Pixmap(picture.png)
    scale = crop.width / (picture.bbox[2] - picture.bbox[0])
    x, y = int((172 - picture.bbox[0]) * scale), int((65 - picture.bbox[1]) * scale)
    digits = {crop.pixel(x + dx, y + dy) for dx in range(int(9 * scale)) for dy in range(int(6 * scale))}
    assert (0, 0, 0) in digits, "the label was painted over"


def test_labels_in_no_block_above_all_blocks_belong_to_the_figure_when_extraction_kept_them() -> None:
    page = DrawnPage()
    page.page.insert_text((72, 40), "Chapter 4", fontsize=9)
    maps = [page.image(100, 120, 150, 120), page.image(300, 120, 150, 120)]
    labels = []  # extraction took them for cells of a table: no blocks
    for x in (100, 300):
        for n, name in enumerate(("the", "cat", "sat", "there")):
            labels += [page.label(x + 5 + 38 * n, 107, name), page.label(x - 22, 128 + 30 * n, name)]
        labels.append(page.label(x + 50, 92, "without a mask"))
        page.page.draw_rect((x, 120, x + 150, 240), color=BLACK)
    text = [page.caption(72, 255, 540, "Figure 4.1: Two heatmaps."), page.prose(72, 300, 540)]
    blocks = [block for block in page.blocks if block.bbox in text]

    picture = only(find_pictures(page.again(), blocks, frozenset(), [*labels, *text]))

    assert_clean(picture, inside=[*maps, *labels], outside=[(72, 31, 300, 43), *text])


def test_boxed_pseudo_code_with_a_figure_caption_is_a_figure() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540)]
    page.page.draw_rect((150, 170, 450, 260), color=BLACK)
    page.text("code", (160, 180, 440, 250), "Dijkstra(s):\n  Insert(s, 0)\n  while not empty\n    u = Min()")
    text += [page.caption(72, 270, 540, "Figure 9: Dijkstra's algorithm."), page.prose(72, 300, 540)]

    assert_clean(only(pictures_of(page)), inside=[(150, 170, 450, 260)], outside=text)


def test_an_algorithm_between_rules_is_a_picture_of_its_steps() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540)]
    page.page.draw_line((120, 170), (480, 170))
    text.append(page.caption(120, 172, 480, "Algorithm 1: Sort the list of all words by their length."))
    page.page.draw_line((120, 188), (480, 188))
    steps = "Require: a list of words that may be empty, and an order of words by length\nwhile not sorted\n  swap"
    inside = page.text("paragraph", (125, 192, 475, 250), steps)
    page.page.draw_line((120, 256), (480, 256))
    text.append(page.prose(72, 280, 540))

    picture = only(pictures_of(page))

    assert picture.label == "Algorithm 1"
    assert_clean(picture, inside=[inside, (120, 188, 480, 256)], outside=text)


def test_boxed_code_with_a_listing_caption_stays_text() -> None:
    page = DrawnPage()
    page.page.draw_rect((150, 170, 450, 260), color=BLACK, fill=(0.9, 0.9, 0.9))
    page.text("code", (160, 180, 440, 250), "def softmax(scores):\n    powers = [exp(score) for score in scores]")
    page.caption(72, 270, 540, "Listing 1: Softmax.")

    assert pictures_of(page) == ()


def test_a_logo_on_every_page_and_small_things_are_left_out() -> None:
    document = pymupdf.open()
    pages = [DrawnPage(document=document) for _ in range(4)]
    for number, page in enumerate(pages):
        page.image(200, 60, 200, 120, shade=10)  # the same everywhere
        page.image(72, 300, 12, 12, shade=100 + number)  # an icon
        page.page.draw_line((72, 40), (540, 40))
        page.prose(72, 320, 540)
    content = pages[2].image(150, 480, 300, 200, shade=200)
    again = pymupdf.open("pdf", document.tobytes())

    repeated = repeated_images(again, range(4))
    found = [find_pictures(again[page.number], page.blocks, repeated) for page in pages]

    assert [len(pictures) for pictures in found] == [0, 0, 1, 0]
    assert covers(found[2][0].bbox, content)
    assert (found[2][0].label, found[2][0].caption) == ("", "")


def test_images_that_all_pages_list_and_one_page_draws_are_no_repeats() -> None:
    document = pymupdf.open()
    drawn = [DrawnPage(document=document) for _ in range(4)]
    for n, page in enumerate(drawn):
        page.image(150, 250, 200, 150, shade=40 * n)
        page.prose(72, 80, 540)
    names = [(n, image[0]) for n in range(4) for image in document.get_page_images(n)]
    listed = " ".join(f"/Im{n} {xref} 0 R" for n, xref in names)
    for n, page in enumerate(drawn):
        resources = int(document.xref_get_key(page.page.xref, "Resources")[1].split()[0])
        own = document.get_page_images(n)[0][7]
        document.xref_set_key(resources, "XObject", f"<<{listed} /{own} {names[n][1]} 0 R>>")
    again = pymupdf.open("pdf", document.tobytes())
    assert all(len(again.get_page_images(n)) >= 4 for n in range(4))
    repeated = repeated_images(again, range(4))
    assert repeated == frozenset()
    assert [len(find_pictures(again[n], page.blocks, repeated)) for n, page in enumerate(drawn)] == [1] * 4


def test_a_label_in_line_with_the_second_row_of_a_caption_belongs_to_the_figure() -> None:
    drawn = DrawnPage()
    figure = drawn.graph(150, 100, 300, 180)
    drawn.page.insert_text((180, 291), "1500", fontsize=7)
    drawn.page.insert_text((150, 310), "Figure 11.6", fontsize=9)
    words = "Conditional tree of the data with the survival function"
    for n, row in enumerate((words, "estimated for each of the groups that the tree makes,", "shown in its leaves")):
        drawn.page.insert_text((180 if n else 205, 310 + 11 * n), row, fontsize=9)
    box = (150, 301, 440, 335)
    drawn.blocks.append(Block(kind="caption", page=0, bbox=box, text=f"Figure 11.6 {words} estimated for each"))
    (picture,) = find_pictures(drawn.page, drawn.blocks, frozenset())
    assert picture.label == "Figure 11.6"
    assert covers(picture.bbox, figure)
    assert picture.bbox[3] > 291


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Abb. 3: Ein Netz.", "Abb. 3"),
        ("Fig. S1. A net.", "Fig. S1"),
        ("Fig 2. A net.", "Fig 2"),
        ("Figura 1.2: Una red.", "Figura 1.2"),
        ("Schéma 4 : Un réseau.", "Schéma 4"),
        ("Gráfico 5. Una red.", "Gráfico 5"),
        ("Supplementary Figure 7: A net.", "Supplementary Figure 7"),
    ],
)
def test_captions_in_other_forms_name_their_figures(printed: str, label: str, tmp_path: Path) -> None:
    drawn = DrawnPage()
    drawn.prose(72, 80, 540)
    drawn.graph(150, 220, 250, 150)
    drawn.page.insert_text((150, 390), printed, fontsize=9)
    drawn.prose(72, 430, 540)
    drawn.document.save(tmp_path / "book.pdf")
    (picture,) = whole(tmp_path / "book.pdf").pages[0].pictures
    assert (picture.label, picture.caption) == (label, printed)


def test_framed_text_rules_and_backgrounds_are_no_pictures() -> None:
    page = DrawnPage()
    page.page.draw_rect((0, 0, 612, 792), color=None, fill=(0.95, 0.95, 1))
    page.page.draw_rect((60, 60, 552, 200), color=RED, fill=(1, 1, 0.9))
    page.prose(72, 72, 540)
    page.text("heading", (72, 230, 540, 260), "A title with a rule", size=16)
    page.page.draw_line((72, 262), (540, 262))
    page.text("formula", (150, 300, 450, 330), "a / b = c")
    page.page.draw_rect((140, 290, 460, 335), color=BLACK)

    assert pictures_of(page) == ()


def test_a_diagram_on_a_slide_comes_without_a_caption_and_without_the_text_beside_it() -> None:
    page = DrawnPage(720, 405)
    text = [page.text("heading", (30, 20, 400, 70), "Perceptron", size=28)]
    text += [page.text("list", (30, 90 + 40 * n, 300, 125 + 40 * n), "one more point", size=20) for n in range(4)]
    diagram = page.graph(400, 110, 250, 200)
    page.page.draw_rect((30, 300, 250, 380), color=None, fill=RED)
    page.text("paragraph", (40, 310, 240, 370), "Why do we need a nonlinear activation?", size=18)

    picture = only(pictures_of(page))

    assert (picture.kind, picture.caption) == ("vector", "")
    assert_clean(picture, inside=[diagram], outside=text)


def test_an_image_that_fills_the_page_counts_only_on_a_page_without_text() -> None:
    bare, written = DrawnPage(), DrawnPage()
    for page in (bare, written):
        page.image(0, 0, 612, 792)
    written.prose(72, 72, 540, 12)

    assert covers(only(pictures_of(bare)).bbox, (0, 0, 612, 792))
    assert pictures_of(written) == ()


def test_a_field_of_loose_dots_up_to_its_caption_is_one_picture() -> None:
    page = DrawnPage()
    text = [page.prose(72, 40, 540, 3), page.caption(72, 650, 540, "Figure 1: Dots."), page.prose(72, 680, 540, 3)]
    shape = page.page.new_shape()
    for n in range(30 * 33):
        shape.draw_circle((72 + 16 * (n % 30), 120 + 16 * (n // 30)), 2.5)
        shape.finish(color=BLACK)
    shape.commit()

    assert_clean(only(pictures_of(page)), inside=[(70, 118, 538, 634)], outside=text)


def test_text_that_reaches_into_the_crop_is_painted_over() -> None:
    page = DrawnPage(720, 405)
    page.image(300, 100, 300, 200, shade=255)
    bare = only(pictures_of(page))
    page.text("list", (100, 150, 340, 190), "a point that is too long", size=20)

    assert only(pictures_of(page)).bbox == bare.bbox
    crop = pymupdf.Pixmap(only(pictures_of(page)).png)
    assert min(crop.samples[:: crop.n]) > 200, "black letters in the red channel of a picture without black"


def test_what_is_clipped_away_does_not_widen_the_figure() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540), page.caption(72, 340, 540, "Figure 1: A clipped curve.")]
    curve = " ".join(f"{150 + 10 * n} {792 - 200 + 40 * (-1) ** n * n} l" for n in range(1, 30))
    stream = f"q 150 492 300 100 re W n 150 592 m {curve} S Q"
    xref = page.document.get_new_xref()
    page.document.update_object(xref, "<<>>")
    page.document.update_stream(xref, stream.encode())
    page.document.xref_set_key(page.page.xref, "Contents", f"[{page.page.get_contents()[0]} 0 R {xref} 0 R]")

    assert_clean(only(pictures_of(page)), inside=[(150, 200, 440, 300)], outside=text)


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    page = DrawnPage()
    page.graph(150, 220, 150, 100)
    caption = page.caption(72, 340, 540, "Figure 1: A graph.")
    page.page.set_rotation(180)
    turned = [612 - caption[2], 792 - caption[3], 612 - caption[0], 792 - caption[1]]
    block = page.blocks[0]
    seen = type(block)(kind="caption", page=0, bbox=tuple(turned), text=block.text)

    picture = only(find_pictures(page.again(), [seen], frozenset()))

    assert picture.label == "Figure 1"
    assert_clean(picture, inside=[(312, 472, 462, 572)], outside=[tuple(turned)])


def test_a_glyph_without_a_meaning_in_the_number_leaves_the_label_empty() -> None:
    page = DrawnPage()
    page.graph(150, 220, 150, 100)
    box = page.caption(72, 340, 540, "Figure 8.x. A graph.")
    page.blocks[0] = type(page.blocks[0])(kind="caption", page=0, bbox=box, text="Figure 8.\ufffd. A graph.")

    assert only(pictures_of(page)).label == ""


def test_a_dense_drawing_is_one_crop_and_takes_little_time() -> None:
    page = DrawnPage()
    text = [page.prose(72, 60, 540), page.caption(72, 520, 540, "Figure 1: Very many points.")]
    shape = page.page.new_shape()
    for n in range(21_000):
        x, y = 100 + (n * 7919) % 400, 180 + (n * 104729) % 300
        shape.draw_line((x, y), (x + 0.7, y + 0.5))
        shape.finish(color=BLUE)
    shape.commit()

    assert_clean(only(pictures_of(page)), inside=[(102, 182, 498, 478)], outside=text)


def test_an_image_that_declares_too_many_pixels_is_not_rendered() -> None:
    page = DrawnPage()
    page.image(150, 200, 300, 200)
    page.caption(72, 420, 540, "Figure 1: A bomb.")
    xref = page.page.get_images()[0][0]
    page.document.xref_set_key(xref, "Width", "30000")
    page.document.xref_set_key(xref, "Height", "30000")

    assert pictures_of(page) == ()


def test_a_page_of_any_size_is_rendered_within_the_pixel_limit() -> None:
    page = DrawnPage(14_000, 14_000)
    page.graph(1_000, 1_000, 12_000, 12_000)
    page.text("caption", (1_000, 13_100, 13_000, 13_300), "Figure 1: Huge.", size=90)

    picture = only(pictures_of(page))

    assert 0 < picture.width_px * picture.height_px <= 25_000_000


NUMBERS = st.floats(-50, 900, allow_nan=False)
SHAPES = st.lists(st.tuples(st.sampled_from(["rect", "line", "circle", "image", "text"]), *[NUMBERS] * 4), max_size=25)


@settings(max_examples=40)
@given(shapes=SHAPES, caption=st.sampled_from(["", "Figure 1: Whatever.", "Table 1: Whatever.", "Algorithm 2"]))
def test_whatever_is_drawn_crops_lie_on_the_page_and_captions_are_used_once(
    shapes: list[tuple[str, float, float, float, float]], caption: str
) -> None:
    page = DrawnPage()
    for shape, x, y, width, height in shapes:
        if shape == "rect":
            page.page.draw_rect((x, y, x + abs(width) + 0.1, y + abs(height) + 0.1), color=BLACK)
        elif shape == "line":
            page.page.draw_line((x, y), (width, height), color=RED)
        elif shape == "circle":
            page.page.draw_circle((x, y), abs(width) / 20 + 0.5, fill=BLUE)
        elif shape == "image":
            page.image(x, y, abs(width) + 1, abs(height) + 1)
        else:
            page.page.insert_text((x, y), "some words of text", fontsize=abs(width) / 40 + 1)
    if caption:
        page.caption(100, 400, 500, caption)

    found = [*pictures_of(page), *find_tables(page.again(), page.blocks)]

    assert sum(part.caption != "" for part in found) <= 1
    for part in found:
        assert covers((0, 0, 612, 792), part.bbox, slack=0)
        assert part.bbox[0] < part.bbox[2]
        assert part.bbox[1] < part.bbox[3]
