// The light about a neuron: a round, cheap quad behind all bodies.
#include "include/frame.glsl"
in vec4 place_radius;  // xyz, radius in world units
in vec4 tint_glow;     // rgb, glow 0..1
out vec2 local;        // in radii
flat out vec4 tint;

const float MARGIN = 1.36;  // radii

void main() {
    vec4 middle = view * vec4(place_radius.xyz, 1.0);
    local = corner(gl_VertexID) * MARGIN;
    gl_Position = projection * (middle + vec4(local * place_radius.w, 0.0, 0.0));
    float fade = clamp(1.55 + 0.11 * middle.z, 0.5, 1.0);
    float strength = (0.10 + 0.50 * tint_glow.w) * fade * (1.0 - 0.5 * moment.z);
    tint = vec4(mix(tint_glow.rgb, mood.rgb, 0.55 * mood.w), strength);
}
