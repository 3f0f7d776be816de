// Twice the size through a tent, mixed over what is there by `share`.
uniform sampler2D source;
uniform vec2 reach;
uniform float share;
in vec2 uv;
out vec4 colour;

void main() {
    vec4 mean = 0.25 * (texture(source, uv + reach * vec2(-1.0, -1.0)) + texture(source, uv + reach * vec2(1.0, -1.0)) +
                        texture(source, uv + reach * vec2(-1.0, 1.0)) + texture(source, uv + reach * vec2(1.0, 1.0)));
    colour = vec4(mean.rgb * share, share);
}
