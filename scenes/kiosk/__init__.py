"""An exhibit that runs for weeks with nobody near it."""
