"""Entry (进入): which segments a city gets makers of next, tested by the calendar."""
