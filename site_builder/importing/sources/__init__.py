"""Where articles come from: one module for each kind of source, all of which yield candidates."""
