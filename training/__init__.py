"""The half that learns from the clips. It meets the generator only at `generator.dataset`; nothing else is here yet."""
