"""What a model learned, asked by counterfactual twins: clips that differ in one factor alone."""
