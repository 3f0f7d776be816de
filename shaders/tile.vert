// A node of the flat network that wears what its neuron sees.
#include "include/frame.glsl"
in vec4 bounds;   // middle x, y; half a side; corner radius; pixels
in vec4 rim;      // rgb of its layer, opacity
in vec2 wear;     // which face it wears, how bright its rim is
in vec3 yes;      // ink of plus one
out vec2 p;
flat out vec4 box_and_fade;
flat out vec4 edge;
flat out vec3 ink;
flat out float slot;

void main() {
    p = corner(gl_VertexID) * (bounds.z + 1.0);
    box_and_fade = vec4(bounds.zzw, rim.a);
    edge = vec4(rim.rgb, wear.y);
    ink = yes;
    slot = wear.x;
    gl_Position = place(bounds.xy + p);
}
