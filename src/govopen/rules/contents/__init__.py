"""Rules on what an entry of each of the eleven categories says (clauses 1.2.1 to 1.2.11), one module per clause."""
