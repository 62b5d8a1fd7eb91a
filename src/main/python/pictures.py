"""Makes the pictures of an executed lesson whole, and gives each its text alternative. Standard library only.

The kernels never close the Base64 stream that they write a picture to, so that a PNG lacks its last one or two bytes. Its last
twelve are always the same. The alternative is the chart's title and the sentence beneath it, both taken from the lesson itself.
"""
import base64
import re
import struct
import zlib

SIGNATURE = b'\x89PNG\r\n\x1a\n'
END = b'\0\0\0\0IEND\xaeB`\x82'                                              # the last chunk: no data, its name, its checksum


def finish(notebook):
    """Completes every picture of the notebook, in place, and writes its alternative."""
    for index, cell in enumerate(notebook.cells):
        shown = pictures(cell)
        for output, alternative in zip(shown, alternatives(notebook.cells, index, len(shown)), strict=True):
            output.data['image/png'] = completed(output.data['image/png'])
            output.metadata.pop('image/png', None)
            if alternative:
                output.metadata['image/png'] = {'alt': alternative}


def pictures(cell):
    return [output for output in cell.get('outputs', []) if 'image/png' in output.get('data', {})]


# ---------------------------------------------------------------- the bytes


def completed(text):
    """The Base64 of a PNG whose last chunk may be cut off, with all of it; anything else as it was, on one line."""
    text = ''.join(text.split())
    kept = text.rstrip('=')
    png = base64.b64decode(kept[:len(kept) - (len(kept) % 4 == 1)] + '==')    # one character alone says nothing; == may be too much
    end = png.rfind(END[:8])
    return base64.b64encode(png[:end] + END).decode() if end > 0 and END.startswith(png[end:]) else text


def fault(text):
    """What a strict decoder refuses in the Base64 of a PNG, in a few words, or None."""
    try:
        png = base64.b64decode(text, validate=True)
    except ValueError as error:
        return f'is no Base64: {error}'
    if not png.startswith(SIGNATURE):
        return 'is no PNG'
    at, kind = len(SIGNATURE), None
    while kind != b'IEND':
        length, kind = struct.unpack('>I4s', png[at:at + 8].ljust(8, b'\0'))
        body, checksum = png[at + 4:at + 8 + length], png[at + 8 + length:at + 12 + length]
        if len(checksum) < 4:
            return 'is cut off'
        if zlib.crc32(body) != int.from_bytes(checksum, 'big'):
            return f'has a wrong checksum in {kind.decode("latin-1")}'
        at += 12 + length
    return f'has {len(png) - at} bytes after its end' if at < len(png) else None


# ---------------------------------------------------------------- the words

TEXT = r'"(?:[^"\\]|\\.)*"(?:\s*\+\s*"(?:[^"\\]|\\.)*")*'                   # a string literal of Java, or a sum of such
CHART = re.compile(rf'\bCharts\.(\w+)\(\s*({TEXT}|\w+)\s*(.)')              # its method, the first argument, and what follows
EVIDENCE = 'The evidence of a gradient check'
SHORTEST = 30                                                               # characters: 'None.' says nothing without its neighbour


def alternatives(cells, index, count):
    """The alternatives of so many pictures of a cell. Of more titles than pictures the last ones count."""
    titles = titles_of(cells, index)[-count:] if count else []
    titles += (titles[-1:] or ['']) * (count - len(titles))
    sentence = sentence_beneath(cells, index)
    return [joined(title, sentence) for title in titles]


def joined(title, sentence):
    """Title and sentence; what a title ends with after a colon is not said twice."""
    head, _, said = title.rpartition(': ')
    if head and sentence.startswith(said):
        return f'{head}: {sentence}'
    return f'{title}{"" if title.endswith((".", "?", "!")) else "."} {sentence}'.strip() if title else sentence


def titles_of(cells, index):
    """The different titles of the charts that a cell draws, itself or by a method of an earlier cell."""
    source, before = cells[index].source, [cell for cell in cells[:index] if cell.cell_type == 'code']
    found = CHART.findall(source)
    if not found:
        found = [chart for cell in before if methods(cell.source) & called(source) for chart in CHART.findall(cell.source)]
    nearest = [cells[index], *reversed(before)]
    return list(dict.fromkeys(title_of(*chart, nearest) for chart in found))


