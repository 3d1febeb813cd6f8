"""The Caches: every configured cache, worst first."""
