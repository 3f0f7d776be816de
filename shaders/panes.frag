// The last step of the blur, and what is made of it. Glass: the blurred scene under the colour of the panels. Bloom:
// what of the blurred scene is brighter than the ground.
uniform sampler2D fine;    // the scene at 1/8
uniform sampler2D coarse;  // more blurred, at 1/16
uniform vec2 reach;        // of the tent over it
uniform float share;       // of the coarse one
uniform vec4 panel;        // rgb, share of it
uniform float bias;        // brightness below which nothing blooms
uniform float gain;
in vec2 uv;
layout(location = 0) out vec4 glass;
layout(location = 1) out vec4 bloom;  // its alpha is 0: it adds to what is below

void main() {
    vec4 mean = 0.25 * (texture(coarse, uv + reach * vec2(-1.0, -1.0)) + texture(coarse, uv + reach * vec2(1.0, -1.0)) +
                        texture(coarse, uv + reach * vec2(-1.0, 1.0)) + texture(coarse, uv + reach * vec2(1.0, 1.0)));
    vec3 seen = mix(texture(fine, uv).rgb, mean.rgb, share);
    glass = vec4(mix(seen, panel.rgb, panel.a), 1.0);
    bloom = vec4(max(seen - bias, 0.0) * gain, 0.0);
}
