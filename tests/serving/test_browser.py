import pytest

from tests.serving.test_serve import Site, site

__all__ = ["site"]


@pytest.mark.browser
def test_overlay_and_reload(site: Site, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://localhost:{site.port}/x/")
        site.source.write_text("bad")
        page.wait_for_selector("#site-builder-preview", timeout=5000)
        text = page.inner_text("#site-builder-preview")
        assert "a.md:3:1" in text and "not a <date>" in text and "write it so" in text
        site.source.write_text("mended")
        page.wait_for_selector("body:has-text('mended')", timeout=5000)
        assert page.locator("#site-builder-preview").count() == 0
        browser.close()
