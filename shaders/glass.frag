#include "include/frame.glsl"
#include "include/box.glsl"
uniform sampler2D source;    // the glass, blurred and tinted
uniform vec4 border;         // rgb, alpha
uniform vec4 shadow;         // rgb, alpha
uniform float spread;        // pixels of shadow
in vec2 from_middle;
flat in vec2 half_size;
flat in vec2 style;
out vec4 colour;

void main() {
    float d = box(from_middle, half_size, style.y);
    float inside = clamp(0.5 - d, 0.0, 1.0);
    float line = clamp(moment.y - abs(d + 0.5 * moment.y), 0.0, 1.0) * inside;
    float up = 0.5 - 0.5 * from_middle.y / half_size.y;      // the light comes from above
    vec3 glass = texture(source, gl_FragCoord.xy * screen.zw).rgb;
    vec4 pane = vec4(mix(glass, border.rgb, line * border.a * (0.45 + 0.9 * up + style.x)), 1.0) * inside;
    float s = clamp(1.0 - (box(from_middle - vec2(0.0, 0.18 * spread), half_size, style.y)) / spread, 0.0, 1.0);
    colour = pane + over(shadow.rgb, shadow.a * s * s * (1.0 + style.x)) * (1.0 - inside);
}
