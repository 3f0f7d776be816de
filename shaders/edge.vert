// A straight piece of a panel's border or shadow. Plain interpolation: it must cost little.
#include "include/frame.glsl"
in vec4 piece;    // left, top, right, bottom, pixels
in vec4 reach;    // how faded the piece's left, top, right, bottom are, 0 to 1
in vec4 ink;      // rgba
out vec2 fade;
flat out vec4 tint;

void main() {
    vec2 k = corner(gl_VertexID) * 0.5 + 0.5;
    fade = mix(reach.xy, reach.zw, k);
    tint = ink;
    gl_Position = place(mix(piece.xy, piece.zw, k));
}
