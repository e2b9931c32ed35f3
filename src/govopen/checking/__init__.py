"""From records to findings, and from findings to the status of every obligation."""
