// A drifting mote. `spin` turns the whole cloud slowly. What would be cut at the edge of the region is not drawn.
#include "include/frame.glsl"
in vec4 place_phase;  // xyz, phase
uniform mat4 spin;
uniform vec4 style;   // diameter in world units, alpha, near and far for the fade
out float strength;

void main() {
    vec4 seen = view * (spin * vec4(place_phase.xyz, 1.0));
    gl_Position = projection * seen;
    float twinkle = 0.55 + 0.45 * wave(0.11, place_phase.w);
    float size = style.x * projection[1][1] * screen.y * 0.5 / max(-seen.z, 0.1);
    gl_PointSize = clamp(size * (0.6 + 0.8 * fract(place_phase.w * 7.0)), 1.5, 12.0 * moment.y);
    vec2 pixels = part.xy + vec2(0.5 + 0.5 * gl_Position.x / gl_Position.w, 0.5 - 0.5 * gl_Position.y / gl_Position.w) * screen.xy;
    float room = 0.5 * gl_PointSize + 1.0;
    if (any(lessThan(pixels, region.xy + room)) || any(greaterThan(pixels, region.zw - room))) {
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);  // outside of what can be seen
    }
    strength = style.y * twinkle * smoothstep(0.4, 1.4, -seen.z);
}
