"""Investment catalogues (招商目录): drafted, edited, approved, compared; and who may come in."""
