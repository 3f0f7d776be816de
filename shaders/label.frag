#include "include/frame.glsl"
uniform sampler2D sheet;
in vec2 at;
flat in float strength;
out vec4 colour;

void main() {
    colour = texture(sheet, at) * strength;  // premultiplied
}
