"""One frozen settings model: file, environment, options, and where each value came from."""
