#include "include/frame.glsl"
#include "include/box.glsl"
in vec2 p;
flat in vec4 half_and_radius;
flat in vec4 a;
flat in vec4 b;
flat in vec4 rim;
flat in vec4 looks;
out vec4 colour;

const float SWEEP = 1.5;  // seconds, of a sheen

void main() {
    float d = box(p, half_and_radius.xy, half_and_radius.z);
    float inside = clamp(0.5 - d, 0.0, 1.0);
    float along = clamp(p.x / half_and_radius.x * 0.5 + 0.5, 0.0, 1.0);
    vec4 fill = mix(a, b, along);
    float band = along - fract(moment.x * moment.w / SWEEP) * 1.8 + 0.4;
    fill.rgb += looks.w * 0.5 * exp(-band * band * 60.0) * (1.0 - fill.rgb * 0.5);
    float line = looks.y > 0.0 ? clamp(looks.y * 0.5 + 0.5 - abs(d + looks.y * 0.5), 0.0, 1.0) * rim.a : 0.0;
    vec4 body = over(fill.rgb, fill.a * inside);
    body = body * (1.0 - line) + over(rim.rgb, line);
    float halo = looks.z > 0.0 ? exp(-max(d, 0.0) / looks.z * 2.2) * (1.0 - inside) : 0.0;
    colour = body + glow(fill.rgb, halo * fill.a * 0.55) * (1.0 - inside);
}
