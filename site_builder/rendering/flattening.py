"""Templates with their includes and their inheritance written out, for speed.

Jinja makes a new context for every block and include of every page; a flat
template needs none. It is made on the syntax tree, so that white space means
what it meant. What cannot be written out (`super()`, names given by an
expression, imports) stays as it is. A flat template's line numbers say
nothing: the renderer makes a failing page once more from the originals.
"""

from __future__ import annotations

from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

_DEEPEST = 16


class _Unsafe(Exception):  # noqa: N818 - a decision
    pass


def flat(
    env: jinja2.Environment, name: str, into: jinja2.Environment | None = None
) -> jinja2.Template:
    """The template `name` of `env` in one piece, compiled by `into` (or `env`), where that is safe.

    Else it is as the loader gives it. Raises what `get_template` raises for a
    template that is missing or broken.
    """
    try:
        body = _inherited(env, name, 0)
    except (_Unsafe, jinja2.TemplateNotFound):
        return env.get_template(name)
    tree = _Settings(env).visit(nodes.Template([nodes.Scope(body, lineno=1)], lineno=1))
    into = into or env
    tree.set_environment(into)
    return into.from_string(tree)


class _Settings(NodeTransformer):
    """Writes what site.toml says in place of `site.title` and the like."""

    def __init__(self, env: jinja2.Environment) -> None:
        self._site = env.globals.get("site")

    def visit_Template(self, node: nodes.Template) -> nodes.Node:  # noqa: N802 - Jinja's
        names = (n for n in node.find_all(nodes.Name) if n.name == "site")
        if self._site is None or any(name.ctx != "load" for name in names):
            return node  # the template has a `site` of its own
        return self.generic_visit(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        path: list[str] = []
        value: nodes.Node = node
        while isinstance(value, nodes.Getattr):
            path.insert(0, value.attr)
            value = value.node
        if isinstance(value, nodes.Name) and value.name == "site":
            found: Any = self._site
            for name in path:
                found = getattr(found, name, None)
            if isinstance(found, str | bool | int):
                return nodes.Const(found, lineno=node.lineno)
        return self.generic_visit(node)


def _parse(env: jinja2.Environment, name: str) -> nodes.Template:
    assert env.loader is not None
    source, _, _ = env.loader.get_source(env, name)
    tree = env.parse(source, name)
    unsafe = (nodes.Import, nodes.FromImport, nodes.CallBlock, nodes.EvalContextModifier)
    if any(tree.find_all(unsafe)) or any(
        node.name in ("super", "self", "caller", "loop_scope") for node in tree.find_all(nodes.Name)
    ):
        raise _Unsafe
    return tree


def _inherited(env: jinja2.Environment, name: str, depth: int) -> list[nodes.Node]:
    """The body of a template, with blocks still in it where nobody has filled them."""
    tree = _parse(env, name)
    overrides: dict[str, list[nodes.Node]] = {}
    statements: list[nodes.Node] = []
    while True:
        if depth > _DEEPEST:
            raise _Unsafe
        extends = next(iter(tree.find_all(nodes.Extends)), None)
        if extends is None:
            break
        own: list[nodes.Node] = []
        for node in tree.body:
            if isinstance(node, nodes.Block):
                overrides.setdefault(node.name, node.body)
                for inner in node.find_all(nodes.Block):
                    overrides.setdefault(inner.name, inner.body)
            elif isinstance(node, nodes.Assign | nodes.AssignBlock | nodes.Macro):
                own.append(node)
            elif not isinstance(node, nodes.Extends | nodes.Output):
                raise _Unsafe
        statements += own  # the child's run first, as its root does
        if not isinstance(extends.template, nodes.Const):
            raise _Unsafe
        depth += 1
        tree = _parse(env, extends.template.value)
    return [*statements, *_written_out(env, tree.body, overrides, depth)]


def _written_out(
    env: jinja2.Environment, body: list[nodes.Node], overrides: dict[str, list[nodes.Node]],
    depth: int,
) -> list[nodes.Node]:
    if depth > _DEEPEST:
        raise _Unsafe
    result: list[nodes.Node] = []
    for node in body:
        if isinstance(node, nodes.Block):
            if node.scoped or node.required:
                raise _Unsafe
            inner = _written_out(env, overrides.get(node.name, node.body), overrides, depth + 1)
            result.append(nodes.Scope(inner, lineno=node.lineno))
        elif isinstance(node, nodes.Include):
            if not isinstance(node.template, nodes.Const) or node.ignore_missing \
                    or not isinstance(node.template.value, str) or not node.with_context:
                raise _Unsafe
            inner = _inherited(env, node.template.value, depth + 1)
            result.append(nodes.Scope(_written_out(env, inner, {}, depth + 1),
                                      lineno=node.lineno))
        else:
            for field in ("body", "else_", "elif_"):
                held = getattr(node, field, None)
                if isinstance(held, list):
                    setattr(node, field, _written_out(env, held, overrides, depth))
            result.append(node)
    return result
