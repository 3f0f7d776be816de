"""What lies flat over the picture: text, icons and controls."""
