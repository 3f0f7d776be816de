// A smooth closed field on the sphere, about -1..1, and its gradient: gyroids cost three sines and three cosines.
float lump(vec3 d, float t, out vec3 slope) {
    vec3 p = d * 2.1 + vec3(t, t * 0.7 + 2.0, 1.3 - t * 0.8);
    vec3 s = sin(p);
    vec3 c = cos(p.yzx);
    vec3 ds = cos(p) * c;                // d/dp of sin(p.x) cos(p.y) ...
    vec3 dc = -(s * sin(p.yzx)).zxy;
    slope = 2.1 * (ds + dc) / 1.6;
    return dot(s, c) / 1.6;
}
