// A corner of a panel.
#include "include/frame.glsl"
in vec4 piece;   // left, top, right, bottom of the quad, pixels
in vec4 round;   // x, y of the rounding's middle; its radius; how bright the border is here
out vec2 from_middle;
flat out vec2 style;

void main() {
    vec2 at = mix(piece.xy, piece.zw, corner(gl_VertexID) * 0.5 + 0.5);
    from_middle = at - round.xy;
    style = round.zw;
    gl_Position = place(at);
}
