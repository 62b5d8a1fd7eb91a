"""Every lesson through a real kernel: its committed outputs are what it gives. And a test that this test would notice."""
import copy
import json
import re
import statistics

import nbformat
import pytest

import notebooks
import pictures
from comparison import cell_difference

MOST_LINES, MOST_COLUMNS, MOST_BYTES, FEWEST_PICTURES = 15, 90, 500_000, 2
MOST_CELLS, MOST_WORDS, MEDIAN_LINES = 45, 2100, 6                          # words outside of folds
MOST_MEGABYTES = 700                                                        # of the kernel: two lessons fit into Binder's 2 GB
PATH_OF_A_MACHINE = re.compile(r'(?<![\w.])/(home|root|tmp|work|Users|usr|opt|var)/|[A-Z]:\\\\?(Users|Program)')
FOLD = re.compile(r'<details>.*?</details>', re.DOTALL)
every_lesson = pytest.mark.parametrize('path', notebooks.lessons(), ids=lambda path: path.stem)


def problems(committed, fresh):
    """What a test of a lesson reports: the committed notebook against the same one just executed."""
    found = notebooks.faults(fresh)
    for number, (old, new) in enumerate(zip(notebooks.code_cells(committed), notebooks.code_cells(fresh), strict=True), 1):
        difference = cell_difference(old, new)
        if difference:
            found.append(f'code cell {number} is stale: {difference}')
        if new.execution_count != number:
            found.append(f'code cell {number} was counted as {new.execution_count}')
    return found


def executed(notebook):
    fresh = copy.deepcopy(notebook)
    notebooks.execute(fresh, stop_at_fault=False)
    return fresh


@every_lesson
def test_lesson_gives_its_committed_outputs_in_little_memory(path):
    committed = notebooks.read(path)
    fresh = copy.deepcopy(committed)
    megabytes = notebooks.execute(fresh, stop_at_fault=False)
    assert problems(committed, fresh) == []
    assert megabytes is None or megabytes < MOST_MEGABYTES


def plant(cell, source):
    cell.source, cell.outputs = source, []


def test_planted_faults_are_reported():
    """In a copy of the first lesson: a stale number, a line on stderr, an exception, a missing exception, a lost picture."""
    committed = notebooks.read(notebooks.lessons()[0])
    committed.cells = [cell for cell in committed.cells if cell.cell_type == 'code'][:1]
    for source in ('6 * 7', 'System.err.println("look here");', 'int[] none = {}; none[3]',
                   '"quiet"', 'new java.awt.image.BufferedImage(8, 4, 1)', '6 * 9'):
        committed.cells.append(nbformat.v4.new_code_cell(source))
    committed.cells[4].metadata.tags = ['raises-exception']
    committed = executed(committed)
    committed.cells[1].outputs[0].data['text/plain'] = '43'
    committed.cells[5].outputs = []
    found = problems(committed, executed(committed))
    expected = [r'code cell 3 prints on stderr: look here', r'code cell 4 raises .*ArrayIndexOutOfBounds',
                r'code cell 5 is tagged raises-exception and raises none', r'code cell 2 is stale: committed 43, now 42',
                r'code cell 6 is stale: committed 0 outputs, now 1']
    assert len(found) == len(expected), found
    for pattern, problem in zip(expected, found, strict=True):
        assert re.match(pattern, problem)


def test_a_lesson_with_a_fault_is_not_written(tmp_path, capfd):
    for name, source in (('exception', 'throw new RuntimeException("planted");'), ('stderr', 'System.err.println("planted");')):
        path = tmp_path / f'{name}.ipynb'
        cells = [nbformat.v4.new_code_cell('1 + 1'), nbformat.v4.new_code_cell(source), nbformat.v4.new_code_cell('2 + 2')]
        notebooks.write(nbformat.v4.new_notebook(cells=cells), path)
        before = path.read_bytes()
        assert len(notebooks.run(path)) == 1
        assert path.read_bytes() == before
        seen = capfd.readouterr()
        assert 'code cell 2' in seen.err and 'planted' in seen.err and '3/3' not in seen.out


def test_what_differs_from_run_to_run_is_not_written(tmp_path):
    path = tmp_path / 'lesson.ipynb'
    cells = [nbformat.v4.new_code_cell('new java.awt.image.BufferedImage(8, 4, 1)'),
             nbformat.v4.new_code_cell('throw new IllegalStateException("on purpose");', metadata={'tags': ['raises-exception']})]
    notebooks.write(nbformat.v4.new_notebook(cells=cells), path)
    assert notebooks.run(path) == []
    first = path.read_bytes()
    assert notebooks.run(path) == []
    assert path.read_bytes() == first
    lesson = notebooks.read(path)
    assert list(lesson.cells[0].outputs[0].data) == ['image/png']
    assert lesson.cells[1].outputs[0].traceback == ['java.lang.IllegalStateException: on purpose']
    assert [cell.execution_count for cell in lesson.cells] == [1, 2]


