"""The exercises check themselves: as they are committed they say so, and with the right answer they say Right."""
import pytest

from notebooks import execute, lessons, read

# The line to change in each exercise, in the order of the lesson, and a right answer.
ANSWERS = {
    '00': [('double answer = 0;', 'double answer = 12;'),
           ('return 1 - Math.tanh(w);', 'return 1 - Math.tanh(w) * Math.tanh(w);')],
    '01': [('double answer = 0;', 'double answer = 0.33;'),
           ('return gradient(w);                       // something is missing here', 'return gradient(w).add(w.mul(lambda));'),
           ('double forwardStep = 0.1;', 'double forwardStep = 1e-8;')],
    '02': [('int distinct = 0;', 'int distinct = 4;'),
           ('double step = 1e-8;', 'double step = 1e-3;'),
           ('Boolean fails = null;', 'Boolean fails = true;')],
    '03': [('double q = 0;', 'double q = 0.0298;'),
           ('double larger = 1e-6;', 'double larger = 1e-3;'),
           ('Boolean helps = null;', 'Boolean helps = false;')],
    '04': [('double step = 1e-7;', 'double step = 1e-4;'),
           ('Boolean isClipped = null;', 'Boolean isClipped = true;'),
           ('double factor = 1.0;', 'double factor = 0.88;')],
    '05': [('INDArray slopeOfSigmoid(INDArray a) { return a.mul(a).rsub(1); }',
            'INDArray slopeOfSigmoid(INDArray a) { return a.mul(a.rsub(1)); }'),
           ('int parameters = 0;', 'int parameters = 2778;'),
           ('double step = 1e-1;', 'double step = 1e-4;')],
}


def exercises(notebook):
    return [cell for cell in notebook.cells if 'exercise' in cell.metadata.get('tags', [])]


def said(cell):
    return ''.join(output.get('text', '') for output in cell.outputs)


@pytest.mark.parametrize('path', lessons(), ids=lambda path: path.stem)
def test_every_exercise_says_not_yet_and_then_right(path):
    notebook = read(path)
    answers = ANSWERS[path.stem[:2]]
    assert len(exercises(notebook)) == len(answers)
    for cell, (line, answer) in zip(exercises(notebook), answers, strict=True):
        assert said(cell).startswith('Not yet'), cell.source
        assert cell.source.count(line) == 1, line
        cell.source = cell.source.replace(line, answer)
    execute(notebook)
    for cell in exercises(notebook):
        assert said(cell).startswith('Right'), cell.source
