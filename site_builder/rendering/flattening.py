"""Templates with their includes and their inheritance written out, for speed.

Jinja makes a new context for every block and include of every page; a flat
template needs none. It is made on the syntax tree, so that white space means
what it meant, and what site.toml says is written into it. What cannot be
written out (`super()`, names given by an expression, imports) stays as it is.
A flat template's line numbers say nothing: the renderer makes a failing page
once more from the originals.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2 import nodes

if TYPE_CHECKING:
    from site_builder.rendering.compiled import Compiled

_DEEPEST: Final = 16
_UNSAFE: Final = (nodes.Import, nodes.FromImport, nodes.CallBlock, nodes.EvalContextModifier)
_NAMES: Final = frozenset(("super", "self", "caller", "loop_scope"))


class _Unsafe(Exception):  # noqa: N818 - a decision
    pass


class Flattener:
    """Writes the templates of `env` out, and has `into` (or `env`) compile them.

    A file is parsed once, however many templates extend or include it, and not at all where
    `compiled` has the code.
    """

    def __init__(
        self, env: jinja2.Environment, into: jinja2.Environment | None = None,
        compiled: Compiled | None = None,
    ) -> None:
        self._env, self._into, self._compiled = env, into or env, compiled
        self._site: Any = env.globals.get("site")
        self._trees: dict[str, nodes.Template | None] = {}
        self._included: dict[str, list[nodes.Node]] = {}

    def flat(self, name: str) -> jinja2.Template:
        """The template `name` in one piece where that is safe; else as the loader gives it.

        Raises what `get_template` raises for a template that is missing or broken.
        """
        code = self._compiled.get(name) if self._compiled else None
        if code is None:
            try:
                body = self._inherited(name, 0)
            except (_Unsafe, jinja2.TemplateNotFound):
                return self._env.get_template(name)
            tree = nodes.Template([nodes.Scope(body, lineno=1)], lineno=1)
            tree.set_environment(self._into)
            code = self._into.compile(tree)
            if self._compiled:
                self._compiled.put(name, code)
        return self._into.template_class.from_code(
            self._into, code, self._into.make_globals(None))

    def _tree(self, name: str) -> nodes.Template:
        if name not in self._trees:
            assert self._env.loader is not None
            source, _, _ = self._env.loader.get_source(self._env, name)
            self._trees[name] = tree = self._env.parse(source, name)
            try:
                self._settle(tree)
            except _Unsafe:
                self._trees[name] = None
        found = self._trees[name]
        if found is None:
            raise _Unsafe
        return found

    def _settle(self, node: nodes.Node) -> None:
        """Refuse what cannot be written out, and write settings in place of `site.title`."""
        for field in node.fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                for place, item in enumerate(value):
                    if isinstance(item, nodes.Node):
                        value[place] = self._settled(item)
            elif isinstance(value, nodes.Node):
                setattr(node, field, self._settled(value))

    def _settled(self, node: nodes.Node) -> nodes.Node:
        if isinstance(node, _UNSAFE):
            raise _Unsafe
        if isinstance(node, nodes.Name) and (
            node.name in _NAMES or (node.name == "site" and node.ctx != "load")
        ):
            raise _Unsafe
        if isinstance(node, nodes.Getattr) and self._site is not None:
            setting = self._setting(node)
            if setting is not None:
                return setting
        self._settle(node)
        return node

    def _setting(self, node: nodes.Getattr) -> nodes.Const | None:
        path: list[str] = []
        value: nodes.Node = node
        while isinstance(value, nodes.Getattr):
            path.insert(0, value.attr)
            value = value.node
        if not isinstance(value, nodes.Name) or value.name != "site":
            return None
        found = self._site
        for name in path:
            found = getattr(found, name, None)
        return nodes.Const(found, lineno=node.lineno) if isinstance(
            found, str | bool | int) else None

    def _inherited(self, name: str, depth: int) -> list[nodes.Node]:
        """The body of a template, with blocks still in it where nobody has filled them."""
        tree = self._tree(name)
        overrides: dict[str, list[nodes.Node]] = {}
        statements: list[nodes.Node] = []
        while True:
            if depth > _DEEPEST:
                raise _Unsafe
            extends = next((n for n in tree.body if isinstance(n, nodes.Extends)), None)
            if extends is None:
                break
            for node in tree.body:
                if isinstance(node, nodes.Block):
                    overrides.setdefault(node.name, node.body)
                    for inner in node.find_all(nodes.Block):
                        overrides.setdefault(inner.name, inner.body)
                elif isinstance(node, nodes.Assign | nodes.AssignBlock | nodes.Macro):
                    statements.append(node)
                elif not isinstance(node, nodes.Extends | nodes.Output):
                    raise _Unsafe
            if not isinstance(extends.template, nodes.Const):
                raise _Unsafe
            depth += 1
            tree = self._tree(extends.template.value)
        return [*statements, *self._written_out(tree.body, overrides, depth)]

    def _include(self, name: str, depth: int) -> list[nodes.Node]:
        if name not in self._included:
            self._included[name] = self._written_out(self._inherited(name, depth), {}, depth)
        return self._included[name]

    def _written_out(
        self, body: list[nodes.Node], overrides: dict[str, list[nodes.Node]], depth: int
    ) -> list[nodes.Node]:
        if depth > _DEEPEST:
            raise _Unsafe
        result: list[nodes.Node] = []
        for node in body:
            if isinstance(node, nodes.Block):
                if node.scoped or node.required:
                    raise _Unsafe
                inner = self._written_out(
                    overrides.get(node.name, node.body), overrides, depth + 1)
                result.append(nodes.Scope(inner, lineno=node.lineno))
            elif isinstance(node, nodes.Include):
                if not isinstance(node.template, nodes.Const) or node.ignore_missing \
                        or not isinstance(node.template.value, str) or not node.with_context:
                    raise _Unsafe
                inner = self._include(node.template.value, depth + 1)
                result.append(nodes.Scope(inner, lineno=node.lineno))
            elif isinstance(node, nodes.Extends):  # not at the top of its template
                raise _Unsafe
            else:
                result.append(self._copied(node, overrides, depth))
        return result

    def _copied(
        self, node: nodes.Node, overrides: dict[str, list[nodes.Node]], depth: int
    ) -> nodes.Node:
        """The node with all below it written out; the tree of the file stays as it is."""
        changed = node
        for field in ("body", "else_", "elif_"):
            held = getattr(node, field, None)
            if isinstance(held, list) and held:
                if changed is node:
                    changed = copy.copy(node)
                setattr(changed, field, self._written_out(held, overrides, depth))
        return changed


def flat(env: jinja2.Environment, name: str) -> jinja2.Template:
    """One template of `env`, as `Flattener` writes it out."""
    return Flattener(env).flat(name)
