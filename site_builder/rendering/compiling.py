"""How Jinja compiles our templates: the same output for half the time.

Two thirds of the time of a page go into questions that have one answer here:
whether `person.name` is an attribute or an item, whether a function wants the
context, and what of a string's escaped form is to be remembered. Templates
are compiled as if the usual answer were the only one. Where it is not, the
page fails, and the renderer makes it from the templates as Jinja takes them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.utils import _PassArg
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # without its compiled part
    def _escape_inner(text: str, /) -> str:
        return str(escape(text))


class Generator(CodeGenerator):
    """Writes attributes as attributes, and calls of the renderer's functions as calls."""

    _careful = 0

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: D102, N802 - Jinja's
        if self._careful:
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: D102, N802
        self._asking(super().visit_Test, node, frame, node.name in ("defined", "undefined"))

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: D102, N802
        self._asking(super().visit_Filter, node, frame, node.name in ("default", "d"))

    def _asking(
        self, visit: Callable[[Any, Frame], None], node: nodes.Expr, frame: Frame, careful: bool
    ) -> None:
        # where a missing attribute is a possible answer, it is asked for as Jinja does
        self._careful += careful
        try:
            visit(node, frame)
        finally:
            self._careful -= careful

    def visit_Call(  # noqa: D102, N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs or not self._ours(node.node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _ours(self, node: nodes.Expr) -> bool:
        function = self.environment.globals.get(node.name) if isinstance(node, nodes.Name) else None
        return callable(function) and _PassArg.from_obj(function) is None


class QuickEnvironment(jinja2.Environment):
    """Compiles with `Generator`; its templates escape without a `Markup` for every piece."""

    code_generator_class = Generator

    @classmethod
    def beside(cls, env: jinja2.Environment) -> QuickEnvironment:
        """One with the settings, filters and functions of `env`."""
        quick = cls(loader=env.loader, autoescape=True, undefined=env.undefined,
                    trim_blocks=env.trim_blocks, lstrip_blocks=env.lstrip_blocks,
                    auto_reload=False)
        quick.filters, quick.tests, quick.globals = env.filters, env.tests, env.globals
        return quick


def quickened(template: jinja2.Template) -> jinja2.Template:
    """A compiled template whose output is escaped without a `Markup` for every piece."""
    template.globals = dict(template.globals)  # a chain of two is searched in Python, each time
    template.root_render_func.__globals__["escape"] = piece
    for block in template.blocks.values():
        block.__globals__["escape"] = piece
    return template


def piece(value: Any) -> str:
    """A value as it stands in HTML; as `markupsafe.escape`, but a plain string."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    return escape(value)
