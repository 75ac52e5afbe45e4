"""What the library promises about its own names and documentation."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import attrs
import pytest

import relationkit

DOCS = Path(__file__).parents[1] / "docs"
EDGES = {"relationkit.cli", "relationkit.strategies"}  # their pages show them in use

MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.iter_modules(relationkit.__path__, "relationkit.")
    if not module.name.startswith("relationkit._")
]
PUBLIC = [
    pytest.param(getattr(module, name), id=f"{module.__name__}.{name}")
    for module in MODULES
    for name in module.__all__
]
each_module = pytest.mark.parametrize(
    "module", [pytest.param(module, id=module.__name__) for module in MODULES]
)


def those_that(wanted: Callable[[object], bool]) -> list[object]:
    """Public objects of one kind, under their full names."""
    return [param for param in PUBLIC if wanted(param.values[0])]


def is_model(obj: object) -> bool:
    return inspect.isclass(obj) and attrs.has(obj)


def is_answer(obj: object) -> bool:
    """Whether *obj* is a function whose use an example can show.

    A hook of attrs, which leaves its first argument unnamed, is shown by the
    classes that it guards.
    """
    wrapped = inspect.unwrap(obj) if callable(obj) else obj
    return (
        inspect.isfunction(wrapped)
        and wrapped.__code__.co_varnames[:1] != ("_",)
        and not any(wrapped.__module__.startswith(edge) for edge in EDGES)
    )


def sources(module: ModuleType) -> list[Path]:
    """The file of *module* and, for a package, of its private submodules."""
    file = Path(inspect.getfile(module))
    return [file, *(file.parent.glob("_[a-z]*.py") if file.stem == "__init__" else ())]


def definitions(source: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Each name that *source* gives a meaning of its own, and where."""
    for statement in ast.parse(source.read_text("utf-8")).body:
        match statement:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name, statement
            case ast.Assign(targets=[ast.Name(id=name)]):
                yield name, statement
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, statement
            case _:
                pass


class TestNames:
    @each_module
    def test_are_defined_where_they_are_exported(self, module: ModuleType) -> None:
        """A module exports what it, or a private submodule of it, defines."""
        defined = {
            name for source in sources(module) for name, _ in definitions(source)
        }

        assert set(module.__all__) <= defined

    @each_module
    def test_are_exported_where_they_are_defined(self, module: ModuleType) -> None:
        """A class or function of a module is exported, or begins with an underscore."""
        public = {
            name
            for name, statement in definitions(Path(inspect.getfile(module)))
            if not name.startswith("_")
            and isinstance(statement, ast.ClassDef | ast.FunctionDef)
        }

        assert public <= set(module.__all__)

    def test_have_one_home(self) -> None:
        """Nothing is exported twice; functions alone may share the name of another."""
        homes = Counter(
            obj if inspect.isroutine(obj := getattr(module, name)) else name
            for module in MODULES
            for name in module.__all__
        )

        assert [home for home, count in homes.items() if count > 1] == []


class TestDocstrings:
    @each_module
    def test_of_modules_say_the_topic(self, module: ModuleType) -> None:
        """A module begins with its topic and the question that it answers."""
        assert re.match(r"[A-Z][^.:\n]*: \S", module.__doc__ or "")

    @pytest.mark.parametrize("model", those_that(is_model))
    def test_name_every_field(self, model: type[attrs.AttrsInstance]) -> None:
        """The Attributes block names every field in order, inherited ones included."""
        _, _, section = (inspect.getdoc(model) or "").partition("Attributes:\n")
        section, _, _ = section.partition("\n\n")

        documented = re.findall(r"^    (\w+): \S", section, flags=re.MULTILINE)
        fields = [field.name for field in attrs.fields(model)]
        assert documented == [name for name in fields if not name.startswith("_")]

    @pytest.mark.parametrize(
        "obj", those_that(lambda obj: inspect.isclass(obj) or inspect.isroutine(obj))
    )
    def test_stand_with_every_name(self, obj: type | Callable[..., object]) -> None:
        """A class or function says what it is in words of its own."""
        assert (obj.__doc__ or "").strip()

    @pytest.mark.parametrize("function", those_that(is_answer))
    def test_show_every_function_in_use(self, function: Callable[..., object]) -> None:
        """A public function has an example; examples are run with the tests."""
        assert ">>> " in (inspect.getdoc(function) or "")


class TestReference:
    @each_module
    def test_has_a_page_for_every_module(self, module: ModuleType) -> None:
        """A module has a page of its own name, and the first page leads there."""
        topic = module.__name__.rpartition(".")[2]
        page = (DOCS / "reference" / f"{topic}.md").read_text("utf-8")
        entries = (DOCS / "index.md").read_text("utf-8").split()

        assert f".. automodule:: {module.__name__}\n" in page
        assert f"reference/{topic}" in entries
