"""The backend that the API is served from, and the work beside answering."""
