"""Nothing but literal text is ever read as markup: a rule on the source of the screen, and proof that it bites."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import mctop.ui

READERS = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Tab", "Tooltip", "Placeholder"}
"""Widgets that read a plain string as markup, unless told otherwise."""
TAKERS = {"update", "notify", "add_column", "add_row", "add_option", "add_options", "set_label"}
"""Methods that hand a string to such a widget."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label"}
PLAIN = {"Content", "Text", "assemble", "styled", "from_text", "from_rich_text", "blank"}
"""Makers of text that is not read as markup."""
TAG = re.compile(r"\[(?:/|@|\$|#|bold|dim|italic|reverse|underline|link|on |red|green|yellow)")


def offences(source: str) -> list[str]:
    """What in a module's source could have data read as markup: `line: why`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        why = _offence(node)
        if why:
            found.append(f"{node.lineno}: {why}")  # type: ignore[attr-defined]  # a node with an offence has a line
    return sorted(found)


def _offence(node: ast.AST) -> str | None:
    """Why one node is an offence, or None."""
    if isinstance(node, ast.Call):
        return _call(node)
    if isinstance(node, ast.Assign) and any(
        isinstance(to, ast.Attribute) and to.attr in ATTRIBUTES for to in node.targets
    ):
        return None if _harmless(node.value) else "an attribute that reads markup is given more than a literal"
    if isinstance(node, ast.JoinedStr | ast.BinOp) and _composed(node) and TAG.search(_literals(node)):
        return "markup is put together from pieces"
    return None


def _call(call: ast.Call) -> str | None:
    """Why a call is an offence, or None."""
    name = _name(call.func)
    if name in {"from_markup", "render_markup"}:
        first = call.args[0] if call.args else None
        return None if isinstance(first, ast.Constant) else "markup is read from more than a literal"
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    markup = options.get("markup")
    if isinstance(markup, ast.Constant) and markup.value is False:
        return None
    if markup is not None:
        return "markup is switched on"
    given = [*call.args, *(value for key, value in options.items() if key in {"content", "title", *ATTRIBUTES})]
    if name in {*READERS, "notify"} and not all(map(_harmless, given)):
        return f"{name} is given more than a literal, and reads markup"
    if name in TAKERS and any(map(_composed, given)):
        return f"{name} is given text that was put together"
    if not all(_harmless(options[key]) for key in ATTRIBUTES & options.keys()):
        return f"{name} is given a title that is more than a literal"
    return None


def _harmless(value: ast.expr) -> bool:
    """Whether a value is a literal, or text that is made not to be markup."""
    if isinstance(value, ast.Constant | ast.Starred):
        return True
    if isinstance(value, ast.IfExp):
        return _harmless(value.body) and _harmless(value.orelse)
    return isinstance(value, ast.Call) and _name(value.func) in PLAIN


def _composed(value: ast.expr) -> bool:
    """Whether a string is put together from pieces that are not all literal."""
    if isinstance(value, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in value.values)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Mod):
        return any(
            _composed(side) or isinstance(getattr(side, "value", None), str) for side in (value.left, value.right)
        )
    return (
        isinstance(value, ast.Call)
        and _name(value.func) in {"format", "join"}
        and isinstance(value.func, ast.Attribute)
    )


def _literals(node: ast.AST) -> str:
    """The literal text below a node."""
    return "".join(
        part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def _name(function: ast.expr) -> str:
    """The last part of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("path", sorted(Path(mctop.ui.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_no_data_is_read_as_markup_in(path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "bad",
    [
        'Static(f"key {key}")',
        "Static(key)",
        "Label(clean(key))",
        "Label(content=row.key)",
        'Static("[b]%s[/b]" % key)',
        "Static(key, markup=True)",
        "RichLog(markup=wanted)",
        "Content.from_markup(text)",
        'Content.from_markup(f"[b]{key}[/b]")',
        'Text.from_markup("[b]" + key)',
        'widget.update(f"{key}: {value}")',
        'widget.update("key " + key)',
        'widget.update("key {}".format(key))',
        'widget.update("\\n".join(rows))',
        "self.notify(error.message)",
        'self.notify("saved", title=cache.label)',
        'self.notify(f"flushed {label}")',
        "panel.border_title = cache.label",
        'panel.border_subtitle = f"{age} s"',
        "panel.tooltip = key if key else None",
        "Panel(tooltip=key)",
        "Button(label)",
        'table.add_row(f"{key}", "1")',
        'text = f"[bold]{key}[/bold]"',
        'text = "[@click=app.flush]" + key',
    ],
)
def test_the_rule_catches(bad: str) -> None:
    assert offences(bad)


@pytest.mark.parametrize(
    "good",
    [
        'Static("[b]Keys[/b]")',
        'Static("")',
        "Static()",
        "Static(key, markup=False)",
        'Static(f"{key}", markup=False)',
        "Static(Content(key))",
        'Label(Text(key, style="bold"))',
        'Content.from_markup("[b]$key[/b]", key=key)',
        'Content.assemble(("key ", "dim"), key)',
        "widget.update(Content(key))",
        "names.update(other)",
        "names.update(row.name for row in rows)",
        'self.notify("saved")',
        "self.notify(message, markup=False)",
        "panel.border_title = Content(cache.label)",
        'panel.border_title = "Keys"',
        "panel.tooltip = None",
        'text = f"{key}[{index}]"',
        'text = "a" + "b"',
    ],
)
def test_the_rule_leaves_honest_code_alone(good: str) -> None:
    assert offences(good) == []
