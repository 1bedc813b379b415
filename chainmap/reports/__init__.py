"""What leaves the house: records and files."""
