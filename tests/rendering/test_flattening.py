"""Flat templates give the bytes that Jinja gives for the templates as written."""

from __future__ import annotations

import jinja2
import pytest

from site_builder.rendering.flattening import flat
from tests.conftest import ROOT

BASE = """<title>{% block title %}T{% endblock %}</title>
{% block main %}
  <p>{{ word }}</p>
  {% block inner %}inner {{ word }}{% endblock %}
{% endblock %}
{% for n in [1, 2] %}
  {% include 'part.txt' %}
{% endfor %}
{% include 'part.txt' %} end
"""
PART = """
{% set word = 'of the part' %}
part {{ word }} {{ n if n is defined else '-' }}
{% if word %}
yes
{% endif %}
"""
CHILDREN = {
    "plain": "{% extends 'base' %}",
    "one block": "{% extends 'base' %}\n{% block title %}Mine{% endblock %}\n",
    "a set": "{% extends 'base' %}\n{% set x %}a{{ word }}{% endset %}\n{% set y = x ~ 'b' %}\n"
             "{% block main %}{{ y }}\n{% endblock %}",
    "a block in a block": "{% extends 'base' %}{% block inner %}{% include 'part.txt' %}"
                          "{{ word }}{% endblock %}",
    "the outer block": "{% extends 'base' %}{% block main %}[{% block inner %}own{% endblock %}]"
                       "{% endblock %}",
    "super": "{% extends 'base' %}{% block main %}{{ super() }}!{% endblock %}",
    "a chain": "{% extends 'one block' %}{% block main %}{% block inner %}x{% endblock %}{% endblock %}",
    "a macro": "{% extends 'base' %}{% macro m(a) %}<{{ a }}>{% endmacro %}"
               "{% block main %}{{ m(word) }}{% endblock %}",
    "an expression": "{% extends 'base' %}{% block main %}{% include name %}{% endblock %}",
    "no parent": "{{ word }}{% include 'part.txt' %}{{ word }}",
}


@pytest.mark.parametrize("name", CHILDREN)
def test_a_flat_template_says_the_same(name: str) -> None:
    env = jinja2.Environment(
        loader=jinja2.DictLoader({"base": BASE, "part.txt": PART, **CHILDREN}), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    values = {"word": "<w>", "name": "part.txt"}
    assert flat(env, name).render(values) == env.get_template(name).render(values)


def test_the_theme_is_written_out() -> None:
    """The templates of most pages must not fall back in silence: that would cost a third more."""
    from pathlib import Path

    from site_builder import config
    from site_builder.rendering.environment import Renderer

    renderer = Renderer(config.load(ROOT), [Path(ROOT) / "templates"], menu=(), footer=(),
                        portable=False)
    for name in ("article.html", "redirect.html", "feed.xml", "partials/card.html"):
        assert flat(renderer.env, name).name is None, name
