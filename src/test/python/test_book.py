"""The web book: as complete as the notebooks, and whole when it is opened from the file system with the network cut.

The pictures that this leaves in target/screenshots are for a person to look at.
"""
import re
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

import book
import lessons
import notebooks
import pictures
import workplace
from machine import Problem

SCREENSHOTS = notebooks.ROOT / 'target/screenshots'
REPOSITORY = 'https://github.com/USER/gradcheck'
TERM = re.compile(r'\(glossary\.md#([\w-]+)\)')
LOADED = [('script', 'src'), ('img', 'src'), ('iframe', 'src'), ('source', 'src'), ('object', 'data'), ('link', 'href')]
HEIGHTS = {390: 844, 768: 1024, 1280: 800}                                 # a phone, a tablet, a desktop
every_lesson = pytest.mark.parametrize('path', notebooks.lessons(), ids=lambda path: path.stem)
every_screen = pytest.mark.parametrize('width', HEIGHTS)

LOOK = r"""() => ({
  beyond: document.documentElement.scrollWidth - window.innerWidth,
  cutOff: [...document.querySelectorAll('main pre, main div.math, main table')].filter(each => {
    const box = each.closest('pre, div.math, .pst-scrollable-table-container, .output') || each;
    return box.scrollWidth > box.clientWidth + 1 && !['auto', 'scroll'].includes(getComputedStyle(box).overflowX);
  }).map(each => each.innerText.slice(0, 80)),
  untypeset: [...document.querySelectorAll('.math')].filter(each => !each.querySelector('mjx-container')).length,
  badFormulas: document.querySelectorAll('mjx-merror, [data-mml-node="merror"]').length,
  prose: document.querySelector('main').innerText,
  blank: [...document.images].filter(each => !each.complete || each.naturalWidth === 0).map(each => each.src),
  unfolded: document.querySelectorAll('details[open]').length
})"""


def stub(folder):
    """A glossary with the terms that the lessons ask for, as long as there is none."""
    terms = {term for path in notebooks.lessons() for term in TERM.findall(path.read_text(encoding='utf-8'))}
    file = folder / 'glossary.md'
    file.write_text('# Glossary\n\n' + ''.join(f'## {term}\n\nA term.\n\n' for term in sorted(terms)), encoding='utf-8')
    return file


@pytest.fixture(scope='module')
def files(tmp_path_factory):
    found = book.pages()
    return found if any(path.stem == 'glossary' for path in found) else [*found, stub(tmp_path_factory.mktemp('glossary'))]


@pytest.fixture(scope='module')
def site(files, tmp_path_factory):
    """The book, built without a warning: one would be a Problem."""
    target = tmp_path_factory.mktemp('the book #1') / 'book'
    book.build(files, target, book.set_up_book(), REPOSITORY)
    return target


@pytest.fixture(scope='module')
def pages(site):
    return {file: BeautifulSoup(file.read_text(encoding='utf-8'), 'html.parser') for file in sorted(site.glob('*.html'))}


# ---------------------------------------------------------------- what is in the files


def test_every_page_is_in_the_contents_of_the_others(files, pages):
    due = {f'{file.stem}.html' for file in files if file.suffix in ('.ipynb', '.md')}
    for file, page in pages.items():
        listed = {urlsplit(link['href']).path for link in page.select('.bd-sidebar-primary nav a')}
        assert due - {file.name} <= listed, file.name


def test_every_link_leads_somewhere(pages):
    names = {file: {each['id'] for each in page.find_all(id=True)} for file, page in pages.items()}
    for file, page in pages.items():
        for each in page.find_all(href=True) + page.find_all(src=True):
            link = urlsplit(each.get('href') or each.get('src'))
            if link.scheme or link.netloc:
                continue
            goal = (file.parent / unquote(link.path)).resolve() if link.path else file
            assert goal.exists(), f'{file.name}: {each}'
            if link.fragment and goal.suffix == '.html':
                assert unquote(link.fragment) in names[goal], f'{file.name}: {each}'


