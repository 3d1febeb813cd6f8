"""Tests of the modal with the credentials."""
