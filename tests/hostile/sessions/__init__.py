"""Random sessions: whatever somebody does, nothing is sent that was not confirmed, and nothing twice."""
