"""The facade that embedders use: one workspace, its law, its store, its checks."""
