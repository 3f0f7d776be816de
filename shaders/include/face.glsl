// What a neuron sees: a small picture of levels from -1 to 1, on its way from one epoch to the next.
uniform sampler2DArray faces;  // before, after
uniform float share;           // of the way from one to the other
uniform vec3 zero;             // ink of nothing
uniform vec3 no;               // ink of minus one

const float ZERO = 128.0 / 255.0;

vec3 inked(float level, vec3 yes) {  // small values are lifted: what is weak can still be read
    float size = abs(level);
    return mix(zero, level > 0.0 ? yes : no, sqrt(size * sqrt(size)));
}

float seen(vec2 at, float slot) {  // `at`: 0..1 from the top left
    vec2 both = texture(faces, vec3(at, slot)).rg;
    return clamp((mix(both.r, both.g, share) - ZERO) * (255.0 / 127.0), -1.0, 1.0);
}
