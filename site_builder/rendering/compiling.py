"""How Jinja compiles our templates: the same output for half the time.

Two thirds of the time of a page go into questions that have one answer here:
whether `person.name` is an attribute or an item, whether a function wants the
context, and what of a string's escaped form is to be remembered. Templates
are compiled as if the usual answer were the only one. Where it is not, the
page fails, and the renderer makes it from the templates as Jinja takes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext
from jinja2.utils import _PassArg, missing
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


class Loop(LoopContext):
    """`loop` over something that is there as a whole: nothing has to be looked at ahead."""

    def __init__(
        self, iterable: Any, undefined: type[jinja2.Undefined], recurse: Any = None,
        depth0: int = 0,
    ) -> None:
        self._items: Sequence[Any] = iterable
        self._length = len(iterable)
        self._undefined, self._recurse, self.depth0 = undefined, recurse, depth0

    def __iter__(self) -> Iterator[tuple[Any, Loop]]:  # type: ignore[override]
        for self.index0, item in enumerate(self._items):  # noqa: B020 - it is for the template
            yield item, self

    def _peek_next(self) -> Any:
        place = self.index0 + 1
        return self._items[place] if place < len(self._items) else missing

    @property
    def last(self) -> bool:
        """Whether this is the last time."""
        return self.index0 + 1 == self._length

    @property
    def previtem(self) -> Any:
        """The item before."""
        if not self.index0:
            return self._undefined("there is no previous item")
        return self._items[self.index0 - 1]


def loop_over(
    iterable: Any, undefined: type[jinja2.Undefined], recurse: Any = None, depth0: int = 0
) -> LoopContext:
    """What `loop` is in a template."""
    kind = Loop if type(iterable) in (tuple, list) else LoopContext
    return kind(iterable, undefined, recurse, depth0)


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        return missing


class QuickContext(Context):
    """What a template is given, without what only blocks and imports need."""

    def __init__(self, template: QuickTemplate, values: dict[str, Any]) -> None:
        self.environment, self.name, self.eval_ctx = template.environment, None, template.eval_ctx
        self.parent = _Values(template.globals)
        self.parent.update(values)
        self.vars, self.exported_vars, self.blocks = {}, set(), {}
        self.globals_keys = template.global_keys
        self.resolve_or_missing = self.parent.__getitem__  # type: ignore[assignment, method-assign]


class QuickTemplate(jinja2.Template):
    """A template without blocks, imports and names that it gives to others."""

    eval_ctx: EvalContext
    global_keys: set[str]

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text. Raises what goes wrong as it is."""
        values = dict(*args, **kwargs)
        return "".join(self.root_render_func(QuickContext(self, values)))


class QuickEnvironment(jinja2.Environment):
    """Compiles with `Generator`; its templates escape without a `Markup` for every piece."""

    code_generator_class = Generator
    template_class = QuickTemplate

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
    if isinstance(template, QuickTemplate):
        template.eval_ctx = EvalContext(template.environment)
        template.global_keys = set(template.globals)
        template.root_render_func.__globals__["LoopContext"] = loop_over
    return template


def markup(text: str) -> Markup:
    """HTML as such; what `Markup` does besides takes five times as long."""
    return str.__new__(Markup, text)


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
