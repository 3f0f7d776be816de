// A ball with a soft, moving surface: two lights, a heart, a rim in the colour of the moment. Edges are analytic.
#include "include/frame.glsl"
#include "include/lump.glsl"
in vec2 local;
flat in vec4 tint;
flat in vec4 shape;
flat in mat3 spin;
out vec4 colour;

const float REST = 0.86;    // radius of the undistorted ball, in radii
const float SWELL = 0.34;   // radii a unit of distortion

void main() {
    float r = length(local);
    vec3 slope;
    // At the rim the surface is seen edge on: its radius there decides what is inside.
    vec3 side = vec3(local / max(r, 1e-4), 0.0);
    float edge = REST * (1.0 + SWELL * shape.x * lump(spin * side, shape.y, slope));
    float inside = clamp((edge - r) * shape.z + 0.5, 0.0, 1.0);
    float light_theme = moment.z;
    float z = sqrt(max(edge * edge - r * r, 0.0));
    vec3 d = normalize(vec3(local, z));
    vec3 o = spin * d;
    float swell = lump(o, shape.y, slope);
    vec3 tangent = slope - dot(slope, o) * o;
    vec3 normal = normalize(d - SWELL * shape.x * (tangent * spin));

    float facing = clamp(normal.z, 0.0, 1.0);
    float fresnel = (1.0 - facing) * (1.0 - facing);
    float key = max(dot(normal, normalize(vec3(-0.45, 0.75, 0.62))), 0.0);
    float fill = max(dot(normal, normalize(vec3(0.75, -0.35, 0.35))), 0.0);
    float shine = max(dot(normal, normalize(vec3(-0.30, 0.52, 0.95))), 0.0);
    shine *= shine, shine *= shine, shine *= shine, shine *= shine, shine *= shine;  // to the 32nd power
    vec3 base = tint.rgb * (0.86 + 0.22 * swell);
    vec3 lit = base * (0.20 + 0.16 * light_theme + 0.78 * key) + vec3(0.13, 0.62, 0.72) * fill * 0.22;
    vec3 heart = mix(tint.rgb, mood.rgb, 0.2 * mood.w) * (0.12 + 0.36 * tint.w) * facing * facing;
    vec3 rim = mix(tint.rgb, mood.rgb, mood.w * 0.8) * fresnel * mix(1.15, 0.35, light_theme);
    vec3 body = lit + heart * mix(0.85, 0.45, light_theme) + rim + vec3(shine * 0.55);
    body = body / (1.0 + 0.28 * max(max(body.r, body.g), body.b));   // keeps hue where light adds up
    colour = over(body * 1.16, inside * shape.w);
}
