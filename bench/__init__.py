"""Timings as ratios: every benchmark measures both sides in one run, because machines are noisy."""
