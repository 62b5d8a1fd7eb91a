"""Every lesson as a reader meets it: opened in JupyterLab in a browser, Run All Cells, looked at.

The pictures that this leaves in target/screenshots are for a person to look at. The lessons are opened as a copy.
"""
import json
import re
import shutil
import time
import urllib.error

import pytest

import notebooks
import workplace
from lab import Lab, choose_port
from machine import find_jdk

SCREENSHOTS = workplace.ROOT / 'target/screenshots'
WIDTH, PART, HIGHEST = 1280, 1600, 16_000
WHOLE_PAGE = {'windowingMode': 'none'}                   # all cells are in the page, not only those in sight
every_lesson = pytest.mark.parametrize('path', notebooks.lessons(), ids=lambda path: path.stem)

LOOK = """() => ({
  cells: [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map(cell => ({
    prompt: cell.querySelector('.jp-InputArea-prompt').innerText.trim(),
    pictures: [...cell.querySelectorAll('.jp-OutputArea img')].map(image => image.complete ? image.naturalWidth : 0),
    red: cell.querySelectorAll('.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"],' +
                               '.jp-OutputArea [data-mime-type="application/vnd.jupyter.error"]').length})),
  formulas: document.querySelectorAll('.jp-Notebook mjx-container').length,
  badFormulas: document.querySelectorAll('.jp-Notebook mjx-merror').length,
  prose: [...document.querySelectorAll('.jp-Notebook .jp-RenderedMarkdown')].map(each => each.innerText).join('\\n'),
  popUps: [...document.querySelectorAll('.jp-Dialog, .Toastify__toast')].map(each => each.innerText),
  unfinished: document.querySelectorAll('.jp-Notebook .jp-MarkdownCell:not(.jp-mod-rendered)').length
})"""

LENGTH = """() => {
  const panel = document.querySelector('.jp-Notebook .jp-WindowedPanel-outer');
  const last = [...panel.querySelectorAll('.jp-Cell')].pop();
  panel.scrollTop = 0;
  return Math.ceil(last.getBoundingClientRect().bottom - panel.getBoundingClientRect().top);
}"""


@pytest.fixture(scope='module')
def lab(browser, tmp_path_factory):
    """The JupyterLab that lessons.py opens, on a copy of the lessons beside the real target folder."""
    root = tmp_path_factory.mktemp('lessons in a browser')
    shutil.copytree(notebooks.FOLDER, root / 'notebooks', ignore=shutil.ignore_patterns('.ipynb_checkpoints'))
    (root / 'target').symlink_to(workplace.ROOT / 'target', target_is_directory=True)
    settings = root / 'settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings'
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(WHOLE_PAGE), encoding='utf-8')
    env = {**workplace.environment(find_jdk()), 'JUPYTERLAB_SETTINGS_DIR': str(root / 'settings'),
           'JUPYTERLAB_WORKSPACES_DIR': str(root / 'workspaces')}
    started = Lab(env, choose_port(None), root)
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()


def choose(page, menu, item):
    page.locator('#jp-MainMenu .lm-MenuBar-itemLabel').get_by_text(menu, exact=True).click()
    page.locator('.lm-Menu-itemLabel').get_by_text(item, exact=True).click()


def wait_for_prompts(page, pattern, count, seconds):
    """Until that many code cells show such a prompt; an empty cell keeps its empty one."""
    page.wait_for_function("""([pattern, count]) => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputArea-prompt')]
        .filter(each => new RegExp(pattern).test(each.innerText.trim())).length === count""", arg=[pattern, count], timeout=1000 * seconds)


def kernels(lab):
    try:
        return json.loads(lab.request('/api/kernels'))
    except urllib.error.HTTPError:                       # the server fails to describe a kernel that is on its way
        return []


def wait_for_kernel(page, lab, seconds):
    """Until the kernel runs and the page is connected to it. Before, JupyterLab would ask which kernel to take. It says Unknown
    and not Idle until the first cell is executed, since JJava reports no state on its own."""
    deadline = time.monotonic() + seconds
    while not any(kernel['execution_state'] == 'idle' and kernel['connections'] for kernel in kernels(lab)):
        assert time.monotonic() < deadline, 'the kernel is not ready'
        page.wait_for_timeout(200)
    page.get_by_text(re.compile(r'Java \| (Idle|Unknown)')).wait_for(timeout=1000 * seconds)


def run_all_cells(page, lab, cells):
    page.wait_for_selector('.jp-Notebook .jp-CodeCell', timeout=60_000)
    wait_for_kernel(page, lab, 60)
    choose(page, 'Edit', 'Clear Outputs of All Cells')
    wait_for_prompts(page, r'^\[\d+\]:$', 0, 10)
    choose(page, 'Run', 'Run All Cells')
    wait_for_prompts(page, r'^\[\d+\]:$', len(cells), 180)
    page.wait_for_timeout(1000)                          # pictures and formulas are drawn after the last cell has ended


def photograph(page, name):
    """The whole lesson as one picture, and in parts that can be read on a screen."""
    height = page.evaluate(LENGTH) + 200
    page.set_viewport_size({'width': WIDTH, 'height': min(height, HIGHEST)})
    page.wait_for_timeout(1000)
    page.evaluate(LENGTH)                                # to the top once more
    page.wait_for_timeout(300)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for old in SCREENSHOTS.glob(f'{name}*.png'):
        old.unlink()
    page.screenshot(path=SCREENSHOTS / f'{name}.png')
    for number, top in enumerate(range(0, min(height, HIGHEST), PART), 1):
        clip = {'x': 0, 'y': top, 'width': WIDTH, 'height': min(PART, min(height, HIGHEST) - top)}
        page.screenshot(path=SCREENSHOTS / f'{name}-{number:02}.png', clip=clip)


@every_lesson
def test_run_all_cells_in_jupyterlab(path, lab, browser):
    notebook = notebooks.read(path)
    cells = notebooks.code_cells(notebook)
    page = browser.new_page(viewport={'width': WIDTH, 'height': 1000})
    try:
        page.goto(lab.url(f'notebooks/{path.name}'))
        run_all_cells(page, lab, cells)
        photograph(page, path.stem)
        seen = page.evaluate(LOOK)
    finally:
        page.close()
        for kernel in kernels(lab):
            lab.request(f'/api/kernels/{kernel["id"]}', 'DELETE')
    shown = [cell for cell in seen['cells'] if cell['prompt'] != '[ ]:']
    assert [cell['prompt'] for cell in shown] == [f'[{number}]:' for number in range(1, len(cells) + 1)]
    assert [cell['red'] for cell in shown] == [sum(output.output_type == 'error' for output in cell.outputs) for cell in cells]
    assert [len(cell['pictures']) for cell in shown] == \
        [sum('image/png' in output.get('data', {}) for output in cell.outputs) for cell in cells]
    assert all(width > 0 for cell in shown for width in cell['pictures'])
    prose = '\n'.join(cell.source for cell in notebook.cells if cell.cell_type == 'markdown')
    assert seen['badFormulas'] == 0 and '$$' not in seen['prose'] and '\\frac' not in seen['prose']
    assert seen['formulas'] >= prose.count('$$') // 2
    assert seen['unfinished'] == 0
    assert seen['popUps'] == []
