"""Banks that installed Python packages bring, by the entry-point group `quizbot.banks`.

An entry point names a package, as in `[project.entry-points."quizbot.banks"] ours = "our_banks"`. Its folder `banks`,
or else its own folder, holds the YAML files. They are read where they lie: the package's code is never run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "quizbot.banks"
_FOLDER = "banks"
_INFO = (".dist-info", ".egg-info")


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package that brings banks: what it is called, and its folder of banks or what is wrong with it."""

    name: str
    folder: Traversable | None
    problem: str = ""


def packages() -> Iterator[Package]:
    """Yield the installed packages that bring banks, by name; each folder of banks once."""
    if not _any_installed():
        return
    from importlib.metadata import entry_points  # 30 ms, which nobody pays who has no such package

    seen: set[str] = set()
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        found = _package(point)
        if str(found.folder or found.problem) not in seen:
            seen.add(str(found.folder or found.problem))
            yield found


def _any_installed() -> bool:
    """Say whether any installed package may bring banks: a look at the files, without the machinery for packages."""
    for entry in dict.fromkeys(sys.path):
        try:
            names = os.listdir(entry or ".")  # noqa: PTH208 - names only, many of them, on the way to the first quiz
        except NotADirectoryError:
            return True  # a zip of packages: only the machinery can look into it
        except OSError:
            continue
        for name in names:
            if name.endswith(_INFO) and _names_group(Path(entry or ".", name, "entry_points.txt")):
                return True
    return False


def _names_group(file: Path) -> bool:
    try:
        return GROUP.encode() in file.read_bytes()
    except OSError:  # most packages have no entry points
        return False


def _package(point: EntryPoint) -> Package:
    """Return the package that an entry point names."""
    name = f"{point.dist.name} {point.dist.version}" if point.dist else point.name
    try:
        folder = _folder(point.value.partition(":")[0].strip())
    except Exception as problem:  # noqa: BLE001 - a stranger's import machinery may raise anything
        return Package(name, None, f"its banks cannot be found: {problem or type(problem).__name__}")
    if folder is None:
        said = f"its entry point “{point.name}” names “{point.value}”, which is no package with a folder of banks"
        return Package(name, None, said)
    return Package(name, folder)


def _folder(module: str) -> Traversable | None:
    """Return the folder of banks of a package, found without importing it."""
    from importlib.util import find_spec

    top, *inner = module.split(".")
    if not all(part.isidentifier() for part in (top, *inner)):
        return None
    spec = find_spec(top)
    if spec is None or spec.submodule_search_locations is None:
        return None  # a single file: the folder it lies in belongs to all packages
    folder: Traversable
    if spec.loader is None:  # a folder without __init__.py
        folder = Path(next(iter(spec.submodule_search_locations)))
    else:  # the loader's own reader also knows packages in a zip
        reader = getattr(spec.loader, "get_resource_reader", None)
        resources = reader(top) if reader else None
        if resources is None:
            return None
        folder = resources.files()
    for part in inner:
        folder = folder / part
    banks = folder / _FOLDER
    return banks if banks.is_dir() else folder if folder.is_dir() else None
