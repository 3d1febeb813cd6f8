"""Values, whatever the wire says."""
