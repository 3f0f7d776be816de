// A neuron: one quad, on which the fragment shader raises a globe.
#include "include/frame.glsl"
in vec4 place_radius;  // xyz, radius in world units
in vec4 tint_glow;     // rgb of its layer, glow 0..1
in vec4 form;          // distortion, phase in turns, opacity, how bright its lamp is
in vec2 wear;          // which face it wears, -1 for none; how far it wears one, 0..1
in vec3 yes;           // ink of plus one
uniform vec2 turn;     // rotation about x and y, radians
uniform float beat;    // turns a second, of the distortion
out vec2 local;        // in radii
flat out vec4 tint;
flat out vec2 shape;   // pixels a radius, opacity
flat out vec3 worn;    // face, how far it is worn, lamp
flat out vec3 ink;
flat out vec4 bend;   // how far its edge swells, with twice and with three times the angle

const float SWELL = 0.05;   // radii a unit of distortion: small enough that a face can be read
const float MARGIN = 1.06;  // radii from the middle to the quad's edge: room for the largest distortion

void main() {
    vec4 middle = view * vec4(place_radius.xyz, 1.0);
    local = corner(gl_VertexID) * MARGIN;
    gl_Position = projection * (middle + vec4(local * place_radius.w, 0.0, 0.0));
    float angle = form.y * TURN, time = (moment.x * beat * moment.w + form.y) * TURN;
    vec2 swing = vec2(turn.x + angle, turn.y + angle * 1.7);
    float wide = SWELL * form.x * (0.75 + 0.25 * sin(time));
    bend = wide * vec4(cos(swing.x), sin(swing.x), 0.6 * cos(swing.y), 0.6 * sin(swing.y));
    tint = tint_glow;
    worn = vec3(wear, form.w);
    ink = yes;
    float pixels = place_radius.w * projection[1][1] * screen.y * 0.5 / max(-middle.z, 0.1);
    float fade = clamp(1.55 + 0.11 * middle.z, 0.5, 1.0);
    shape = vec2(pixels, fade * form.z);
}
