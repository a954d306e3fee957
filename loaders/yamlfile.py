"""Moved to `schema.yamlfile`."""

from schema.yamlfile import Fields, Item, at, nearest, raise_faults, read_folder, read_yaml

__all__ = ["Fields", "Item", "at", "nearest", "raise_faults", "read_folder", "read_yaml"]
