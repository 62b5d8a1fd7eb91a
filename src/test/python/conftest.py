"""Makes lessons.py and the notebooks' module importable, and starts the browser for the tests that need one."""
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / 'src/main/python')]
from machine import find_browser

QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update',
         '--disable-sync', '--no-first-run', '--disable-dev-shm-usage', '--hide-scrollbars']


@pytest.fixture(scope='module')
def browser():
    executable = find_browser()
    if not executable:
        reason = 'no Chromium or Chrome on the PATH: nothing was looked at in a browser (CHROMIUM=... names one)'
        if os.environ.get('GRADCHECK_REQUIRE_BROWSER'):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield started
        started.close()
