"""A package of banks. Its code is not needed, and a test sees to it that it is not run."""

raise RuntimeError("the code of a package of banks was run")
