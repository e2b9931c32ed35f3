"""Getting cleared items to where the public reads them, and seeing whether they are there."""
