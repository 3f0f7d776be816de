"""The only folder that talks to OpenGL. Opens no window, knows no scene."""
