// The ground behind everything: two glows on a vertical gradient, a vignette. Drawn once a size and theme.
#include "include/frame.glsl"
uniform vec3 top;
uniform vec3 bottom;
uniform vec3 left_glow;
uniform vec3 right_glow;
uniform vec4 window;  // share of the whole picture, and where in it this part begins
in vec2 uv;
out vec4 colour;

float grain(vec2 p) {  // hides banding: half a level of noise
    return fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715)))) - 0.5;
}

void main() {
    vec2 at = uv * window.xy + window.zw;
    float aspect = part.z * part.w;
    vec2 p = (at - 0.5) * vec2(aspect, 1.0);
    vec3 ground = mix(bottom, top, smoothstep(0.0, 1.0, at.y));
    ground += left_glow * exp(-2.6 * dot(p - vec2(-0.42 * aspect, 0.30), p - vec2(-0.42 * aspect, 0.30)));
    ground += right_glow * exp(-2.2 * dot(p - vec2(0.40 * aspect, -0.24), p - vec2(0.40 * aspect, -0.24)));
    float vignette = 1.0 - (0.34 - 0.28 * moment.z) * smoothstep(0.25, 1.1, length(p / vec2(max(aspect, 1.0), 1.0)) * 1.5);
    colour = vec4(ground * vignette + grain(gl_FragCoord.xy + floor(window.zw / window.xy * screen.xy + 0.5)) / 255.0, 1.0);
}
