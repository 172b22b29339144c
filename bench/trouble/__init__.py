"""Trouble by killing: the demo's story on real, separate processes that are killed and started again on the way."""
