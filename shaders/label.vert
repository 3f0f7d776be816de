// A name in the field: a quad that faces the viewer, beside or below its place.
#include "include/frame.glsl"
in vec4 anchor;    // xyz, radius of what it names in world units
in vec4 texels;    // left, top, right, bottom in the sheet, 0..1
in vec4 size;      // half width, half height in pixels; the side it stands at: x, y of -1, 0, 1
in float shown;    // opacity
uniform vec2 bounds;  // left and right of the field, pixels
out vec2 at;
flat out float strength;

const float APART = 5.0;  // units between what is named and its name

void main() {
    vec4 middle = projection * view * vec4(anchor.xyz, 1.0);
    float radius = anchor.w * projection[1][1] * screen.y * 0.5 / middle.w;
    vec2 pixels = vec2(middle.x / middle.w * 0.5 + 0.5, 0.5 - middle.y / middle.w * 0.5) * screen.xy;
    pixels += part.xy + size.zw * (radius + APART * moment.y + size.xy);
    pixels.x = min(max(pixels.x, bounds.x + size.x), bounds.y - size.x);
    vec2 k = corner(gl_VertexID);
    vec2 free = 0.5 * (texels.zw - texels.xy) / size.xy;  // the free texel around it: no edge is cut between two pixels
    at = mix(texels.xy, texels.zw, k * 0.5 + 0.5) + k * free;
    strength = shown * clamp(2.4 - 0.24 * middle.w, 0.0, 1.0);
    gl_Position = place(pixels + k * (size.xy + 1.0));
}
