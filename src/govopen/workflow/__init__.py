"""Who may do what, when, and what comes of it: transition tables over the steps that records carry."""
