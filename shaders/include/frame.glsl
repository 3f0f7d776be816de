// What every program of a frame may know. Written once a frame.
layout(std140) uniform Frame {
    mat4 view;
    mat4 projection;
    vec4 screen;  // width, height in pixels; 1/width, 1/height
    vec4 moment;  // seconds, wrapped each hour; pixels a layout unit; 1 in a light theme; 1 while things may move
    vec4 mood;    // colour that the scene gives to the world, rgb; its strength
    vec4 part;    // left, top of what is drawn in a larger picture, pixels; its width, 1/height
    vec4 region;  // left, top, right, bottom of what is drawn anew in each frame, pixels: the world goes no farther
};

const float TURN = 6.28318530718;

vec4 place(vec2 pixels) {  // pixels from the top left of the whole picture -> clip space
    pixels -= part.xy;
    return vec4(pixels.x * screen.z * 2.0 - 1.0, 1.0 - pixels.y * screen.w * 2.0, 0.0, 1.0);
}

vec2 corner(int vertex) {  // six vertices of two triangles -> -1..1
    int k = vertex == 3 ? 2 : vertex == 4 ? 1 : vertex == 5 ? 3 : vertex;
    return vec2(float(k & 1), float(k >> 1)) * 2.0 - 1.0;
}

float wave(float turns, float phase) {  // 0..1..0, `turns` a second
    return 0.5 - 0.5 * cos(TURN * (moment.x * turns + phase) * moment.w);
}

vec4 over(vec3 colour, float alpha) {  // premultiplied, for ONE, ONE_MINUS_SRC_ALPHA
    return vec4(colour * alpha, alpha);
}

vec4 glow(vec3 colour, float alpha) {  // light adds on dark; on light ground it stains
    return vec4(colour * alpha, alpha * moment.z);
}
