// Signed distance in pixels from `p` to a box of half size `half_size` with rounded corners: negative inside.
float box(vec2 p, vec2 half_size, float radius) {
    vec2 q = abs(p) - half_size + radius;
    return min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - radius;
}
