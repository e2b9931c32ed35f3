"""Hooks, the loading of plugins, and the registry of what they give."""
