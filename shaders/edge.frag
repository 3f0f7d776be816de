#include "include/frame.glsl"
in vec2 fade;
flat in vec4 tint;
out vec4 colour;

void main() {
    float s = clamp(1.0 - dot(fade, fade), 0.0, 1.0);
    colour = over(tint.rgb, tint.a * s * s);
}
