"""The exercises: unsolved they run, the folded solution is accepted, and every typical wrong answer is told what is wrong with it.

An exercise is a code cell tagged *exercise*: what the reader changes, then a line that begins with // The judge, then the judge. The cell
of text before it holds the task, a folded hint and a folded solution, whose first block of Java takes the place of what the reader changes.
What readers typed and what the judge says to it stands in exercises/NN.json: for each exercise in turn a list of
{"answer": Java, "says": words}.
"""
import copy
import json
import re
import uuid
from pathlib import Path

import pytest

import notebooks

JUDGE = '// The judge'
FEWEST_WRONG_ANSWERS = 2
WRONG = Path(__file__).with_name('exercises')
FOLD = re.compile(r'<details>\s*<summary>(.*?)</summary>\n\n(.*?)\n\n</details>', re.DOTALL)
every_lesson = pytest.mark.parametrize('path', notebooks.lessons(), ids=lambda path: path.stem)


def folds(text):
    """What is folded in a cell of text: name and text of each fold."""
    return dict(FOLD.findall(text))


def exercises(notebook):
    """Task and cell of each exercise."""
    cells = notebook.cells
    return [(cells[i - 1], cell) for i, cell in enumerate(cells) if 'exercise' in cell.metadata.get('tags', [])]


def solution(task):
    return re.search(r'```java\n(.*?)```', folds(task.source)['Solution'], re.DOTALL)[1]


def solved(cell, answer):
    """The same cell with an answer in place of what the reader changes."""
    other = copy.deepcopy(cell)
    other.source = answer.rstrip() + '\n\n' + cell.source[cell.source.index(JUDGE):]
    other.id = uuid.uuid4().hex[:8]
    return other


def wrong_answers(path):
    return json.loads((WRONG / f'{path.stem[:2]}.json').read_text(encoding='utf-8'))


def said(cell):
    return ''.join(output.get('text', '') or output.get('evalue', '') for output in cell.outputs)


@every_lesson
def test_every_exercise_has_a_hint_a_solution_and_a_judge(path):
    for task, cell in exercises(notebooks.read(path)):
        assert task.cell_type == 'markdown' and {'Hint', 'Solution'} <= folds(task.source).keys(), task.source
        assert solution(task).strip() and cell.source.count(JUDGE) == 1, cell.source
        assert task.source.count('<details>') == task.source.count('</details>') == len(FOLD.findall(task.source)), task.source


@every_lesson
def test_every_question_has_a_folded_answer(path):
    for cell in notebooks.read(path).cells:
        if cell.cell_type == 'markdown' and '## Questions' in cell.source:
            asked = re.findall(r'^(?:\*\*)?(\d+)\.', cell.source.split('## Questions')[1].split('\n## ')[0], re.MULTILINE)
            assert asked and sum(name.startswith('Answer') for name, _ in FOLD.findall(cell.source)) == len(asked), cell.source


@every_lesson
def test_judges_accept_the_solution_and_tell_what_is_wrong_with_other_answers(path):
    notebook, wrong = notebooks.read(path), wrong_answers(path)
    found = exercises(notebook)
    assert len(found) == len(wrong) >= 2
    asked = []
    for (task, cell), answers in zip(found, wrong, strict=True):
        assert said(cell).startswith('Not yet'), cell.source
        assert len(answers) >= FEWEST_WRONG_ANSWERS
        place = notebook.cells.index(cell) + 1
        tries = [(solved(cell, answer['answer']), answer['says']) for answer in answers] + [(solved(cell, solution(task)), None)]
        notebook.cells[place:place] = [each for each, _ in tries]
        asked += tries
    notebooks.execute(notebook, stop_at_fault=False)
    for cell, says in asked:
        expected = 'Right' if says is None else 'Not yet'
        assert said(cell).startswith(expected) and (says or '') in said(cell), \
            f'{cell.source}\n\nsaid {said(cell)}, expected {expected}: {says}'
