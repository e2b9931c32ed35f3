"""How requests and enquiries come in from outside."""
