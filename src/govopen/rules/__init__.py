"""Rules: pure functions over records that answer obligations."""
