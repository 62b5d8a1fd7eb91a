"""Compares the outputs of an executed lesson with the committed ones, as a reader would: numbers as numbers.

Sums differ by processor in their last digits, so two numbers are equal within 1 %. Below 1e-6 they are taken for round-off:
the magnitude may differ by a factor of 10, the sign does not count, and zero equals anything that small. All other text has
to be the same, except for identity hashes (Object@1a2b3c), the JDK's version, and blanks beside a number.
Pictures are compared by presence and size in pixels.
"""
import base64
import copy
import math
import re
import struct

ROUND_OFF = 1e-6
NUMBER = re.compile(r'[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|NaN|Infinity|∞)')
IDENTITY = re.compile(r'(?<=[\w\]])@[0-9a-f]{1,8}\b')
JDK_VERSION = re.compile(r'\b(JDK|Java) \d[\w.+-]*')


def same_number(committed, fresh):
    a, b = (float(text.replace('∞', 'inf')) for text in (committed, fresh))
    if not (math.isfinite(a) and math.isfinite(b)):
        return a == b or (math.isnan(a) and math.isnan(b))
    small, large = sorted((abs(a), abs(b)))
    if small < ROUND_OFF:
        return large <= 10 * small or (small == 0 and large < ROUND_OFF)
    return abs(a - b) <= 0.01 * large * (1 + 1e-9)


def text_difference(committed, fresh):
    """What differs, in a few words, or None."""
    texts = [JDK_VERSION.sub(r'\1', IDENTITY.sub('@', text)) for text in (committed, fresh)]
    words = [[squeezed(part).strip(' ') for part in NUMBER.split(text)] for text in texts]
    numbers = [NUMBER.findall(text) for text in texts]
    if words[0] != words[1]:
        line, other = first_different(*(squeezed(text).splitlines() for text in texts))
        return f'committed {line!r}, now {other!r}'
    for a, b in zip(*numbers, strict=True):
        if not same_number(a, b):
            return f'committed {a}, now {b}'
    return None


def squeezed(text):
    return re.sub(r' +', ' ', text)


def first_different(lines, others):
    for index in range(max(len(lines), len(others))):
        a, b = (some[index] if index < len(some) else '' for some in (lines, others))
        if re.sub(' *# *', '#', NUMBER.sub('#', a)) != re.sub(' *# *', '#', NUMBER.sub('#', b)):
            return a[:100], b[:100]
    return '', ''


def picture_size(data):
    """Width and height of a base64 PNG."""
    png = base64.b64decode(data)
    if png[:8] != b'\x89PNG\r\n\x1a\n':
        return None
    return struct.unpack('>II', png[16:24])


def output_difference(committed, fresh):
    """What differs between two outputs of a cell, or None."""
    if committed.output_type != fresh.output_type:
        return f'committed {committed.output_type}, now {fresh.output_type}'
    if committed.output_type == 'stream':
        if committed.name != fresh.name:
            return f'committed {committed.name}, now {fresh.name}'
        return text_difference(committed.text, fresh.text)
    if committed.output_type == 'error':
        if committed.ename != fresh.ename:
            return f'committed {committed.ename}, now {fresh.ename}'
        return text_difference(committed.evalue, fresh.evalue)
    if set(committed.data) != set(fresh.data):
        return f'committed {sorted(committed.data)}, now {sorted(fresh.data)}'
    for kind in sorted(committed.data):
        a, b = committed.data[kind], fresh.data[kind]
        if kind == 'image/png':
            if picture_size(a) != picture_size(b):
                return f'committed picture {picture_size(a)}, now {picture_size(b)}'
        elif (difference := text_difference(str(a), str(b))):
            return difference
    return None


def without_numbers(output):
    """The output of a cell tagged `measured`: times and noise differ from run to run, and with them where a line is broken."""
    plain = copy.deepcopy(output)
    for kind in plain.get('data', {}):
        if kind.startswith('text/'):
            plain.data[kind] = ' '.join(NUMBER.sub('#', plain.data[kind]).split())
    if 'text' in plain:
        plain.text = ' '.join(NUMBER.sub('#', plain.text).split())
    return plain


def cell_difference(committed, fresh):
    """What differs between the outputs of two cells, or None; of a cell tagged `measured` the words alone are compared."""
    if len(committed.outputs) != len(fresh.outputs):
        return f'committed {len(committed.outputs)} outputs, now {len(fresh.outputs)}'
    old, new = committed.outputs, fresh.outputs
    if 'measured' in fresh.metadata.get('tags', []):
        old, new = map(without_numbers, old), map(without_numbers, new)
    differences = map(output_difference, old, new)
    return next((difference for difference in differences if difference), None)
