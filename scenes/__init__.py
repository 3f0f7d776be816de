"""The visualizer itself: training, and the dashboard that shows it. Imports engine; never moderngl."""
