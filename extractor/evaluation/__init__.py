"""Measuring: gold, matching, scores, and rules against their examples."""
