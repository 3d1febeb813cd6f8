"""Values and a size become text; pure."""
