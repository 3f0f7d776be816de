"""Many runs that differ in a few settings: trained as many at once as there are cores, kept, laid side by side."""
