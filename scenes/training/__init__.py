"""A training run and its life: parameters, request, playback, states. No window, no display, no pixels."""
