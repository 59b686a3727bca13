"""A small, safe language for conditions and computed columns, such as `price * quantity > 100 and country == "DE"`.

The text is parsed with Python's grammar and translated into functions that know only the operators and functions listed
here; nothing is ever evaluated as Python.
"""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

Record = dict[str, Any]
Evaluator = Callable[[Record], Any]

MAX_EXPRESSION_CHARACTERS = 1_000
MAX_NODES = 200
MAX_TEXT_CHARACTERS = 1_000_000


def compile_expression(text: str, columns: Collection[str]) -> Evaluator:
    """Translate an expression over these columns; a ValueError says what is not part of the language."""
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_EXPRESSION_CHARACTERS:
        raise ValueError(f"An expression must be a text of 1 to {MAX_EXPRESSION_CHARACTERS} characters.")
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else type(error).__name__
        raise ValueError(f"'{text}' is not a valid expression: {reason}.") from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise ValueError(f"'{text}' is too complex; derive parts of it as columns first.")
    evaluate = _Translator(text, columns).translate(tree.body)

    def evaluator(record: Record) -> Any:
        try:
            return evaluate(record)
        except (TypeError, ValueError, OverflowError) as error:
            shown = {name: record.get(name) for name in list(columns)[:8]}
            raise ValueError(f"'{text}' fails for the record {shown}: {error}.") from None

    return evaluator


