"""Pictures of every state, which a person has looked at."""
