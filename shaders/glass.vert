// A piece of a panel's border: corner or edge, with the shadow outside.
#include "include/frame.glsl"
in vec4 piece;   // left, top, right, bottom of the quad, pixels
in vec4 panel;   // left, top, right, bottom of the whole panel
in vec2 lift;    // 0..1 hovered; corner radius
out vec2 from_middle;
flat out vec2 half_size;
flat out vec2 style;

void main() {
    vec2 k = corner(gl_VertexID) * 0.5 + 0.5;
    vec2 at = mix(piece.xy, piece.zw, k);
    half_size = (panel.zw - panel.xy) * 0.5;
    from_middle = at - (panel.xy + panel.zw) * 0.5;
    style = lift;
    gl_Position = place(at);
}
