"""The self-test of a screen: touch, keys, colours, tearing, frames, sound, training."""
