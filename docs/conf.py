"""Sphinx settings: https://www.sphinx-doc.org/en/master/usage/configuration.html."""

import sys
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.domains.python import PyObject

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
import edition_pages
import price_pictures

project = "relationkit"
author = "The relationkit authors"
release = metadata.version(project)

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_build", "_ext"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True}
maximum_signature_line_length = 72
napoleon_use_ivar = True
python_use_unqualified_type_names = True
for field in PyObject.doc_field_types:
    if field.name == "variable":
        field.label = "Attributes"  # what our docstrings call them

EDITION_PAGES = "reference/edition-"
EDITIONS = Path(__file__).parents[1] / "src" / "relationkit" / "editions"

# Kept in the repository: the site builds with no network.
intersphinx_mapping = {
    "python": ("https://docs.python.org/3", "_inventories/python.inv"),
}
nitpicky = True
nitpick_ignore_regex = [
    # Their inventories are not kept here.
    ("py:.*", r"(attrs?|cattrs|click|hypothesis|rich|typing_extensions)\..*"),
    # A type variable is no page of its own.
    ("py:(class|obj)", r"(relationkit\.([a-z_]+\.)+)?[A-Z](_co|_contra)?"),
    # A validator's annotations are quoted, as attrs has no Attribute[...] to run.
    ("py:class", "Attribute|date"),
    # A fee may be made of fees, which is quoted too; a measure is our own affair.
    ("py:class", r"Fee|relationkit\.sla\._deadline\.Measure"),
    # What a decorator gives is used as the validator that it was.
    ("py:class", r"relationkit\.constraints\._fields\._Asking"),
]

html_theme = "furo"
html_title = "relationkit"
html_show_copyright = False


def append_tables(app: Sphinx, page: str, source: list[str]) -> None:
    """Let the tables of an edition follow the introduction on its page."""
    if page.startswith(EDITION_PAGES):
        edition = EDITIONS / f"{page.removeprefix(EDITION_PAGES)}.toml"
        app.env.note_dependency(edition)
        if edition.exists():
            source[0] += "\n" + edition_pages.markdown(edition.read_text("utf-8"))


def insert_pictures(_: Sphinx, page: str, source: list[str]) -> None:
    """Let the page about prices show some."""
    if page == "how-to/pricing":
        source[0] = price_pictures.with_pictures(source[0])


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("source-read", append_tables)
    app.connect("source-read", insert_pictures)
