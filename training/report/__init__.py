"""Results as tables like the papers', figures and one page."""
