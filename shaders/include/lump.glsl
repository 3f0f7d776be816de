// A smooth closed field on the sphere, about -1..1: gyroids cost three sines and three cosines.
float lump(vec3 d, float t) {
    vec3 p = d * 2.1 + vec3(t, t * 0.7 + 2.0, 1.3 - t * 0.8);
    return dot(sin(p), cos(p.yzx)) / 1.6;
}
