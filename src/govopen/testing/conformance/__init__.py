"""Conformance kits: what an implementation of each port must pass. Subclass one and supply its fixture."""
