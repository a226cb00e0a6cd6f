"""`python -m notegen`."""

from notegen.cli.main import main

main()
