// Curves and the areas under them, made on the CPU when data changes.
#include "include/frame.glsl"
in vec2 at;        // pixels
in vec4 tint;      // rgba
in vec2 edge;      // signed pixels from the curve, half its width; 0, 0 inside an area
out vec4 ink;
out vec2 side;

void main() {
    ink = tint;
    side = edge;
    gl_Position = place(at);
}