def static_faults(notebook, size):
    """What a reader of the committed file would trip over."""
    found = []
    cells = notebooks.code_cells(notebook)
    if size > MOST_BYTES:
        found.append(f'{size} bytes, more than {MOST_BYTES}')
    if [cell.execution_count for cell in cells] != list(range(1, len(cells) + 1)):
        found.append('not executed once from top to bottom: the counts are not 1, 2, 3 ...')
    if not cells or '%classpath ../target/gradcheck.jar' not in cells[0].source:
        found.append('the first code cell does not say %classpath ../target/gradcheck.jar')
    if notebook.metadata.get('kernelspec', {}).get('name') != 'java':
        found.append('the kernel is not named java')
    prose = ' '.join(FOLD.sub('', cell.source) for cell in notebook.cells if cell.cell_type == 'markdown')
    for what, most, has in (('cells', MOST_CELLS, len(notebook.cells)), ('words', MOST_WORDS, len(prose.split())),
                            ('lines in the median code cell', MEDIAN_LINES, statistics.median(len(c.source.splitlines()) for c in cells))):
        if has > most:
            found.append(f'{has} {what}, more than {most}')
    shown = sum(len(pictures.pictures(cell)) for cell in cells)
    if shown < FEWEST_PICTURES:
        found.append(f'{shown} pictures: a lesson has at least {FEWEST_PICTURES}')
    for number, cell in enumerate(cells, 1):
        found += [f'code cell {number} {fault}' for fault in source_faults(cell.source) + output_faults(cell)]
    return found + alternative_faults(notebook) + notebooks.faults(notebook)


def source_faults(source):
    lines = source.splitlines()
    found = [f'has {len(lines)} lines, more than {MOST_LINES}'] if len(lines) > MOST_LINES else []
    found += [f'has a line of {len(line)} columns, more than {MOST_COLUMNS}' for line in lines if len(line) > MOST_COLUMNS]
    if re.search(r'^\s*%(maven|load|jars|addMavenDependenc)', source, re.MULTILINE):
        found.append('fetches or loads code by a magic: the class path is target/gradcheck.jar alone')
    if PATH_OF_A_MACHINE.search(source):
        found.append('names a path of one machine')
    return found


def output_faults(cell):
    shown = [{**output, 'data': {kind: value for kind, value in output.get('data', {}).items() if kind != 'image/png'}}
             for output in cell.outputs]
    text = json.dumps(shown, ensure_ascii=False)
    found = ['shows a path of one machine'] if PATH_OF_A_MACHINE.search(text) else []
    if re.search(r'\w@[0-9a-f]{5,8}\b', text):
        found.append("shows an object's identity, which differs in every run")
    if '\\u001b' in json.dumps(shown):
        found.append('shows terminal colours')
    return found


def alternative_faults(notebook):
    """Pictures without a text alternative, or with that of another title or sentence."""
    found, finished = [], copy.deepcopy(notebook)
    pictures.finish(finished)
    for number, both in enumerate(zip(notebooks.code_cells(notebook), notebooks.code_cells(finished), strict=True), 1):
        told, due = ([output.metadata.get('image/png', {}).get('alt') for output in pictures.pictures(each)] for each in both)
        if not all(told):
            found.append(f'code cell {number} shows a picture without a text alternative')
        elif told != due:
            found.append(f'code cell {number}: a text alternative is no longer title and sentence beneath: run the lesson once more')
    return found


@every_lesson
def test_committed_lesson_has_no_faults(path):
    assert static_faults(notebooks.read(path), path.stat().st_size) == []


def first_picture(notebook):
    return next(output for cell in notebooks.code_cells(notebook) for output in pictures.pictures(cell))


@every_lesson
def test_a_picture_that_is_cut_off_or_not_told_in_words_is_a_fault(path):
    lesson = notebooks.read(path)
    first_picture(lesson).data['image/png'] = first_picture(lesson).data['image/png'][:-4]
    assert any('shows a picture that is cut off' in fault for fault in static_faults(lesson, 0))
    for metadata, words in (({}, 'without a text alternative'), ({'image/png': {'alt': 'Another chart.'}}, 'no longer title')):
        lesson = notebooks.read(path)
        first_picture(lesson).metadata = nbformat.from_dict(metadata)
        assert any(words in fault for fault in static_faults(lesson, 0))


def test_static_faults_are_reported():
    cell = nbformat.v4.new_code_cell('int x;\n' * 16 + '%maven a:b:1\n// ' + 'x' * 90 + '\nPath.of("/home/me")', execution_count=2)
    cell.outputs = [nbformat.v4.new_output('execute_result', {'text/plain': 'Thing@1a2b3c4d in /tmp/x \x1b[1m'}, execution_count=2)]
    many = [nbformat.v4.new_markdown_cell('word ' * 50 + '<details>' + 'folded ' * 50 + '</details>') for _ in range(45)]
    found = static_faults(nbformat.v4.new_notebook(cells=[cell, *many]), MOST_BYTES + 1)
    for words in ('46 cells', '2250 words', '19 lines in the median', 'bytes, more', 'counts are not', '%classpath', 'not named java',
                  '0 pictures', '19 lines', 'columns, more', 'by a magic', 'names a path', 'shows a path', 'identity', 'terminal colours'):
        assert any(words in fault for fault in found), (words, found)
    assert len(found) == 15


def test_there_are_lessons():
    assert notebooks.lessons()
