"""Notices of a bureau, reviewed and cleared by govopen."""
