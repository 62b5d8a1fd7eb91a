"""What Sphinx is told about the book; lessons.py book calls it on a copy of the notebooks."""
import posixpath
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote, urlsplit

from docutils import nodes
from myst_nb.core.render import NbElementRenderer
from pygments.lexer import inherit
from pygments.lexers import JavaLexer
from pygments.token import Comment
from sphinx.addnodes import pending_xref

ROOT = Path(__file__).resolve().parents[3]
FIRST_LESSON = 'notebooks/00-start-here.ipynb'
MATHJAX = Path(find_spec('sphinx-mathjax-offline').submodule_search_locations[0]) / 'static/mathjax/tex-svg-full.js'
LICENCE = '<p>gradcheck is under the Apache License 2.0. Iris and the digits: UCI Machine Learning Repository, CC BY 4.0.</p>'

project = html_title = 'gradcheck'
language = 'en'
extensions = ['myst_nb']
myst_enable_extensions = ['attrs_inline', 'dollarmath']
myst_heading_anchors = 3
nb_execution_mode = 'off'

html_theme = 'sphinx_book_theme'
html_static_path = ['book.css', 'book.js', str(MATHJAX)]
html_css_files = ['book.css']
html_js_files = ['book.js']
html_use_index = False
mathjax_path = MATHJAX.name                                                # one file with all of TeX: draws without fonts, loads nothing
mathjax3_config = {'options': {'enableMenu': False}}
html_theme_options = {'use_fullscreen_button': False, 'show_toc_level': 2,
                      'footer_content_items': ['extra-footer'], 'extra_footer': LICENCE,
                      'pygments_light_style': 'a11y-high-contrast-light', 'pygments_dark_style': 'a11y-high-contrast-dark'}


class Snippets(JavaLexer):
    """Java as in a cell of a notebook, which may begin a line with a magic."""
    tokens: ClassVar = {'root': [(r'^%[^\n]*', Comment.Preproc), inherit]}


def told_in_words(render):
    """MyST-NB's pictures, with the text alternatives that stand in the metadata of the notebooks' outputs."""
    def render_image(self, data):
        images = render(self, data)
        for image in images:
            image['alt'] = data.output_metadata.get(data.mime_type, {}).get('alt', '')
        return images
    return render_image


def lead_to_the_source(app, doctree):
    """A link from a lesson to a file beside the notebooks leads to the repository, where its address is known; else it is text alone."""
    for link in list(doctree.findall(pending_xref)):
        path = posixpath.normpath('notebooks/' + link['reftarget'])
        if link['reftarget'].startswith('../') and Path(ROOT, path.partition('#')[0]).exists():
            address = home(app)
            link.replace_self(nodes.reference('', '', *link.children, refuri=source(address, path)) if address else link.children)


def home(app):
    return app.config.repository.rstrip('/').removesuffix('.git')


def source(address, path):
    """Where a file is shown, as far as we know this host."""
    return f'{address}/blob/HEAD/{path}' if path and urlsplit(address).netloc in ('github.com', 'gitlab.com') else address


def add_buttons(app, pagename, _template, context, _doctree):
    """Beside the theme's own: launch on Binder, and the source, where the address of the repository is known."""
    address = home(app)
    if not address or 'header_buttons' not in context:
        return
    notebook = f'notebooks/{pagename}.ipynb' if Path(app.srcdir, pagename + '.ipynb').exists() else ''
    context['header_buttons'][:0] = [button('Launch on Binder', 'fas fa-rocket', binder(address, notebook or FIRST_LESSON)),
                                     button('Source', 'fas fa-code', source(address, notebook))]


def button(tooltip, icon, url):
    return {'type': 'link', 'tooltip': tooltip, 'icon': icon, 'url': url, 'label': tooltip.lower().replace(' ', '-')}


def binder(address, notebook):
    host = urlsplit(address)
    place = f'gh{host.path}' if host.netloc == 'github.com' else f'git/{quote(address, safe="")}'
    return f'https://mybinder.org/v2/{place}/HEAD?labpath={quote(notebook, safe="")}'


def setup(app):
    NbElementRenderer.render_image = told_in_words(NbElementRenderer.render_image)
    app.add_config_value('repository', '', 'html')
    app.add_lexer('java', Snippets)
    app.connect('doctree-read', lead_to_the_source)
    app.connect('html-page-context', add_buttons, priority=600)
