"""Makes the web book of the notebooks as they are, with their committed outputs.

Standard library only: Sphinx runs in an environment of its own. Neither a JDK nor Maven nor JupyterLab is needed.
"""
import shutil
import zipfile

from machine import Problem, find_browser, install, last_line, missing_venv, output_of, say
from workplace import ROOT, VENV, check_python, check_writable, environment, set_up_packages, venv_python

BOOK = ROOT / 'target/book'
SOURCE = ROOT / 'src/docs/book'                                            # front page, style, and what Sphinx is told
REQUIREMENTS = SOURCE / 'requirements.txt'
JAVADOC = ROOT / 'target/gradcheck-javadoc.jar'                            # from mvn -Prelease package; the book holds it if it is there
FRONT = [SOURCE / 'index.md', ROOT / 'src/docs/every-start.png']


def book(options):
    if options.repository and not options.repository.startswith(('https://', 'http://')):
        raise Problem(f'--repository {options.repository} is no address of a web page, such as https://github.com/USER/gradcheck')
    if options.pdf and not find_browser():
        raise Problem('--pdf needs Chromium or Chrome, and none is on the PATH (CHROMIUM=... names one).')
    env = set_up_book(options.yes)
    say('Building the book ...')
    build(pages(), BOOK, env, options.repository)
    say(f'The book is in {BOOK}; its front page is\n\n    {(BOOK / "index.html").as_uri()}\n')
    if options.pdf:
        say(f'Printed: {print_pdf(BOOK, env)}')
    return 0


def set_up_book(agreed=False):
    """Installs what makes the book when first asked for. Returns the environment for it."""
    check_python()
    check_writable()
    missing = missing_venv()
    if missing:
        install(missing, agreed)
    env = environment()
    set_up_packages(REQUIREMENTS, 'what makes the book', env, VENV / 'book')
    return env


def pages():
    """The lessons, the glossary, and the pictures that stand beside them."""
    return [path for path in sorted((ROOT / 'notebooks').iterdir()) if path.suffix in ('.ipynb', '.md', '.svg', '.png')]


def build(files, target, env, repository=None):
    """Makes a new site in target. Whatever Sphinx has to complain about is a Problem."""
    work = work_of(target)
    for folder in (target, work):
        shutil.rmtree(folder, ignore_errors=True)
    (work / 'source').mkdir(parents=True)
    for file in [*FRONT, *files]:
        shutil.copy(file, work / 'source')
    if JAVADOC.exists():
        with zipfile.ZipFile(JAVADOC) as archive, open(work / 'source/index.md', 'a', encoding='utf-8') as front:
            archive.extractall(target / 'api')
            front.write('\n<p><a href="api/index.html">The library, class by class</a> (Javadoc)</p>\n')
    sphinx(work, target, env, '-b', 'html', '-D', f'repository={repository or ""}')


def work_of(target):
    return target.with_name(target.name + '-work')


def print_pdf(target, env):
    """The book that was built in target, on one page, printed by Chromium or Chrome."""
    work, file = work_of(target), target / 'gradcheck.pdf'
    sphinx(work, work / 'paper', env, '-b', 'singlehtml')
    command = [find_browser(), '--headless', '--no-sandbox', '--disable-gpu', f'--user-data-dir={work / "browser"}',
               '--no-pdf-header-footer', '--generate-pdf-document-outline', '--virtual-time-budget=60000',
               f'--print-to-pdf={file}', (work / 'paper/index.html').as_uri()]
    status, text = output_of(command, timeout=300)
    if status != 0 or not file.exists():
        raise Problem(f'the book was not printed: {last_line(text)}')
    return file


def sphinx(work, target, env, *words):
    """Calls Sphinx, which must have nothing to say."""
    status, text = output_of([venv_python(VENV / 'book'), '-m', 'sphinx', '--quiet', '--fail-on-warning', '--keep-going', *words,
                              '-c', SOURCE, '-d', work / 'read', work / 'source', target], env=env)
    log = work / 'sphinx.log'
    log.write_text(text, encoding='utf-8')
    if status != 0 or text.strip():
        first = next((line.strip() for line in text.splitlines() if line.strip()), 'no output')
        raise Problem(f'the book was not built: {first[:300]} (all it printed: {log})')
