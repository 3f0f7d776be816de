#include "include/frame.glsl"
#include "include/box.glsl"
#include "include/face.glsl"
in vec2 p;
flat in vec4 box_and_fade;
flat in vec4 edge;
flat in vec3 ink;
flat in float slot;
out vec4 colour;

void main() {
    float d = box(p, box_and_fade.xy, box_and_fade.z);
    float inside = clamp(0.5 - d, 0.0, 1.0);
    vec3 face = vec3(0.0);  // four taps: a tile has fewer pixels than a face has texels
    for (int k = 0; k < 4; k++) {
        vec2 tap = p + vec2(float(k & 1), float(k >> 1)) * 0.5 - 0.25;
        face += 0.25 * inked(seen(0.5 + 0.5 * tap / box_and_fade.xy, slot), ink);
    }
    float line = clamp(d + moment.y * (1.0 + 0.6 * edge.a) + 0.5, 0.0, 1.0);
    vec3 rim = edge.rgb * mix(0.6 + 0.5 * edge.a, 1.0, moment.z);
    colour = over(min(mix(face, rim, line), 1.0), inside * box_and_fade.w);
}
