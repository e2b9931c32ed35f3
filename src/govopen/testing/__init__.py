"""For tests of plugins and of units' own records: builders, strategies and conformance kits."""
