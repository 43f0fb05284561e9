"""What can be named and where it comes from: tables of assets with source, version, hash and licence."""
