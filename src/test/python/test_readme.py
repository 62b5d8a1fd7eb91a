"""What the README promises: its example runs and prints what it says, its links lead somewhere, its chart is that of lesson 04."""
import base64
import re

import nbformat
import pytest

from comparison import picture_size
from notebooks import ROOT, execute, lessons, read

README = (ROOT / 'README.md').read_text(encoding='utf-8')


def printed(*blocks):
    """What each block of Java prints, one after the other in a kernel."""
    cells = ['%classpath ../target/gradcheck.jar\n' + blocks[0], *blocks[1:]]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    execute(notebook)
    assert [[output.get('name') for output in cell.outputs] for cell in notebook.cells] == [['stdout']] * len(blocks), notebook
    return [cell.outputs[0].text for cell in notebook.cells]


def test_the_examples_print_what_the_comments_say_and_the_report_that_is_shown():
    blocks = re.findall(r'```java\n(.*?)```', README[README.index('## Check a gradient'):], re.DOTALL)[:2]
    expected = re.findall(r'println\(.*// (\S+)$', blocks[0], re.MULTILINE)
    first, report = printed(*blocks)
    assert expected and len(first.split()) == len(expected)
    for text, promise in zip(first.split(), expected, strict=True):
        assert float(text) == pytest.approx(float(promise), rel=1e-5) if promise[0].isdigit() else text == promise
    shown = re.search(r'```text\n(.*?)```', README, re.DOTALL)[1]
    assert without_measurements(shown) == without_measurements(report)


def without_measurements(report):
    """Times and errors differ from one processor to the next."""
    return re.sub(r'[\d.]+e[+-]\d+|\d+ evaluations|[\d.]+\s+s\.', '#', ' '.join(report.split()))


@pytest.mark.parametrize('document', ['README.md', 'CONTRIBUTING.md'])
def test_every_link_leads_to_a_file(document):
    links = re.findall(r'\]\(([^)]+)\)', (ROOT / document).read_text(encoding='utf-8'))
    for link in links:
        assert link.startswith(('https://', '#')) or (ROOT / link).exists(), link


def test_every_lesson_is_in_the_list():
    listed = re.findall(r'\]\(notebooks/([^)]+)\)', README)
    assert sorted({name for name in listed if name.endswith('.ipynb')}) == [path.name for path in lessons()]


def test_the_chart_is_one_of_lesson_04():
    chart = base64.b64encode((ROOT / 'src/docs/every-start.png').read_bytes())
    lesson = read(lessons(['04'])[0])
    pictures = [output.data['image/png'] for cell in lesson.cells if cell.cell_type == 'code'
                for output in cell.outputs if 'image/png' in output.get('data', {})]
    assert chart.decode() in [picture.replace('\n', '') for picture in pictures], \
        'save the chart "From logits every start passes" of lesson 04 as src/docs/every-start.png'
    assert picture_size(chart) == (800, 450)
