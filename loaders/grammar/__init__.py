"""A shallow analysis of English sentences: tokens, verb groups, noun phrases, frames."""
