"""Pictures as readers get them: measured, in several sizes, and silent about where they were taken."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from site_builder.reading.pictures import prepare
from site_builder.reading.stripping import stripped
from tests.pipeline.test_build import article, codes, run, tree

MakeSite = Callable[..., Path]
PLACE = b"52.5200N 13.4050E"


def photo(width: int, height: int, form: str = "JPEG", **how: Any) -> bytes:
    """A picture with something to see; its metadata tell where it was taken."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, 30, 30), (0, 0, width // 4, height // 4))  # the upper left corner is red
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    exif[0x0112] = how.pop("orientation", 1)
    file = io.BytesIO()
    image.save(file, form, exif=exif, **how)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_metadata_go_and_not_one_pixel_changes(form: str) -> None:
    how = {"progressive": True} if form == "JPEG" else {}
    data = photo(300, 200, form, icc_profile=b"a profile" * 20, xmp=b"<x>" + PLACE + b"</x>", **how)
    assert PLACE in data
    clean = stripped(data + (b"\xff\xd8trailing" + PLACE if form == "JPEG" else b""))
    assert PLACE not in clean
    assert opened(clean).tobytes() == opened(data).tobytes()
    assert opened(clean).info["icc_profile"] == b"a profile" * 20
    assert stripped(clean) == clean


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_any_broken_file_is_survived(form: str, data: st.DataObject) -> None:
    whole = bytearray(photo(40, 30, form))
    cut = data.draw(st.integers(0, len(whole)))
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = prepare(bytes(whole[:cut]), pixels=10_000)
    assert found.width * found.height <= 10_000 or found.huge


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright_for_everybody(orientation: int) -> None:
    found = prepare(photo(600, 400, orientation=orientation), pixels=10**6)
    turned = orientation > 4
    assert (found.width, found.height) == ((400, 600) if turned else (600, 400))
    image = opened(found.data)
    assert image.size == (found.width, found.height)
    assert not image.getexif()
    # where the red corner lies once the turn of the camera is applied (Exif 2.32, 4.6.4)
    right, down = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1),
                   5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}[orientation]
    for picture in (image, *(opened(data) for _, data in found.smaller)):
        wide, high = picture.size
        red = picture.convert("RGB").getpixel((right * (wide - 1), down * (high - 1)))
        assert red[0] > 150 and red[1] < 90, (orientation, red)  # type: ignore[index]


def test_smaller_pictures_are_smaller_and_the_same_every_time() -> None:
    data = photo(2000, 1200)
    found = prepare(data, pixels=10**7)
    assert [width for width, _ in found.smaller] == [480, 960, 1600]
    for width, smaller in found.smaller:
        image = opened(smaller)
        assert (image.format, image.size) == ("WEBP", (width, width * 1200 // 2000))
        assert len(smaller) < len(found.data)
        assert PLACE not in smaller
    assert prepare(data, pixels=10**7) == found
    assert prepare(photo(400, 300), pixels=10**7).smaller == ()


def test_a_bomb_is_not_decoded() -> None:
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    assert len(file.getvalue()) < 20_000
    found = prepare(file.getvalue(), pixels=10**6)
    assert found.huge and not found.smaller


def site_with_pictures(make_site: MakeSite) -> Path:
    return make_site({
        "content/articles/a.md": article(
            "A", image="{src: big.jpg, alt: A square, caption: The square}",
            body="Words.\n\n![A drawing](drawing.png)\n\n![Own](big.jpg){width=80 height=40}"),
        "content/articles/big.jpg": photo(1200, 800),
        "content/articles/drawing.png": photo(700, 500, "PNG"),
    })


def test_pages_say_how_large_pictures_are_and_offer_smaller_ones(make_site: MakeSite) -> None:
    site = site_with_pictures(make_site)
    assert not run(site).problems
    out = site / "public"
    page = (out / "articles/2022/11/a/index.html").read_text()
    images = re.findall(r"<img [^>]*>", page)
    lead, drawing, own = images
    assert 'width="1200" height="800"' in lead
    assert 'width="700" height="500"' in drawing
    assert 'loading="lazy"' in drawing
    assert "srcset" not in own and own.count("width=") == 1
    for image in (lead, drawing):
        src = re.search(r' src="/record/([^"]+)"', image)[1]  # type: ignore[index]
        listed = re.search(r' srcset="([^"]+)"', image)[1].split(", ")  # type: ignore[index]
        assert listed[-1].split()[0] == f"/record/{src}"
        for entry in listed:
            url, width = entry.split()
            with Image.open(out / url.removeprefix("/record/")) as file:
                assert f"{file.size[0]}w" == width
        assert ' sizes="' in image
    home = (out / "index.html").read_text()
    assert 'srcset="/record/media/articles/big.480w.webp 480w' in home
    assert not [path for path, data in tree(out).items() if PLACE in data]


def test_a_changed_picture_changes_what_shows_it_as_a_clean_build_would(make_site: MakeSite) -> None:
    site = site_with_pictures(make_site)
    run(site)
    assert run(site).changed == ()
    (site / "content/articles/big.jpg").write_bytes(photo(500, 900))
    changed = run(site).changed
    assert "articles/2022/11/a/index.html" in changed
    assert "index.html" in changed
    run(site, output=site.parent / "clean")
    assert tree(site / "public") == tree(site.parent / "clean")
    (site / ".site-builder/pictures").rename(site / "lost")
    (site / "content/articles/new.md").write_text(article("New"))
    run(site)
    run(site, output=site.parent / "clean", clean=True)
    assert tree(site / "public") == tree(site.parent / "clean")


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:100], lambda data: data[::-1]])
def test_a_damaged_cache_gives_no_other_pictures(
    make_site: MakeSite, harm: Callable[[bytes], bytes]
) -> None:
    site = site_with_pictures(make_site)
    shutil.copy(site / "content/articles/big.jpg", site / "content/articles/same.jpg")
    (site / "content/articles/b.md").write_text(article("B", body="![The same](same.jpg)"))
    (site / "content/articles/c.md").write_text(article("C"))
    run(site)
    (site / "content/articles/c.md").unlink()
    run(site)
    before = tree(site / "public")
    for kept in (site / ".site-builder/pictures").iterdir():
        kept.write_bytes(harm(kept.read_bytes()))
    (site / "content/articles/c.md").write_text(article("C"))
    run(site)
    (site / "content/articles/c.md").unlink()
    run(site)
    assert tree(site / "public") == before
    assert run(site).changed == ()


def test_a_broken_picture_is_a_problem_with_its_file(make_site: MakeSite) -> None:
    site = make_site({
        "content/articles/a.md": article("A", body="![x](cut.jpg)\n\n![y](huge.png)"),
        "content/articles/cut.jpg": photo(600, 400)[:3000],
        "content/articles/huge.png": photo(900, 600, "PNG"),
    }, "limits.picture_pixels = 540_000\n")
    assert not codes(run(site)) - {"MD011"}
    (site / "site.toml").write_text((site / "site.toml").read_text().replace("540_000", "500_000"))
    report = run(site)
    assert report.published
    assert [(p.code, p.file) for p in report.problems] == [
        ("MD011", "content/articles/cut.jpg"), ("MD012", "content/articles/huge.png")]
    assert (site / "public/media/articles/cut.jpg").exists()
