// Glass: the blurred scene under the panel colour. Bloom: what of the blurred scene is brighter than the ground.
uniform sampler2D source;
uniform vec4 panel;   // rgb, share of it
uniform float bias;   // subtracted
uniform float gain;
uniform float cover;   // alpha: 1 replaces what is below, 0 adds to it
in vec2 uv;
out vec4 colour;

void main() {
    vec3 seen = max(texture(source, uv).rgb - bias, 0.0) * gain;
    colour = vec4(mix(seen, panel.rgb, panel.a), cover);
}
