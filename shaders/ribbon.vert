// Straight strokes: links of the flat network, grid lines. Width and strength may pulse, dashes may flow.
#include "include/frame.glsl"
in vec4 ends;      // x, y of both ends, pixels
in vec4 tint;      // rgba
in vec4 style;     // width, glow, dash in pixels; dashes a second
in vec4 pulse;     // turns a second, phase, lowest share of alpha, lowest share of width
out vec2 p;        // along, across in pixels
flat out vec4 looks;
flat out vec4 ink;
flat out float reach;

void main() {
    vec2 way = ends.zw - ends.xy;
    float size = max(length(way), 1e-3);
    vec2 dir = way / size;
    float beat = pulse.x > 0.0 ? wave(pulse.x, pulse.y) : 1.0;
    float width = style.x * mix(pulse.w, 1.0, beat);
    float margin = 0.5 * width + style.y * 2.0 + 1.0;
    vec2 k = corner(gl_VertexID);
    p = vec2(k.x < 0.0 ? -margin : size + margin, k.y * margin);
    looks = vec4(width, style.yzw);
    ink = vec4(tint.rgb, tint.a * mix(pulse.z, 1.0, beat));
    reach = size;
    gl_Position = place(ends.xy + dir * p.x + vec2(-dir.y, dir.x) * p.y);
}
