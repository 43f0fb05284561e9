"""What this machine makes and learns in an hour: measured in two minutes, and what that comes to for larger jobs."""
