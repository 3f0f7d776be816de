// A quarter of the size, or half: the mean of four bilinear taps `reach` texels out.
uniform sampler2D source;
uniform vec2 reach;
in vec2 uv;
out vec4 colour;

void main() {
    colour = 0.25 * (texture(source, uv + reach * vec2(-1.0, -1.0)) + texture(source, uv + reach * vec2(1.0, -1.0)) +
                     texture(source, uv + reach * vec2(-1.0, 1.0)) + texture(source, uv + reach * vec2(1.0, 1.0)));
}
