// A texture as it is. Nothing else may be done here: software rasterisers have a fast way for just this.
uniform sampler2D source;
in vec2 uv;
out vec4 colour;

void main() {
    colour = texture(source, uv);
}
