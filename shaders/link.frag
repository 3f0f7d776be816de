#include "include/frame.glsl"
in vec2 along;
flat in float wide;
in vec4 body;
flat in vec4 beat;
out vec4 colour;

void main() {
    float bell = max(1.0 - along.y * along.y, 0.0);
    colour = (body + beat * (bell * bell)) * clamp(wide - abs(along.x), 0.0, 1.0);
}
