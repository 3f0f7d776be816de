"""A chart, a map of answers or a network of kept runs alone: .svg and .pdf with real text, or .png, by matplotlib."""
