"""`python -m mctop`."""

from mctop.cli import main

if __name__ == "__main__":
    main()
