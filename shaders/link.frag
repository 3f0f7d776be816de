#include "include/frame.glsl"
uniform vec3 flow;    // pulses a second, their length, their strength
in vec2 along;
in float phase;
in vec4 tint;
flat in vec2 own;
out vec4 colour;

void main() {
    float body = clamp(own.x + 0.5 - abs(along.x), 0.0, 1.0);
    float head = fract(moment.x * moment.w * flow.x + phase) * (1.0 + 2.0 * flow.y) - flow.y;
    float d = (along.y - head) / flow.y;
    float bell = max(1.0 - d * d, 0.0);
    float pulse = flow.z * own.y * bell * bell;
    colour = glow(tint.rgb, tint.a * body) + glow(mix(tint.rgb, vec3(1.0), 0.35 * (1.0 - moment.z)), pulse * body);
}
