#include "include/frame.glsl"
in vec2 local;
flat in vec4 tint;
out vec4 colour;

void main() {
    float fall = clamp(1.0 - (dot(local, local) - 0.6) * 0.8, 0.0, 1.0);  // 1 behind the body, 0 at the quad's edge
    colour = glow(tint.rgb, tint.a * fall * fall * fall);
}
