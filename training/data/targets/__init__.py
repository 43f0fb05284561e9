"""The real datasets that transfer is measured on: one file per dataset, names -> loaders."""
