"""What may be shown to whom: the only way to a cleared item."""
