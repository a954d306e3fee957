"""What may exist: types, predicates, value types and errors. Opens no connection."""
