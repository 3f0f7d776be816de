#include "include/frame.glsl"
in vec4 ink;
in vec2 side;
out vec4 colour;

void main() {
    float body = side.y > 0.0 ? clamp(side.y + 0.5 - abs(side.x), 0.0, 1.0) : 1.0;
    colour = over(ink.rgb, ink.a * body);
}
