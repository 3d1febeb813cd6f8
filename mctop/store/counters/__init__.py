"""The counters of `GET stats`, and what follows from two samples of them."""