@every_lesson
def test_every_picture_is_told_in_words(path, site, pages):
    due = [output.metadata['image/png']['alt'] for cell in notebooks.code_cells(notebooks.read(path)) for output in pictures.pictures(cell)]
    shown = [image['alt'] for image in pages[site / f'{path.stem}.html'].select('.cell_output img')]
    assert shown == due


def test_no_picture_is_without_words(pages):
    for page in pages.values():
        assert all(image.get('alt') for image in page.find_all('img'))


@every_lesson
def test_every_fold_is_there_and_folded(path, site, pages):
    due = sum(cell.source.count('<details>') for cell in notebooks.read(path).cells if cell.cell_type == 'markdown')
    folds = pages[site / f'{path.stem}.html'].select('article details')
    assert len(folds) == due and not any(fold.has_attr('open') for fold in folds)
    assert all(fold.find('summary') and len(fold.get_text(strip=True)) > len(fold.summary.get_text(strip=True)) for fold in folds)


@every_lesson
def test_code_is_coloured_as_java_after_a_magic_too(path, site, pages):
    cell = pages[site / f'{path.stem}.html'].select_one('.cell_input pre')
    assert cell.select_one('.cp').text.startswith('%classpath ') and cell.select_one('.cp ~ .kn').text == 'import'


def test_nothing_is_loaded_from_outside(site, pages):
    for file, page in pages.items():
        for tag, attribute in LOADED:
            for each in page.find_all(tag, **{attribute: True}):
                assert not re.match(r'(\w+:)?//', each[attribute]), f'{file.name}: {each}'
    for sheet in site.rglob('*.css'):
        assert not re.search(r'''(url\(|@import)\s*["']?(https?:)?//''', sheet.read_text(encoding='utf-8')), sheet


def test_no_path_of_this_machine_is_in_the_book(site):
    for file in [*site.glob('*.html'), *site.glob('*.js')]:
        text = file.read_text(encoding='utf-8')
        assert str(notebooks.ROOT) not in text and str(site.parent) not in text, file.name


def test_buttons_lead_to_binder_and_to_the_source(site, pages):
    for path in notebooks.lessons():
        links = {link['href'] for link in pages[site / f'{path.stem}.html'].select('.article-header-buttons a')}
        assert f'https://mybinder.org/v2/gh/USER/gradcheck/HEAD?labpath=notebooks%2F{path.name}' in links
        assert f'{REPOSITORY}/blob/HEAD/notebooks/{path.name}' in links


def test_without_an_address_there_are_no_such_buttons(files, tmp_path):
    book.build(files, tmp_path / 'book', book.set_up_book())
    for file in (tmp_path / 'book').glob('*.html'):
        text = file.read_text(encoding='utf-8')
        assert 'mybinder.org/v2' not in text and REPOSITORY not in text


def test_a_link_from_a_lesson_leads_into_the_repository_or_is_a_problem(files, tmp_path):
    planted = tmp_path / 'planted.md'
    planted.write_text('# Planted\n\n[here](../README.md) [nowhere](nowhere.md) [no](../no.md)\n', encoding='utf-8')
    with pytest.raises(Problem, match='the book was not built: .*nowhere'):
        book.build([*files, planted], tmp_path / 'book', book.set_up_book(), REPOSITORY)
    assert f'href="{REPOSITORY}/blob/HEAD/README.md"' in (tmp_path / 'book/planted.html').read_text(encoding='utf-8')
    log = (tmp_path / 'book-work/sphinx.log').read_text(encoding='utf-8')
    assert '../no.md' in log and 'README' not in log


def test_the_command_needs_no_java(monkeypatch, capfd):
    monkeypatch.setattr(workplace, 'find_jdk', lambda: pytest.fail('the book asked for Java'))
    assert lessons.main(['book']) == 0
    seen = capfd.readouterr()
    assert (workplace.ROOT / 'target/book/index.html').as_uri() in seen.out and seen.err == ''


