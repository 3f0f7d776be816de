// The ground behind everything: two glows on a vertical gradient, a vignette. Drawn once a size and theme.
#include "include/frame.glsl"
uniform vec3 top;
uniform vec3 bottom;
uniform vec3 left_glow;
uniform vec3 right_glow;
in vec2 uv;
out vec4 colour;

float grain(vec2 p) {  // hides banding: half a level of noise
    return fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715)))) - 0.5;
}

void main() {
    vec2 p = (uv - 0.5) * vec2(screen.x * screen.w, 1.0);
    vec3 ground = mix(bottom, top, smoothstep(0.0, 1.0, uv.y));
    float aspect = screen.x * screen.w;
    ground += left_glow * exp(-2.6 * dot(p - vec2(-0.42 * aspect, 0.30), p - vec2(-0.42 * aspect, 0.30)));
    ground += right_glow * exp(-2.2 * dot(p - vec2(0.40 * aspect, -0.24), p - vec2(0.40 * aspect, -0.24)));
    float vignette = 1.0 - (0.34 - 0.28 * moment.z) * smoothstep(0.25, 1.1, length(p / vec2(max(aspect, 1.0), 1.0)) * 1.5);
    colour = vec4(ground * vignette + grain(gl_FragCoord.xy) / 255.0, 1.0);
}
