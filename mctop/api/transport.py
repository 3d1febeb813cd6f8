"""The one door out: auth, deadlines, size limits, retries, read-only; the only importer of httpx."""

import httpx as httpx
