// Textured rectangles in pixels: two triangles each, plain attributes.
#include "include/frame.glsl"
in vec2 at;
in vec2 texel;
out vec2 uv;

void main() {
    uv = texel;
    gl_Position = place(at);
}
