// Rounded boxes, discs and rings, with gradient, border, glow and sheen.
#include "include/frame.glsl"
in vec4 bounds;    // middle x, y; half width, half height; pixels
in vec4 first;     // rgba at the left
in vec4 second;    // rgba at the right
in vec4 line;      // rgba of the border
in vec4 style;     // corner radius, border, glow in pixels; sheen 0..1
in vec4 pulse;     // turns a second, phase, swing of the alpha, swing of the size in pixels
out vec2 p;
flat out vec4 half_and_radius;
flat out vec4 a;
flat out vec4 b;
flat out vec4 rim;
flat out vec4 looks;

void main() {
    float beat = pulse.x > 0.0 ? wave(pulse.x, pulse.y) : 0.0;
    vec2 half_size = bounds.zw + pulse.w * beat;
    float glow = style.z * (pulse.x > 0.0 ? mix(0.5, 1.5, beat) : 1.0);  // breathes between half and half as much again
    float reach = glow * 2.2 + 1.0;
    p = corner(gl_VertexID) * (half_size + reach);
    half_and_radius = vec4(half_size, min(style.x + pulse.w * beat, min(half_size.x, half_size.y)), 0.0);
    float alpha = 1.0 - pulse.z * (1.0 - beat);
    a = vec4(first.rgb, first.a * alpha);
    b = vec4(second.rgb, second.a * alpha);
    rim = vec4(line.rgb, line.a * alpha);
    looks = vec4(style.xy, glow, style.w);
    gl_Position = place(bounds.xy + p);
}
