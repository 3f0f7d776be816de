#include "include/frame.glsl"
uniform vec3 tint;
in float strength;
out vec4 colour;

void main() {
    float r = length(gl_PointCoord * 2.0 - 1.0);
    float disc = 1.0 - smoothstep(0.1, 1.0, r);
    colour = glow(tint, strength * disc);
}
