"""Pictures in a lesson are whole, as a strict decoder wants them, and say in words what they show."""
import base64
import struct
import zlib

import nbformat.v4 as nb
import pytest

from pictures import END, SIGNATURE, completed, fault, finish, plain


def chunk(kind, body=b''):
    return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))


PNG = SIGNATURE + chunk(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(b'\0\0')) + chunk(b'IEND')


def base64_of(png):
    return base64.b64encode(png).decode()


# ---------------------------------------------------------------- the bytes


def test_the_last_chunk_of_every_png_is_the_same():
    assert PNG.endswith(END) and len(END) == 12
    assert fault(base64_of(PNG)) is None


@pytest.mark.parametrize('lost', range(5))
@pytest.mark.parametrize('length', range(3))
def test_a_picture_that_lost_its_last_bytes_gets_them_back(lost, length):
    png = PNG[:-12] + chunk(b'tEXt', b'x' * length) + END                   # each length of the whole, by threes
    cut = base64_of(png[:len(png) - lost])
    for text in (cut, cut.rstrip('='), cut[:len(cut) // 2] + '\n' + cut[len(cut) // 2:] + '\n'):
        assert completed(text) == base64_of(png)


@pytest.mark.parametrize('text', [base64_of(PNG[:-20]), base64_of(PNG + b'more'), base64_of(b'GIF89a'), ''])
def test_what_is_not_a_picture_cut_at_its_end_is_left_as_it_is(text):
    assert completed(text) == text and fault(text)


FAULTS = [
    (base64_of(PNG)[:-2], 'no Base64'), (base64_of(PNG)[:-4] + '!!!!', 'no Base64'), (base64_of(PNG[:-1]), 'cut off'),
    (base64_of(PNG[:-2]), 'cut off'), (base64_of(PNG[:-12]), 'cut off'), (base64_of(PNG[:40]), 'cut off'),
    (base64_of(SIGNATURE), 'cut off'),
    (base64_of(PNG + b'\0'), '1 bytes after its end'), (base64_of(PNG[8:]), 'no PNG'), ('', 'no PNG'),
    (base64_of(PNG.replace(b'\x08\0', b'\x10\0', 1)), 'wrong checksum in IHDR'), (base64_of(PNG[:-1] + b'\x81'), 'wrong checksum in IEND'),
]


@pytest.mark.parametrize('text, words', FAULTS)
def test_a_strict_decoder_names_what_is_wrong(text, words):
    assert words in fault(text)


# ---------------------------------------------------------------- the words


def shown(*more):
    """The outputs of a cell that shows a picture, after some text."""
    return [nb.new_output('stream', name='stdout', text=text) for text in more] + \
        [nb.new_output('display_data', {'image/png': base64_of(PNG[:-2])})]


def told(*cells):
    """The text alternatives of all pictures in a lesson of these cells: a string is Markdown, a tuple is code and its outputs."""
    lesson = nb.new_notebook(cells=[nb.new_markdown_cell(cell) if isinstance(cell, str) else nb.new_code_cell(cell[0], outputs=cell[1])
                                    for cell in cells])
    finish(lesson)
    outputs = [output for cell in lesson.cells for output in cell.get('outputs', []) if 'image/png' in output.get('data', {})]
    assert all(fault(output.data['image/png']) is None for output in outputs)
    return [output.metadata.get('image/png', {}).get('alt') for output in outputs]


def test_a_picture_says_its_title_and_the_sentence_beneath():
    assert told(('Charts.steps("It falls", sweeps, -1, 2)', shown()), 'First it falls. Then it rises.\n\nMore.') \
        == ['It falls. First it falls. Then it rises.']
    assert told(('Charts.steps("Does it fall?", sweeps)', shown()), 'First it falls, as we had hoped. Then it rises.') \
        == ['Does it fall? First it falls, as we had hoped.']


def test_a_title_may_be_put_together_over_lines_or_stand_in_a_variable():
    assert told(('Charts.steps(\n    "It falls, "\n    + "and \\"rises\\"",\n    sweeps)', shown())) == ['It falls, and "rises".']
    assert told(('String title = "It falls";', []), ('String title =\n  "It rises";', []), ('Charts.steps(title, sweeps)', shown())) \
        == ['It rises.']


def test_a_chart_that_updates_in_its_place_has_the_title_of_the_method_that_draws_it():
    chart = 'Charts.training("It learns", p)'
    method = f'void show(Progress p) {{\n    display({chart});\n    updateDisplay(id, {chart});\n}}'
    training = ('descent.train(network, split, p -> show(p));', shown('epoch 1'))
    assert told((method, []), training, 'Most is learnt in the first three epochs. So.') \
        == ['It learns. Most is learnt in the first three epochs.']
    assert told((method, []), ('descent.train(network, split, p -> other(p));', shown())) == [None]


def test_a_title_that_only_the_run_knows_is_left_out():
    for call in ('Charts.steps("It is %.2f".formatted(x), sweeps)', 'Charts.steps("It is " + x, sweeps)', 'Charts.steps(name(), sweeps)'):
        assert told((call, shown()), 'The error falls, and then it rises again.') == ['The error falls, and then it rises again.']


def test_the_chart_of_a_report_says_the_verdict_that_the_report_printed():
    right, wrong = ([nb.new_output('execute_result', {'text/plain': text}, execution_count=1)] for text in ('RIGHT, to 7e-10', 'WRONG\n'))
    lesson = [('other', right), ('GradientReport report = check();\nreport', wrong), ('another', right)]
    chart = ('Charts.of(report)', shown())
    assert told(*lesson, chart) == ['The evidence of a gradient check: WRONG.']
    assert told(*lesson, chart, '*WRONG*, and it names the bug: a factor.') \
        == ['The evidence of a gradient check: WRONG, and it names the bug: a factor.']
    assert told(*lesson, chart, 'The circles lie far from the crosses. So.') \
        == ['The evidence of a gradient check: WRONG. The circles lie far from the crosses.']
    assert told(('GradientReport report = check();', []), chart) == ['The evidence of a gradient check.']


def test_pictures_of_one_cell_are_told_in_their_order():
    two = 'display(Charts.steps("Left", a));\ndisplay(Charts.steps("Right", b));'
    assert told((two, shown() + shown())) == ['Left.', 'Right.']
    assert told((two, shown())) == ['Right.']


@pytest.mark.parametrize('beneath', ['## The network\n\nText.', '| a | b |\n|---|---|', '- one\n- two', '1. one', '$$x^2$$'])
def test_what_is_no_sentence_about_the_picture_is_left_out(beneath):
    assert told(('Charts.steps("It falls", sweeps)', shown()), beneath) == ['It falls.']


def test_a_short_first_sentence_takes_the_next_one_with_it():
    assert told(('Charts.steps("It falls", sweeps)', shown()), 'None. Every start is at about $10^{-9}$. And so on.') \
        == ['It falls. None. Every start is at about 10⁻⁹.']


PLAIN = [
    ('*Then* it **rises**, see [lesson 04](04.ipynb) and `Math.ulp`.', 'Then it rises, see lesson 04 and Math.ulp.'),
    (r'about $2 \cdot 10^{-10}$', 'about 2 · 10⁻¹⁰'), (r'slope $+2$', 'slope +2'), (r'$\theta_{12}$ and $\sigma(z)$', 'θ_12 and σ(z)'),
    (r'$q = \frac{\mathrm{ulp}(J)}{2h}$', 'q = ulp(J)/2h'), (r'$\frac1m X^T(p - Y)$', '1/m X^T(p - Y)'),
    (r'$\lVert g - \tilde g \rVert$', '‖ g - g ‖'), (r'$\big(J(w + h) - J(w - h)\big) / 2h$', '(J(w + h) - J(w - h)) / 2h'),
    ('5 * 3 * 2, two\nlines', '5 * 3 * 2, two lines'),
]


@pytest.mark.parametrize('markdown, words', PLAIN)
def test_markdown_and_formulas_become_plain_words(markdown, words):
    assert plain(markdown) == words


def test_finishing_twice_is_finishing_once():
    lesson = nb.new_notebook(cells=[nb.new_code_cell('Charts.steps("It falls", sweeps)', outputs=shown())])
    finish(lesson)
    once = str(lesson)
    finish(lesson)
    assert str(lesson) == once
