"""What is seen of servers' traffic while someone looks."""
