"""What mctop promises; the folders mirror the rooms."""