@pytest.mark.parametrize('words, line', [(['--repository', 'nowhere'], '--repository nowhere is no address of a web page'),
                                         (['--pdf'], '--pdf needs Chromium or Chrome')])
def test_what_cannot_be_done_is_told_in_one_line(words, line, monkeypatch, capfd):
    monkeypatch.setattr(book, 'find_browser', lambda: None)
    assert lessons.main(['book', *words]) == 1
    assert re.fullmatch(rf'lessons.py: {line}.*\n', capfd.readouterr().err)


# ---------------------------------------------------------------- in a browser, offline


def opened(browser, width, scheme):
    """A page without network that notes what it loads from elsewhere than the file system, and scripts that fail."""
    context = browser.new_context(viewport={'width': width, 'height': HEIGHTS[width]}, color_scheme=scheme, offline=True)
    page, faults = context.new_page(), []
    page.on('request', lambda request: request.url.startswith(('file:', 'data:')) or faults.append(request.url))
    page.on('pageerror', lambda error: faults.append(str(error)))
    return page, faults


def show(page, file):
    page.goto(file.as_uri())
    page.evaluate('window.MathJax && MathJax.startup && MathJax.startup.promise')


@every_screen
def test_every_page_fits_its_screen(width, site, pages, browser):
    page, faults = opened(browser, width, 'light')
    for file in pages:
        show(page, file)
        for scheme in ('light', 'dark'):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function('scheme => document.documentElement.dataset.theme === scheme', arg=scheme)
            seen = page.evaluate(LOOK)
            prose = seen.pop('prose')
            assert seen == {'beyond': 0, 'cutOff': [], 'untypeset': 0, 'badFormulas': 0, 'blank': [], 'unfolded': 0}, file.name
            assert '$$' not in prose and '\\frac' not in prose and '</' not in prose, file.name
    assert faults == []
    page.context.close()


@pytest.mark.parametrize('width, scheme', [(390, 'dark'), (1280, 'light')])
def test_no_serious_fault_of_accessibility(width, scheme, site, pages, browser):
    page, _ = opened(browser, width, scheme)
    axe, found = Axe(), []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for file in pages:
        show(page, file)
        page.screenshot(path=SCREENSHOTS / f'book-{file.stem}-{width}-{scheme}.png', full_page=True)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        for fault in axe.run(page).response['violations']:
            if fault['impact'] in ('serious', 'critical'):
                found += [f'{file.name}: {fault["id"]}: {node["html"][:200]}' for node in fault['nodes']]
    assert found == []
    page.context.close()


def test_a_fault_of_accessibility_would_be_noticed(site, browser):
    page, _ = opened(browser, 1280, 'light')
    show(page, site / 'index.html')
    page.evaluate("document.querySelector('article img').removeAttribute('alt')")
    assert 'image-alt' in [fault['id'] for fault in Axe().run(page).response['violations']]
    page.context.close()


def test_the_whole_book_on_paper(site, browser):
    """Printed by Chromium, with bookmarks, and tagged for those who do not see it."""
    printed = book.print_pdf(site, book.set_up_book()).read_bytes()
    assert printed.startswith(b'%PDF') and printed.count(b'/Type /Page\n') > 10 * len(notebooks.lessons())
    assert b'/Outlines' in printed and b'/StructTreeRoot' in printed


def test_the_search_finds_without_network(site, browser):
    page, faults = opened(browser, 1280, 'light')
    page.goto((site / 'search.html').as_uri() + '?q=softmax')
    page.wait_for_selector('#search-results li a')
    assert page.locator('#search-results li a', has_text='softmax').count()
    assert set(faults) <= {'Failed to fetch'}                              # the excerpts, which a browser refuses to file:
    page.context.close()


def test_the_reader_chooses_light_or_dark(site, browser):
    page, _ = opened(browser, 1280, 'light')
    show(page, site / 'index.html')
    papers = set()
    for _ in range(3):
        page.locator('.article-header-buttons .theme-switch-button').click()
        papers.add(page.evaluate('getComputedStyle(document.body).backgroundColor'))
    assert len(papers) == 2
    page.context.close()
