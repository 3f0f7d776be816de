// A line between two neurons: a quad that faces the camera, `width` pixels wide.
#include "include/frame.glsl"
in vec4 from_phase;   // xyz, phase of the flow
in vec4 to_width;     // xyz, pixels
in vec4 tint_alpha;   // rgb, alpha
in float drive;       // 0..1, how strongly it flows
out vec2 along;       // -1..1 across in x, 0..1 along in y
out float phase;
out vec4 tint;
flat out vec2 own;    // half width in pixels; how strongly it flows

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
    along = vec2(k.x * half_width, k.y * 0.5 + 0.5);
    own = vec2(0.5 * to_width.w * moment.y * near, drive);
    phase = from_phase.w;
    tint = vec4(tint_alpha.rgb, tint_alpha.a * clamp(1.7 - 0.17 * here.w, 0.25, 1.2));
    gl_Position = here;
}
