#include "include/frame.glsl"
in vec2 p;
flat in vec4 looks;
flat in vec4 ink;
flat in float reach;
out vec4 colour;

void main() {
    float d = length(vec2(p.x - clamp(p.x, 0.0, reach), p.y)) - 0.5 * looks.x;
    float body = clamp(0.5 - d, 0.0, 1.0);
    if (looks.z > 0.0) {
        float dash = fract(p.x / (2.0 * looks.z) - moment.x * moment.w * looks.w);
        body *= clamp((0.25 - abs(dash - 0.25)) * 2.0 * looks.z + 0.5, 0.0, 1.0);
    }
    float halo = looks.y > 0.0 ? exp(-max(d, 0.0) / looks.y * 2.0) * 0.4 * (1.0 - body) : 0.0;
    colour = over(ink.rgb, ink.a * body) + glow(ink.rgb, ink.a * halo);
}
