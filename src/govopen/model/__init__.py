"""Records as frozen values, one module per system of the policy."""
