// A globe that wears what its neuron sees, within a rim in the ink of its layer that is as bright as it is active.
// Without a face it is glass. It bends gently by activation. Edges are analytic.
#include "include/frame.glsl"
#include "include/face.glsl"
in vec2 local;
flat in vec4 tint;
flat in vec2 shape;
flat in vec3 worn;
flat in vec3 ink;
flat in vec4 bend;
out vec4 colour;

const float REST = 0.96;    // radius of the undistorted ball, in radii
const float RIM = 0.11;     // radii that the rim is wide, and
const float LEAST = 2.2;    // pixels, at least

void main() {
    float r = length(local);
    vec2 d = local / max(r, 1e-4);
    vec2 twice = vec2(d.x * d.x - d.y * d.y, 2.0 * d.x * d.y);  // of twice and three times its angle
    vec2 thrice = vec2(twice.x * d.x - twice.y * d.y, twice.x * d.y + twice.y * d.x);
    float edge = REST * (1.0 + dot(bend.xy, twice) + dot(bend.zw, thrice));
    float inside = clamp((edge - r) * shape.x + 0.5, 0.0, 1.0);
    vec2 p = local / max(edge, r);  // within the unit disc
    float z = sqrt(max(1.0 - dot(p, p), 0.0));
    vec3 normal = vec3(p, z);
    float light_theme = moment.z;
    float key = max(dot(normal, vec3(-0.42, 0.70, 0.58)), 0.0);
    vec3 own = mix(tint.rgb, mood.rgb, 0.25 * mood.w);

    vec3 glass = mix(tint.rgb * (0.10 + 0.34 * key) + vec3(0.01, 0.02, 0.05), tint.rgb * (0.58 + 0.22 * key) + 0.28, light_theme);
    glass += own * tint.w * 0.5 * z * (1.0 - 0.7 * light_theme);
    vec3 body = glass;
    if (worn.y > 0.0) {
        // The whole square lies within the disc: an elliptical map, whose scale is 1 in the middle.
        vec2 s = p * p, k = 2.8284271 * p;
        vec2 sum = 2.0 + vec2(s.x - s.y, s.y - s.x);
        vec2 at = 0.5 * (sqrt(max(sum + k, 0.0)) - sqrt(max(sum - k, 0.0)));
        float level = seen(vec2(0.5 + 0.5 * at.x, 0.5 - 0.5 * at.y), worn.x);
        vec3 face = inked(worn.x < 0.0 ? worn.z : level, ink);  // inks once: every pixel pays for both branches
        face *= mix(0.80, 0.92, light_theme) + mix(0.24, 0.10, light_theme) * key;
        body = mix(glass, face, worn.y);
    }
    float width = max(RIM, LEAST * moment.y / shape.x);
    float rim = clamp((r - edge + width) * shape.x + 0.5, 0.0, 1.0);
    vec3 lit = tint.rgb * mix(0.55 + 0.75 * tint.w, 1.0 - 0.15 * tint.w, light_theme);
    lit += vec3(0.5) * tint.w * key * (1.0 - light_theme) * 0.6;
    body = mix(body, lit, rim * 0.92);
    float shine = max(dot(normal, vec3(-0.29, 0.50, 0.816)), 0.0);
    shine *= shine, shine *= shine, shine *= shine, shine *= shine, shine *= shine;  // to the 32nd power
    body += vec3(shine * mix(0.30, 0.08, max(worn.y, 0.8 * light_theme)));
    colour = over(min(body, 1.0), inside * shape.y);
}
