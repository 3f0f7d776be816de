"""A visitor's minute: three large choices, a network that learns, and then something of one's own."""
