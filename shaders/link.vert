// A line between two neurons: a quad that faces the camera, `width` pixels wide.
#include "include/frame.glsl"
in vec4 from_phase;   // xyz, phase of the flow
in vec4 to_width;     // xyz, pixels
in vec4 tint_alpha;   // rgb, alpha
in float drive;       // 0..1, how strongly it flows
uniform vec3 flow;    // pulses a second, their length, their strength
out vec2 along;       // pixels across in x; in y how far from the pulse, in its lengths
flat out float wide;  // half width in pixels
out vec4 body;        // its light, fainter the farther
flat out vec4 beat;   // the light of its pulse, where it is strongest

void main() {
    vec4 a = projection * view * vec4(from_phase.xyz, 1.0);
    vec4 b = projection * view * vec4(to_width.xyz, 1.0);
    vec2 k = corner(gl_VertexID);
    vec4 here = k.y < 0.0 ? a : b;
    vec2 way = (b.xy / b.w - a.xy / a.w) * screen.xy;
    vec2 across = normalize(vec2(-way.y, way.x) + vec2(1e-6));
    float room = 0.5 * projection[1][1] * screen.y / (350.0 * moment.y);  // a small field has fine lines
    float near = clamp(4.6 / here.w, 0.55, 1.8) * clamp(room, 0.5, 1.0);
    float half_width = 0.5 * to_width.w * moment.y * near + 0.75;
    here.xy += across * k.x * half_width * 2.0 * screen.zw * here.w;
    float head = fract(moment.x * moment.w * flow.x + from_phase.w) * (1.0 + 2.0 * flow.y) - flow.y;
    along = vec2(k.x * half_width, (k.y * 0.5 + 0.5 - head) / flow.y);
    wide = 0.5 * to_width.w * moment.y * near + 0.5;
    body = glow(tint_alpha.rgb, tint_alpha.a * clamp(1.7 - 0.17 * here.w, 0.25, 1.2));
    beat = glow(mix(tint_alpha.rgb, vec3(1.0), 0.35 * (1.0 - moment.z)), flow.z * drive);
    gl_Position = here;
}
