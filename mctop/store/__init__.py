"""What is known and since when; knows neither the screen nor the wire."""
