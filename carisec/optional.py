"""Packages of the extras, imported when they are first needed."""

import importlib
from typing import Any

from schema.errors import NotInstalled


def optional(package: str, extra: str, purpose: str) -> Any:
    """The package. Raises NotInstalled that names the extra of carisec which brings it."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise NotInstalled(
            f"{purpose} needs the package {package}; install carisec with its extra: "
            f"pip install 'carisec[{extra}]'"
        ) from error
