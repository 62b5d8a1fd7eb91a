"""The comparison of outputs: what has to pass, and what has to fail."""
import base64
import struct

import nbformat
import nbformat.v4 as nb
import pytest

from comparison import cell_difference, output_difference, text_difference

SAME = [
    ('relative error 0.3312', 'relative error 0.3331'),                     # within 1 %
    ('1.0', '0.99'),
    ('error 1.2e-9', 'error 9.9e-9'),                                       # round-off: factor of 10
    ('error 1.2e-9', 'error 1.3e-10'),
    ('left over -3.1e-17', 'left over 2.8e-17'),                            # its sign does not count
    ('left over 0', 'left over 1e-17'), ('0.0', '-0.0'), ('0.000000', '-0.000000'),
    ('9.9e-7', '1.01e-6'),                                                  # on the border
    ('NaN', 'NaN'), ('-Infinity', '-Infinity'), ('∞', 'Infinity'),
    ('[6.6613e-16, 0,4.4409e-16]', '[ 0,4.4409e-16,         0]'),
    ('[ 1.0000,    9.9999]', '[ 1.0000,   10.0000]'),                       # a column that got wider
    ('Model@1a2b3c', 'Model@77ff0012'), ('[D@5e2c', '[D@1'), ('double[]@5e2c', 'double[]@aa'),
    ('JDK 17.0.15, ND4J CpuBackend', 'JDK 25.0.3+9-LTS, ND4J CpuBackend'),
    ('', ''),
]
DIFFERENT = [
    ('0.33', '0.34'), ('1.0', '0.98'), ('3', '4'), ('5', '-5'), ('1e-3', '-1e-3'),
    ('error 1.2e-9', 'error 1.3e-8'), ('error 1.2e-9', 'error 1.1e-10'),    # more than a factor of 10
    ('left over 0', 'left over 2e-6'), ('0', '0.01'), ('1e-9', '1e-3'),
    ('NaN', '1.0'), ('Infinity', '-Infinity'), ('Infinity', '1e300'), ('NaN', 'Infinity'),
    ('RIGHT', 'WRONG'), ('1.0', '1.0 and more'), ('1 2', '1 2 3'), ('a\nb', 'a b'), ('w[3]', 'v[3]'),
    ('mail@example', 'mail@other'), ('JDK 17', 'JRE 17'), ('', '0'),
]


@pytest.mark.parametrize('committed, fresh', SAME)
def test_texts_that_say_the_same(committed, fresh):
    assert text_difference(committed, fresh) is None
    assert text_difference(fresh, committed) is None


@pytest.mark.parametrize('committed, fresh', DIFFERENT)
def test_texts_that_differ(committed, fresh):
    assert text_difference(committed, fresh)
    assert text_difference(fresh, committed)


def test_a_difference_names_both_sides():
    assert text_difference('loss 1.10', 'loss 1.20') == 'committed 1.10, now 1.20'
    assert text_difference('all good\nloss 1', 'all good\nLoss 1') == "committed 'loss 1', now 'Loss 1'"


def picture(width, height, colour=b'\0'):
    head = b'\x89PNG\r\n\x1a\n' + struct.pack('>I4sII', 13, b'IHDR', width, height)
    return nb.new_output('execute_result', {'image/png': base64.b64encode(head + colour).decode()}, execution_count=1)


def text(words):
    return nb.new_output('execute_result', {'text/plain': words}, execution_count=1)


def error(name, words):
    return nb.new_output('error', ename=name, evalue=words, traceback=[words])


def stream(words, name='stdout'):
    return nb.new_output('stream', name=name, text=words)


def test_pictures_are_compared_by_size():
    assert output_difference(picture(800, 450), picture(800, 450, b'\1')) is None
    assert '(800, 451)' in output_difference(picture(800, 450), picture(800, 451))
    assert output_difference(picture(800, 450), text('BufferedImage'))


def test_neither_the_last_bytes_of_a_picture_nor_its_words_make_it_stale():
    whole, cut = picture(800, 450, b'the end'), picture(800, 450, b'the')
    whole.metadata = nbformat.from_dict({'image/png': {'alt': 'A chart. It falls.'}})
    assert output_difference(cut, whole) is None and output_difference(whole, cut) is None


def test_errors_are_compared_by_name_and_message():
    assert output_difference(error('A', 'step 1e-9'), error('A', 'step 1e-9')) is None
    assert output_difference(error('A', 'step'), error('B', 'step')) == 'committed A, now B'
    assert output_difference(error('A', 'step'), error('A', 'weights'))


def test_kinds_of_output_and_streams_are_told_apart():
    assert output_difference(text('1'), stream('1'))
    assert output_difference(stream('1'), stream('1', 'stderr')) == 'committed stdout, now stderr'


def test_cells_have_the_same_number_of_outputs():
    one, two = nb.new_code_cell(outputs=[text('1')]), nb.new_code_cell(outputs=[stream('a'), text('1')])
    assert cell_difference(one, one) is None
    assert cell_difference(one, two) == 'committed 1 outputs, now 2'


def measured(words):
    return nb.new_code_cell(outputs=[text(words)], metadata={'tags': ['measured']})


def test_of_a_measured_cell_the_words_count_and_not_the_numbers():
    one, other = measured('RIGHT, to 4e-09;\n131 evaluations, 0.02 s'), measured('RIGHT, to 7e-05; 98\nevaluations, 1.10 s')
    assert cell_difference(one, other) is None
    assert cell_difference(measured('RIGHT, to 4e-09'), measured('WRONG, to 4e-09'))
    assert cell_difference(measured('RIGHT, to 4e-09'), measured('RIGHT'))
