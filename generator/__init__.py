"""Makes labelled clips of human actions: decide (`sampling`), build (`pipeline`), keep (`dataset`, `jobs`)."""
