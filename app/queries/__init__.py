"""Plain values in, `Select` out; never executes, knows no HTTP."""