class _Translator:
    """Turns syntax nodes into functions of a record."""

    def __init__(self, text: str, columns: Collection[str]) -> None:
        self.text = text
        self.columns = columns

    def translate(self, node: ast.expr) -> Evaluator:
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise ValueError(
                f"'{ast.unparse(node)}' is not allowed in an expression; use columns, numbers, texts, "
                f"operators and the functions {', '.join(sorted(FUNCTIONS))}."
            )
        return method(node)

    def _constant(self, node: ast.Constant) -> Evaluator:
        if node.value is not None and not isinstance(node.value, (bool, int, float, str)):
            raise ValueError(f"'{ast.unparse(node)}' is not a number, text, True, False or None.")
        return lambda record: node.value

    def _name(self, node: ast.Name) -> Evaluator:
        if node.id in ("true", "false", "null") and node.id not in self.columns:
            value = {"true": True, "false": False, "null": None}[node.id]
            return lambda record: value
        return self._column(node.id)

    def _attribute(self, node: ast.Attribute) -> Evaluator:
        """`address.city` is the column of that name; nothing of an object is ever looked up."""
        return self._column(ast.unparse(node))

    def _column(self, name: str) -> Evaluator:
        if name not in self.columns:
            known = ", ".join(list(self.columns)[:30])
            raise ValueError(
                f"There is no column '{name}' for '{self.text}'; the columns are {known}. "
                'Texts need quotes; for a name with blanks write column("unit price").'
            )
        return lambda record: record.get(name)

    def _call(self, node: ast.Call) -> Evaluator:
        name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
        if name == "column" and len(node.args) == 1 and isinstance(node.args[0], ast.Constant):
            return self._column(str(node.args[0].value))
        if name not in FUNCTIONS or node.keywords or any(isinstance(item, ast.Starred) for item in node.args):
            raise ValueError(f"'{ast.unparse(node)}' is not a known function; use {', '.join(sorted(FUNCTIONS))}.")
        function, fewest, most = FUNCTIONS[name]
        if not fewest <= len(node.args) <= most:
            raise ValueError(f"{name} takes {fewest} to {most} arguments, not {len(node.args)}.")
        arguments = [self.translate(item) for item in node.args]
        return lambda record: function(*(argument(record) for argument in arguments))

    def _binop(self, node: ast.BinOp) -> Evaluator:
        apply = ARITHMETIC.get(type(node.op))
        if apply is None:
            raise ValueError(f"The operator in '{ast.unparse(node)}' is not allowed; use + - * / // %.")
        left, right = self.translate(node.left), self.translate(node.right)
        return lambda record: _arithmetic(apply, left(record), right(record))

    def _unaryop(self, node: ast.UnaryOp) -> Evaluator:
        operand = self.translate(node.operand)
        if isinstance(node.op, ast.Not):
            return lambda record: not operand(record)
        if isinstance(node.op, ast.USub):
            return lambda record: _arithmetic(operator.sub, 0, operand(record))
        raise ValueError(f"The operator in '{ast.unparse(node)}' is not allowed.")

    def _boolop(self, node: ast.BoolOp) -> Evaluator:
        parts = [self.translate(value) for value in node.values]
        combine = all if isinstance(node.op, ast.And) else any
        return lambda record: combine(part(record) for part in parts)

    def _compare(self, node: ast.Compare) -> Evaluator:
        operands = [self.translate(item) for item in [node.left, *node.comparators]]
        tests = [_COMPARISONS.get(type(item)) for item in node.ops]
        if None in tests:
            raise ValueError(f"A comparison in '{ast.unparse(node)}' is not allowed; use == != < <= > >= in, not in.")

        def compare(record: Record) -> bool:
            values = [operand(record) for operand in operands]
            return all(test(values[index], values[index + 1]) for index, test in enumerate(tests) if test)

        return compare

    def _ifexp(self, node: ast.IfExp) -> Evaluator:
        test, then, other = map(self.translate, (node.test, node.body, node.orelse))
        return lambda record: then(record) if test(record) else other(record)

    def _list(self, node: ast.List | ast.Tuple) -> Evaluator:
        items = [self.translate(item) for item in node.elts]
        return lambda record: [item(record) for item in items]

    _tuple = _list


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _arithmetic(apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Null stays null, a division by zero is null, and texts can only be joined."""
    if left is None or right is None:
        return None
    if isinstance(left, str) and isinstance(right, str) and apply is operator.add:
        return _bounded(left + right)
    if not (_is_number(left) and _is_number(right)):
        raise TypeError(f"cannot compute with {left!r:.60} and {right!r:.60}; convert with number() or text()")
    if right == 0 and apply in (operator.truediv, operator.floordiv, operator.mod):
        return None
    return _finite(apply(left, right))


def _ordered(apply: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(left: Any, right: Any) -> bool:
        if left is None or right is None:
            return False
        if isinstance(left, str) != isinstance(right, str):
            raise TypeError(f"cannot compare {left!r:.60} with {right!r:.60}; convert with number() or text()")
        return bool(apply(left, right))

    return compare


def _contains(item: Any, container: Any) -> bool:
    if isinstance(container, str):
        return isinstance(item, str) and item in container
    return isinstance(container, list) and item in container


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT_CHARACTERS:
        raise OverflowError(f"the text grows beyond {MAX_TEXT_CHARACTERS} characters")
    return text


def to_number(value: Any) -> Any:
    """The number in a text, or null where there is none."""
    if _is_number(value) or value is None:
        return value
    try:
        return int(value) if str(value).strip().lstrip("+-").isdigit() else _finite(float(value))
    except ValueError:
        return None


def to_text(value: Any) -> Any:
    """A value as text; null stays null."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, ".15g") if isinstance(value, float) else str(value)


def _date_part(part: str) -> Callable[[Any], int | None]:
    def read(value: Any) -> int | None:
        try:
            return int(getattr(date.fromisoformat(str(value)[:10]), part))
        except ValueError:
            return None

    return read


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """Apply a text function; null stays null and other values are turned into text."""
    return lambda value, *others: None if value is None else function(to_text(value), *others)


def _of_number(function: Callable[..., Any]) -> Callable[..., Any]:
    def apply(value: Any, *others: Any) -> Any:
        if value is not None and not _is_number(value):
            raise TypeError(f"{value!r:.60} is not a number; convert with number()")
        return None if value is None else function(value, *others)

    return apply


def _replace(text: str, old: Any, new: Any) -> str:
    if not old:
        raise TypeError("replace needs a text to look for")
    return _bounded(text.replace(str(old), str(new)))


def _round(value: float, digits: Any = 0) -> Any:
    digits = min(max(int(digits), 0), 15)
    return round(value, digits) if digits else round(value)


def _present(values: tuple[Any, ...]) -> list[Any]:
    return [value for value in values if value is not None]


ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
    ast.Lt: _ordered(operator.lt),
    ast.LtE: _ordered(operator.le),
    ast.Gt: _ordered(operator.gt),
    ast.GtE: _ordered(operator.ge),
    ast.In: _contains,
    ast.NotIn: lambda item, container: not _contains(item, container),
}
# Each function with the fewest and the most arguments it takes.
FUNCTIONS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "abs": (_of_number(abs), 1, 1),
    "coalesce": (lambda *values: next(iter(_present(values)), None), 1, 20),
    "contains": (_of_text(lambda text, part: str(part).casefold() in text.casefold()), 2, 2),
    "concat": (lambda *values: _bounded("".join(map(to_text, _present(values)))), 1, 20),
    "day": (_date_part("day"), 1, 1),
    "ends_with": (_of_text(lambda text, part: text.endswith(str(part))), 2, 2),
    "left": (_of_text(lambda text, count: text[: max(int(count), 0)]), 2, 2),
    "length": (_of_text(len), 1, 1),
    "lower": (_of_text(str.lower), 1, 1),
    "max": (lambda *values: max(_present(values), default=None), 1, 20),
    "min": (lambda *values: min(_present(values), default=None), 1, 20),
    "month": (_date_part("month"), 1, 1),
    "number": (to_number, 1, 1),
    "replace": (_of_text(_replace), 3, 3),
    "round": (_of_number(_round), 1, 2),
    "starts_with": (_of_text(lambda text, part: text.startswith(str(part))), 2, 2),
    "text": (to_text, 1, 1),
    "trim": (_of_text(lambda text: " ".join(text.split())), 1, 1),
    "upper": (_of_text(str.upper), 1, 1),
    "year": (_date_part("year"), 1, 1),
}
