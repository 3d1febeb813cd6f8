"""Popular keys, their patterns, and watched prefixes."""