def title_of(method, argument, follows, nearest):
    """The title of one chart, or '' if the lesson's source does not tell it. A report's chart has the verdict for a title."""
    if method == 'of':
        return verdict(argument, nearest)
    if follows != ',':
        return ''
    if not argument.startswith('"'):
        values = (re.findall(rf'\b{argument}\s*=\s*({TEXT})\s*;', cell.source) for cell in nearest)
        argument = next((found[-1] for found in values if found), '')
    return re.sub(r'\\(.)', r'\1', re.sub(r'"\s*\+\s*"', '', argument)[1:-1])


def verdict(report, nearest):
    """The evidence, with the verdict that this report printed, if it did."""
    for cell in nearest:
        for output in cell.get('outputs', []):
            found = re.match(r'(RIGHT|WRONG|CANNOT TELL)\b', output.get('text') or output.get('data', {}).get('text/plain', ''))
            if found and re.search(rf'\b{report}\b', cell.source):
                return f'{EVIDENCE}: {found[1]}'
    return EVIDENCE


def methods(source):
    """The names of the methods that a cell defines."""
    return set(re.findall(r'^\w[\w<>\[\], ]* (\w+)\([^()]*\) *\{', source, re.MULTILINE))


def called(source):
    return set(re.findall(r'\b(\w+)\(', source))


def sentence_beneath(cells, index):
    """How the Markdown cell that follows begins, as plain text; nothing where that is a heading, a list, a table or a formula."""
    following = cells[index + 1] if index + 1 < len(cells) else None
    if not following or following.cell_type != 'markdown' or re.match(r'\s*(#|\||[-*+] |\d+\. |\$\$|```)', following.source):
        return ''
    first, *others = re.split(r'(?<=[.?!])\s+(?![a-z])', plain(following.source.strip().split('\n\n')[0]))
    while others and len(first) < SHORTEST:
        first += ' ' + others.pop(0)
    return first


SIGNS = {'cdot': '·', 'times': '×', 'approx': '≈', 'le': '≤', 'ge': '≥', 'ne': '≠', 'pm': '±', 'ldots': '…', 'infty': '∞',
         'lVert': '‖', 'rVert': '‖', 'alpha': 'α', 'beta': 'β', 'eta': 'η', 'theta': 'θ', 'lambda': 'λ', 'mu': 'μ', 'sigma': 'σ'}
RAISED = str.maketrans('0123456789+-−', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻')


def plain(markdown):
    """Markdown without its marks, and formulas as one would type them."""
    text = re.sub(r'!?\[([^\]]*)\]\([^)]*\)', r'\1', markdown)
    text = re.sub(r'\$([^$]+)\$', lambda formula: typed(formula[1]), text)
    text = re.sub(r'(\*\*|`)(.+?)\1', r'\2', text)
    text = re.sub(r'(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?!\w)', r'\1', text)
    return ' '.join(text.split())


def typed(formula):
    """A formula of TeX on one line: 10⁻⁷ for 10^{-7}; a word that has no sign of its own stays a word."""
    text = re.sub(r'\\(?:mathrm|mathbf|text|hat|tilde)(?:\{([^{}]*)\}|(?![A-Za-z]))', r'\1', formula)
    text = re.sub(r'\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])', '', text)
    text = re.sub(r'\^(?:\{([-+−]?\d+)\}|(\d))', lambda power: (power[1] or power[2]).translate(RAISED), text)
    text = re.sub(r'([_^])\{([^{}]*)\}', r'\1\2', text)
    text = re.sub(r'\\frac\s*(\w|\{[^{}]*\})\s*(\w|\{[^{}]*\})', r'\1/\2 ', text)
    text = re.sub(r'\\([A-Za-z]+)', lambda word: SIGNS.get(word[1], word[1]), re.sub(r'\\[,;:! ]', ' ', text))
    return ' '.join(re.sub(r'[\\{}]', '', text).split())
