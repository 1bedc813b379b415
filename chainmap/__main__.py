"""`python -m chainmap` is the same as the command `chainmap`."""

from chainmap.cli import main

if __name__ == "__main__":
    main()
