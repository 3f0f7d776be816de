#include "include/frame.glsl"
uniform sampler2D source;    // the glass, blurred and tinted
uniform vec4 border;         // rgb, alpha
in vec2 from_middle;
flat in vec2 style;
out vec4 colour;

void main() {
    float d = length(from_middle) - style.x;
    float inside = clamp(0.5 - d, 0.0, 1.0);
    float line = clamp(moment.y - abs(d + 0.5 * moment.y), 0.0, 1.0);
    vec3 glass = texture(source, gl_FragCoord.xy * screen.zw).rgb;
    colour = over(mix(glass, border.rgb, line * border.a * style.y), inside);
}
