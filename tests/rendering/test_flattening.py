"""Flat templates give the bytes that Jinja gives for the templates as written."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace as Thing

import jinja2
import pytest
from markupsafe import Markup, escape

from site_builder.build import Options, build
from site_builder.rendering.compiling import QuickEnvironment, QuickTemplate, piece, quickened
from site_builder.rendering.flattening import Flattener, flat
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
    "missing things": "{% extends 'base' %}{% block main %}{{ thing.gone is defined }}"
                      "{{ thing.gone | default('-') }}{{ thing.here }}{% endblock %}",
    "a dictionary": "{{ plain.key }}{{ plain.items() | list }}{{ plain['key'] }}",
    "a function": "{{ twice(word) }}{{ twice(text=word) }}{% for x in [1] %}{{ twice(x ~ '&') }}"
                  "{{ loop.index }}{% endfor %}",
    "loops": "{% for x in [3, 1, 3] %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}"
             "{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }}{{ loop.cycle('a', 'b') }}"
             "{{ loop.changed(x > 2) }}{{ loop.depth }}{{ loop.previtem is defined }}"
             "{{ loop.nextitem is defined }}{{ loop.previtem if not loop.first }}"
             "{{ loop.nextitem if not loop.last }};{% else %}none{% endfor %}"
             "{% for x in word if x != '<' %}{{ x }}{{ loop.last }}{{ loop.length }}{% endfor %}"
             "{% for x in [] %}{{ loop.last }}{% else %}none{% endfor %}"
             "{% for x in [[1, [2]], [3, []]] recursive %}{{ x if x is number else loop(x) }}"
             "{{ loop.depth }}{{ loop.last }}{% endfor %}",
    "names": "{{ gone is defined }}{{ gone | default('-') }}{{ range(2) | list }}{{ word }}"
             "{% set word = 'mine' %}{% macro m(a) %}{{ a }}{{ word }}"
             "{% endmacro %}{{ m('<') }}{{ aware('name') }}"
             "{% for x in ['in'] %}{% set inner = x %}{{ aware('inner') }}{% endfor %}",
    "settings": "{{ site.title }}{% if site.none %}no{% endif %}{{ site.title | length }}",
    "settings of its own": "{% set site = thing %}{{ site.here }}",
    "no parent": "{{ word }}{% include 'part.txt' %}{{ word }}",
}


@jinja2.pass_context
def aware(context: jinja2.runtime.Context, name: str) -> str:
    """A function that looks a name up by itself."""
    return f"{context.get(name)}{context.get('gone')}{name in context}{'gone' in context}"


@pytest.mark.parametrize("name", CHILDREN)
def test_a_flat_template_says_the_same(name: str) -> None:
    env = jinja2.Environment(
        loader=jinja2.DictLoader({"base": BASE, "part.txt": PART, **CHILDREN}), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    env.globals.update(aware=aware, twice=lambda text: f"{text}{text}",
                       site=Thing(title="<T>", none=False))
    values = {"word": "<w>", "name": "part.txt", "thing": Thing(here="&"), "plain": {"key": "<"}}
    expected = env.get_template(name).render(values)
    assert flat(env, name).render(values) == expected
    quick = quickened(Flattener(env, QuickEnvironment.beside(env)).flat(name))
    assert isinstance(quick, QuickTemplate) == (
        name not in ("super", "an expression", "settings of its own"))
    if name == "a dictionary":  # the renderer then takes the template as it is written
        with pytest.raises(AttributeError):
            quick.render(values)
    else:
        assert quick.render(values) == expected


@pytest.mark.parametrize("value", [
    "<&>'\"", Markup("<b>"), 12, True, None, 1.5, "", Path("a&b"), Thing(here=1)])
def test_a_piece_is_what_markupsafe_makes_of_it(value: object) -> None:
    assert piece(value) == escape(value)


def test_a_site_may_have_templates_that_the_quick_compiler_does_not_take(tmp_path: Path) -> None:
    """`extra.byline` is an item of a dictionary, and a card's template may ask for one too."""
    site = tmp_path
    (site / "templates/partials").mkdir(parents=True)
    (site / "site.toml").write_text('title = "T"\nbase_url = "https://example.org"\n')
    (site / "content/articles").mkdir(parents=True)
    (site / "content/articles/a.md").write_text(
        "---\ntitle: A\ndate: 2020-01-01\nmood: <grave>\n---\nText.\n")
    article = (ROOT / "templates/article.html").read_text()
    (site / "templates/article.html").write_text(
        article.replace("{% block main %}", "{% block main %}<i>{{ extra.mood }}</i>"))
    (site / "templates/partials/line.html").write_text(
        "{{ {'a': card.title}.a }}")
    report = build(Options(site=site))
    assert report.published, report.problems
    assert "<i>&lt;grave&gt;</i>" in (site / "public/articles/2020/01/a/index.html").read_text()
    assert ">A<" in (site / "public/index.html").read_text()


def test_the_theme_is_written_out() -> None:
    """The templates of most pages must not fall back in silence: that would cost a third more."""
    from site_builder import config
    from site_builder.rendering.environment import Renderer

    renderer = Renderer(config.load(ROOT), [Path(ROOT) / "templates"], menu=(), footer=(),
                        portable=False)
    for name in ("article.html", "redirect.html", "feed.xml", "partials/card.html"):
        assert flat(renderer.env, name).name is None, name
