"""What the README promises: its example runs and prints what it says, its links lead somewhere, its chart is that of lesson 04."""
import base64
import re

import nbformat
import pytest

from comparison import picture_size
from notebooks import ROOT, execute, lessons, read

README = (ROOT / 'README.md').read_text(encoding='utf-8')


def test_the_example_prints_what_its_comments_say():
    code = re.search(r'```java\n(.*?)```', README, re.DOTALL).group(1)
    expected = re.findall(r'println\(.*// (\S+)$', code, re.MULTILINE)
    assert expected
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('%classpath ../target/gradcheck.jar\n' + code)])
    execute(notebook)
    assert [output.get('name') for output in notebook.cells[0].outputs] == ['stdout']
    printed = notebook.cells[0].outputs[0].text.split()
    assert len(printed) == len(expected)
    for text, promise in zip(printed, expected, strict=True):
        assert float(text) == pytest.approx(float(promise), rel=1e-5) if promise[0].isdigit() else text == promise


@pytest.mark.parametrize('document', ['README.md', 'CONTRIBUTING.md'])
def test_every_link_leads_to_a_file(document):
    links = re.findall(r'\]\(([^)]+)\)', (ROOT / document).read_text(encoding='utf-8'))
    for link in links:
        assert link.startswith('https://') or (ROOT / link).exists(), link


def test_every_lesson_is_in_the_list():
    listed = re.findall(r'\]\(notebooks/([^)]+)\)', README)
    assert listed == sorted(path.name for path in lessons())


def test_the_chart_is_one_of_lesson_04():
    chart = base64.b64encode((ROOT / 'src/docs/every-start.png').read_bytes())
    lesson = read(lessons(['04'])[0])
    pictures = [output.data['image/png'] for cell in lesson.cells if cell.cell_type == 'code'
                for output in cell.outputs if 'image/png' in output.get('data', {})]
    assert chart.decode() in [picture.replace('\n', '') for picture in pictures], \
        'save the chart "From logits every start passes" of lesson 04 as src/docs/every-start.png'
    assert picture_size(chart) == (800, 450)
