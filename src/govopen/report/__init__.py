"""Writers of the compliance report: text, JSON, HTML."""
